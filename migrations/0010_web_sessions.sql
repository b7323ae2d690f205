-- Who has signed in on the web pages. The cookie holds chance alone, and this its hash: neither the cookie nor the
-- database tells a key, all processes know of it, signing out ends it, and it ends with the key it was begun with.
create table web_session (
    hash       text        primary key not null,
    api_key    uuid        not null references api_key (id),
    expires_at timestamptz not null
);

-- The old ones, which each new one clears.
create index web_session_by_expires_at on web_session (expires_at);
