-- As in 0001: keys sort by their characters' codes.
alter table calendar_feed
    alter column department type text collate "C",
    alter column hash type text collate "C";
