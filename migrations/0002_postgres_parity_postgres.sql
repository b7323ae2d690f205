-- What SQLite has by nature and 0001_plans_postgres.sql left to the language the database was created with: keys and
-- indexes under it would sort otherwise than SQLite's, and would have to be rebuilt whenever the system's library changes.

alter table migration alter column name type text collate "C";
alter table action
    alter column priority type text collate "C",
    alter column prognosis type text collate "C",
    alter column external_id type text collate "C";
alter table action_participant alter column participant_key type text collate "C";
alter table action_tag alter column tag_key type text collate "C";
alter table api_key alter column hash type text collate "C", alter column department type text collate "C";
