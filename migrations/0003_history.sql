-- What history, feed and "as of" read from the change log.

-- One resource's history, and its state at a change; a plan's and a department's feed; which change came last before an instant.
create index change_by_resource   on change (resource, resource_key, number);
-- The filtered feeds are read and counted in the index alone, in the order of the numbers.
create index change_by_plan       on change (plan, number, resource, kind);
create index change_by_kind       on change (resource, kind, number);
create index change_by_at         on change (at, number);

-- The department that a change took the resource from: whoever follows that department's feed is to see it go.
alter table change add column left_department text;
create index change_by_department      on change (department, number, resource, kind, left_department);
create index change_by_left_department on change (left_department, number) where left_department is not null;

-- Number of the change that tells of the erasure, when this one's content has been erased (see RedactCommand).
alter table change add column redacted_in integer;
create index change_redacted on change (redacted_in) where redacted_in is not null;

-- A list of what has changed since asks for the deleted ones too.
create index action_deleted on action (updated_at, plan, number) where deleted_at is not null;

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
