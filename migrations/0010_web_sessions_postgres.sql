-- As in 0001: keys that sort by their characters' codes.
alter table web_session alter column hash type text collate "C";
