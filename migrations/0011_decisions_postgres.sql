-- As in 0001: numbers that grow without end, keys that sort by their characters' codes.
alter table decision alter column action_id type bigint;
alter table decision
    alter column plan type text collate "C",
    alter column department type text collate "C",
    alter column outcome type text collate "C";

-- The table by another name, for statements in which its own stands for how it was, and each change as the row it left (see AsOf).
create view decision_row as select id, cast(id as text) as key, action_id, plan, number from decision;

create view decision_state as
select number as change_number, kind as change_kind, department,
       (state::json ->> 'date')::date as date,
       state::json ->> 'outcome' as outcome,
       state::json ->> 'reason' as reason,
       state::json ->> 'note' as note,
       state::json ->> 'decidedBy' as decided_by,
       state::json ->> 'author' as author,
       (state::json ->> 'createdAt')::timestamptz as created_at
from change where resource = 'decision';
