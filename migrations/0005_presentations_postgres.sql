-- As in 0001: keys that sort by their characters' codes.
alter table presentation alter column plan type text collate "C", alter column department type text collate "C";
