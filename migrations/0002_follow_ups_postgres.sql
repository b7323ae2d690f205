-- As in 0001: numbers that grow without end, keys that sort by their characters' codes.
alter table follow_up alter column action_id type bigint;
alter table follow_up
    alter column plan type text collate "C",
    alter column department type text collate "C",
    alter column kind type text collate "C",
    alter column effect type text collate "C";
alter table action alter column predecessor_plan type text collate "C";
