-- Calendar feeds: addresses that a calendar program reads, which can send no key.

create table calendar_feed (
    id         uuid        primary key not null,
    -- Whose key made it: others than admins see their own alone, and it shows nothing once the key has stopped working.
    api_key    uuid        references api_key (id),
    department text        references department (key),
    name       text        not null,
    -- The filters, as the query of the action list has them: read by the same code, so that both mean the same.
    query      text        not null,
    -- SHA-256 of the word in the address. The word itself is shown once and stored nowhere.
    hash       text        not null unique,
    version    integer     not null default 1,
    created_at timestamptz not null,
    created_by text        not null,
    updated_at timestamptz not null,
    updated_by text        not null,
    deleted_at timestamptz
);
