-- By other names, as in 0003.
create view indicator_row as select key from indicator;
create view indicator_value_row as
select indicator, unit_key, period, indicator || '/' || period || case when unit_key = '' then '' else '/' || unit_key end as key from indicator_value;

-- As in 0003: each change as the row it left.

create view indicator_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.name' as name,
       state ->> '$.unitOfMeasure' as unit_of_measure,
       state ->> '$.direction' as direction,
       state ->> '$.interval' as interval,
       state ->> '$.reportedTo' as reported_to,
       state ->> '$.reliabilityNote' as reliability_note,
       state -> '$.target' as target,
       state ->> '$.createdAt' as created_at,
       state ->> '$.createdBy' as created_by,
       state ->> '$.updatedAt' as updated_at,
       state ->> '$.updatedBy' as updated_by,
       state ->> '$.version' as version
from change where resource = 'indicator';

create view indicator_action_state as
select change.number as change_number, change.kind as change_kind, json_each.value ->> '$.plan' as plan, json_each.value ->> '$.number' as number
from change, json_each(change.folded, '$.actions') where change.resource = 'indicator';

create view indicator_value_state as
select number as change_number, kind as change_kind,
       state ->> '$.unit' as unit,
       -- As it is written, not as a binary number.
       state -> '$.value' as value,
       state ->> '$.note' as note,
       state ->> '$.createdAt' as created_at,
       state ->> '$.createdBy' as created_by,
       state ->> '$.updatedAt' as updated_at,
       state ->> '$.updatedBy' as updated_by,
       state ->> '$.version' as version
from change where resource = 'indicatorValue';
