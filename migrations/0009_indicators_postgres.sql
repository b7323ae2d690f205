-- As in 0001: keys that sort by their characters' codes.
alter table indicator alter column key type text collate "C", alter column department type text collate "C";
alter table indicator_action alter column indicator type text collate "C", alter column plan type text collate "C";
alter table indicator_value
    alter column indicator type text collate "C",
    alter column period type text collate "C",
    alter column unit_key type text collate "C";

-- By other names, as in 0003.
create view indicator_row as select key from indicator;
create view indicator_value_row as
select indicator, unit_key, period, indicator || '/' || period || case when unit_key = '' then '' else '/' || unit_key end as key from indicator_value;

-- As in 0003: each change as the row it left.

create view indicator_state as
select number as change_number, kind as change_kind, department,
       state::json ->> 'name' as name,
       state::json ->> 'unitOfMeasure' as unit_of_measure,
       state::json ->> 'direction' as direction,
       state::json ->> 'interval' as interval,
       state::json ->> 'reportedTo' as reported_to,
       state::json ->> 'reliabilityNote' as reliability_note,
       (state::json -> 'target')::text as target,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       state::json ->> 'createdBy' as created_by,
       (state::json ->> 'updatedAt')::timestamptz as updated_at,
       state::json ->> 'updatedBy' as updated_by,
       (state::json ->> 'version')::integer as version
from change where resource = 'indicator';

create view indicator_action_state as
select change.number as change_number, change.kind as change_kind, item.value ->> 'plan' as plan, (item.value ->> 'number')::integer as number
from change cross join lateral json_array_elements(folded::json -> 'actions') as item (value) where change.resource = 'indicator';

create view indicator_value_state as
select number as change_number, kind as change_kind,
       state::json ->> 'unit' as unit,
       state::json ->> 'value' as value,
       state::json ->> 'note' as note,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       state::json ->> 'createdBy' as created_by,
       (state::json ->> 'updatedAt')::timestamptz as updated_at,
       state::json ->> 'updatedBy' as updated_by,
       (state::json ->> 'version')::integer as version
from change where resource = 'indicatorValue';
