-- As in 0001: numbers that grow without end, keys that sort by their characters' codes.
alter table event
    alter column number type bigint,
    alter column after_change type bigint,
    alter column type type text collate "C",
    alter column action type text collate "C",
    alter column plan type text collate "C",
    alter column department type text collate "C";
alter table webhook
    alter column last_change type bigint,
    alter column last_event type bigint,
    alter column plan type text collate "C",
    alter column department type text collate "C";
alter table delivery
    alter column number type bigint,
    alter column change_number type bigint,
    alter column event_number type bigint,
    alter column type type text collate "C";
