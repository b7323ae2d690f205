-- As in 0001: keys that sort by their characters' codes.
alter table idempotency_key alter column caller type text collate "C", alter column key type text collate "C";
