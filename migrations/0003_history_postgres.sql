-- As in 0001: numbers that grow without end, keys that sort by their characters' codes.
alter table change
    alter column redacted_in type bigint,
    alter column left_department type text collate "C",
    alter column department type text collate "C",
    alter column plan type text collate "C",
    alter column resource type text collate "C",
    alter column resource_key type text collate "C",
    alter column kind type text collate "C";

-- Each change of a resource as the row it left, for whoever asks how things stood (see AsOf). As json, not jsonb: each
-- column that is asked for reads the text once, and most are not asked for.

create view action_state as
select number as change_number, kind as change_kind, department,
       state::json ->> 'title' as title,
       state::json ->> 'description' as description,
       state::json ->> 'focusArea' as focus_area,
       state::json ->> 'status' as status,
       state::json ->> 'statusReason' as status_reason,
       state::json ->> 'owner' as owner,
       state::json ->> 'ownerEmail' as owner_email,
       state::json ->> 'initiator' as initiator,
       (state::json -> 'participants')::text as participants,
       state::json ->> 'deadline' as deadline,
       (state::json ->> 'startDate')::date as start_date,
       (state::json ->> 'dueDate')::date as due_date,
       state::json ->> 'recurrence' as recurrence,
       state::json ->> 'priority' as priority,
       state::json ->> 'prognosis' as prognosis,
       (state::json ->> 'isHighlighted')::boolean as is_highlighted,
       state::json ->> 'expectedEffect' as expected_effect,
       state::json ->> 'source' as source,
       (state::json ->> 'measureNumber')::integer as measure_number,
       (state::json ->> 'isTrial')::boolean as is_trial,
       (state::json ->> 'decisionDueDate')::date as decision_due_date,
       (state::json ->> 'completedOn')::date as completed_on,
       (state::json ->> 'verifiedOn')::date as verified_on,
       state::json ->> 'followUpInterval' as follow_up_interval,
       (state::json ->> 'nextFollowUpDate')::date as next_follow_up_date,
       state::json ->> 'evaluationResponsible' as evaluation_responsible,
       (state::json ->> 'evaluationDueDate')::date as evaluation_due_date,
       state::json ->> 'evaluationSupport' as evaluation_support,
       (state::json -> 'tags')::text as tags,
       state::json ->> 'externalId' as external_id,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       state::json ->> 'createdBy' as created_by,
       (state::json ->> 'updatedAt')::timestamptz as updated_at,
       state::json ->> 'updatedBy' as updated_by,
       (state::json ->> 'version')::integer as version,
       folded::json ->> 'owner' as owner_key,
       folded::json ->> 'text' as own_text
from change where resource = 'action';

create view plan_state as
select number as change_number, kind as change_kind, department,
       state::json ->> 'title' as title,
       (state::json ->> 'periodStart')::date as period_start,
       (state::json ->> 'periodEnd')::date as period_end,
       state::json ->> 'status' as status,
       state::json ->> 'registryNumber' as registry_number,
       state::json ->> 'background' as background,
       state::json ->> 'predecessor' as predecessor,
       state::json ->> 'sharing' as sharing,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       state::json ->> 'createdBy' as created_by,
       (state::json ->> 'updatedAt')::timestamptz as updated_at,
       state::json ->> 'updatedBy' as updated_by,
       (state::json ->> 'version')::integer as version
from change where resource = 'plan';

create view focus_area_state as
select number as change_number, kind as change_kind, department,
       state::json ->> 'title' as title,
       state::json ->> 'introduction' as introduction,
       (state::json ->> 'position')::integer as position,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       state::json ->> 'createdBy' as created_by,
       (state::json ->> 'updatedAt')::timestamptz as updated_at,
       state::json ->> 'updatedBy' as updated_by,
       (state::json ->> 'version')::integer as version
from change where resource = 'focusArea';

create view follow_up_state as
select number as change_number, kind as change_kind, department,
       (state::json ->> 'date')::date as date,
       state::json ->> 'kind' as kind,
       state::json ->> 'note' as note,
       state::json ->> 'author' as author,
       state::json ->> 'prognosis' as prognosis,
       state::json ->> 'effect' as effect,
       (state::json ->> 'nextFollowUpDate')::date as next_follow_up_date,
       (state::json ->> 'createdAt')::timestamptz as created_at,
       folded::json ->> 'text' as search_text
from change where resource = 'followUp';

create view action_participant_state as
select change.number as change_number, change.kind as change_kind, item.value as participant_key
from change cross join lateral json_array_elements_text(folded::json -> 'participants') as item (value) where change.resource = 'action';

create view action_tag_state as
select change.number as change_number, change.kind as change_kind, item.value as tag_key
from change cross join lateral json_array_elements_text(folded::json -> 'tags') as item (value) where change.resource = 'action';
