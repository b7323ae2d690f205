-- What history, feed and "as of" read from the change log.

-- One resource's history, and its state at a change; a plan's and a department's feed; which change came last before an instant.
create index change_by_resource   on change (resource, resource_key, number);
create index change_by_plan       on change (plan, number);
create index change_by_department on change (department, number);
create index change_by_at         on change (at, number);

-- How the state is found by text and name (see Resource.Fold): what the row's own columns hold, as JSON. It follows from
-- the state and is no part of the digest.
alter table change add column folded text;

-- A deadline that moved is counted in comparisons; among a million changes there are few of them.
alter table change add column deadline_moved boolean not null default false check (deadline_moved in (true, false));
create index change_of_deadline on change (plan, number) where deadline_moved;

-- The tables by other names, for statements in which the table's own name stands for how it was (see AsOf).
create view action_row as select id, plan, number, predecessor_plan, predecessor_number from action;
create view plan_row as select key from plan;
create view focus_area_row as select plan, key from focus_area;
create view follow_up_row as select id, cast(id as text) as key, action_id, plan, number from follow_up;
