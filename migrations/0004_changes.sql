-- What the feed and the erasure of contents add to the change log.

-- The department that a change took the resource from: whoever follows that department's feed is to see it go.
alter table change add column left_department text;

update change set left_department = (
    select earlier.department from change as earlier
    where earlier.resource = change.resource and earlier.resource_key = change.resource_key and earlier.number < change.number
    order by earlier.number desc limit 1)
where kind = 'updated' and plan is not null and department <> (
    select earlier.department from change as earlier
    where earlier.resource = change.resource and earlier.resource_key = change.resource_key and earlier.number < change.number
    order by earlier.number desc limit 1);

create index change_by_left_department on change (left_department, number) where left_department is not null;

-- Number of the change that tells of the erasure, when this one's content has been erased (see RedactCommand).
alter table change add column redacted_in integer;
create index change_redacted on change (redacted_in) where redacted_in is not null;

-- A filtered feed is read and counted in these alone, in the order of the numbers.
drop index change_by_plan;
drop index change_by_department;
create index change_by_plan       on change (plan, number, resource, kind);
create index change_by_department on change (department, number, resource, kind, left_department);
create index change_by_kind       on change (resource, kind, number);

-- A list of what has changed since asks for the deleted ones too.
create index action_deleted on action (updated_at, plan, number) where deleted_at is not null;
