-- As in 0001: numbers that grow without end, keys that sort by their characters' codes.
alter table change
    alter column redacted_in type bigint,
    alter column left_department type text collate "C",
    alter column department type text collate "C",
    alter column plan type text collate "C",
    alter column resource type text collate "C",
    alter column resource_key type text collate "C",
    alter column kind type text collate "C";
