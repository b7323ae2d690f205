-- Webhooks: who is told of what, how far each has come, and what became of each message.

-- What becomes true because a day has come, and is nobody's write: due soon, overdue, a follow-up that is due. Once for each
-- date of an action, for ever: a restart, a second process or a clock that was set back repeats none.
create table event (
    number       integer     primary key not null,
    -- The last change when it was written. Both are written under the change clock's lock, so this gives changes and
    -- events one order: an event stands behind this change and before the next.
    after_change integer     not null,
    at           timestamptz not null,
    type         text        not null check (type in ('action.dueSoon', 'action.overdue', 'followUp.due')),
    action       text        not null,
    plan         text        not null,
    department   text        not null,
    day          date        not null check (day is not distinct from date(day)),
    unique (type, action, day)
);

create index event_by_department on event (department, number);

-- The last day whose work is done; written in the transaction that does it. Empty until the first.
create table daily_work (
    id  integer primary key not null check (id = 1),
    day date    not null check (day is not distinct from date(day))
);

create table webhook (
    id                    uuid        primary key not null,
    -- Whose key made it: it tells what this key may see, and nothing once the key has stopped working.
    api_key               uuid        references api_key (id),
    department            text        references department (key),
    url                   text        not null,
    -- Where the address leads, for history: the rest of it may hold a key of the receiver's.
    host                  text        not null,
    events                text        not null,
    format                text        not null check (format in ('json', 'teams')),
    plan                  text        references plan (key),
    state                 text        not null check (state in ('active', 'paused')),
    pause_reason          text        check (pause_reason in ('asked', 'undeliverable', 'gone', 'keyStopped')),
    -- Both sign until the older one's time is up. They must be readable to sign with; nothing ever shows them again.
    secret                text        not null,
    previous_secret       text,
    previous_secret_until timestamptz,
    -- How far it has come: every change and every event up to here has its delivery, if it is to have one.
    last_change           integer     not null,
    last_event            integer     not null,
    version               integer     not null default 1,
    created_at            timestamptz not null,
    created_by            text        not null,
    updated_at            timestamptz not null,
    updated_by            text        not null,
    deleted_at            timestamptz
);

-- A message that is or was on its way. It names what it tells of; its content is read there when it is sent, so that
-- nothing is kept twice, and what the law has erased is sent no more.
create table delivery (
    id               uuid        primary key not null,
    webhook          uuid        not null references webhook (id),
    -- The order in which the webhook's messages go out.
    number           integer     not null,
    type             text        not null,
    change_number    integer     not null,
    -- 0 for a change.
    event_number     integer     not null,
    created_at       timestamptz not null,
    delivered_at     timestamptz,
    -- Sending again was asked for.
    resend_at        timestamptz,
    -- Since it was first tried, or the webhook was resumed.
    tries            integer     not null default 0,
    first_attempt_at timestamptz,
    next_attempt_at  timestamptz,
    attempts         text        not null default '[]',
    unique (webhook, number),
    -- None is ever made twice.
    unique (webhook, change_number, event_number, type)
);

create index delivery_waiting on delivery (webhook, number) where (delivered_at is null or resend_at is not null);
