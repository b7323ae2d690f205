-- What history, feed and "as of" read from the change log.

-- One resource's history, and its state at a change; a plan's and a department's feed; which change came last before an instant.
create index change_by_resource   on change (resource, resource_key, number);
create index change_by_plan       on change (plan, number);
create index change_by_department on change (department, number);
create index change_by_at         on change (at, number);

-- How the state is found by text and name (see Resource.Fold): what the row's own columns hold, as JSON. It follows from
-- the state and is no part of the digest.
alter table change add column folded text;
