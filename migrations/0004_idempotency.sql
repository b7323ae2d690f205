-- What a POST answered under its Idempotency-Key, kept for a day, so that it can be sent again and is not done again.
-- Written in the transaction of what it answers for: neither is ever there without the other.
create table idempotency_key (
    -- Who sent it: the id of an API key. The same text from another is another key.
    caller       text        not null,
    key          text        not null,
    -- SHA-256 of method, address and body; the body itself may hold what must not lie about.
    request_hash text        not null,
    status       integer     not null,
    headers      text        not null,
    -- Without what is shown only once. Null where the answer had none.
    body         text,
    created_at   timestamptz not null,
    primary key (caller, key)
);

-- The old ones, which each new one clears a few of.
create index idempotency_key_by_created_at on idempotency_key (created_at);
