-- Each change of a resource as the row it left, for whoever asks how things stood (see AsOf).

create view action_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.title' as title,
       state ->> '$.description' as description,
       state ->> '$.focusArea' as focus_area,
       state ->> '$.status' as status,
       state ->> '$.statusReason' as status_reason,
       state ->> '$.owner' as owner,
       state ->> '$.ownerEmail' as owner_email,
       state ->> '$.initiator' as initiator,
       state -> '$.participants' as participants,
       state ->> '$.deadline' as deadline,
       state ->> '$.startDate' as start_date,
       state ->> '$.dueDate' as due_date,
       state ->> '$.recurrence' as recurrence,
       state ->> '$.priority' as priority,
       state ->> '$.prognosis' as prognosis,
       state ->> '$.isHighlighted' as is_highlighted,
       state ->> '$.expectedEffect' as expected_effect,
       state ->> '$.source' as source,
       state ->> '$.measureNumber' as measure_number,
       state ->> '$.isTrial' as is_trial,
       state ->> '$.decisionDueDate' as decision_due_date,
       state ->> '$.completedOn' as completed_on,
       state ->> '$.verifiedOn' as verified_on,
       state ->> '$.followUpInterval' as follow_up_interval,
       state ->> '$.nextFollowUpDate' as next_follow_up_date,
       state ->> '$.evaluationResponsible' as evaluation_responsible,
       state ->> '$.evaluationDueDate' as evaluation_due_date,
       state ->> '$.evaluationSupport' as evaluation_support,
       state -> '$.tags' as tags,
       state ->> '$.externalId' as external_id,
       state ->> '$.createdAt' as created_at,
       state ->> '$.createdBy' as created_by,
       state ->> '$.updatedAt' as updated_at,
       state ->> '$.updatedBy' as updated_by,
       state ->> '$.version' as version,
       folded ->> '$.owner' as owner_key,
       folded ->> '$.text' as own_text
from change where resource = 'action';

create view plan_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.title' as title,
       state ->> '$.periodStart' as period_start,
       state ->> '$.periodEnd' as period_end,
       state ->> '$.status' as status,
       state ->> '$.registryNumber' as registry_number,
       state ->> '$.background' as background,
       state ->> '$.predecessor' as predecessor,
       state ->> '$.sharing' as sharing,
       state ->> '$.createdAt' as created_at,
       state ->> '$.createdBy' as created_by,
       state ->> '$.updatedAt' as updated_at,
       state ->> '$.updatedBy' as updated_by,
       state ->> '$.version' as version
from change where resource = 'plan';

create view focus_area_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.title' as title,
       state ->> '$.introduction' as introduction,
       state ->> '$.position' as position,
       state ->> '$.createdAt' as created_at,
       state ->> '$.createdBy' as created_by,
       state ->> '$.updatedAt' as updated_at,
       state ->> '$.updatedBy' as updated_by,
       state ->> '$.version' as version
from change where resource = 'focusArea';

create view follow_up_state as
select number as change_number, kind as change_kind, department,
       state ->> '$.date' as date,
       state ->> '$.kind' as kind,
       state ->> '$.note' as note,
       state ->> '$.author' as author,
       state ->> '$.prognosis' as prognosis,
       state ->> '$.effect' as effect,
       state ->> '$.nextFollowUpDate' as next_follow_up_date,
       state ->> '$.createdAt' as created_at,
       folded ->> '$.text' as search_text
from change where resource = 'followUp';

create view action_participant_state as
select change.number as change_number, change.kind as change_kind, json_each.value as participant_key
from change, json_each(change.folded, '$.participants') where change.resource = 'action';

create view action_tag_state as
select change.number as change_number, change.kind as change_kind, json_each.value as tag_key
from change, json_each(change.folded, '$.tags') where change.resource = 'action';
