-- The table by another name, for statements in which its own stands for how it was, and each change as the row it left (see AsOf).
create view decision_row as select id, cast(id as text) as key, action_id, plan, number from decision;

create view decision_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.date' as date,
       state ->> '$.outcome' as outcome,
       state ->> '$.reason' as reason,
       state ->> '$.note' as note,
       state ->> '$.decidedBy' as decided_by,
       state ->> '$.author' as author,
       state ->> '$.createdAt' as created_at
from change where resource = 'decision';
