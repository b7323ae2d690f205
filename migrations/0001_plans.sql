-- Departments, plans, focus areas, actions, the measure catalogue, API keys, and the change log.
--
-- One text for both engines. Types are PostgreSQL's names, which SQLite accepts: dates are kept as
-- 'yyyy-MM-dd' and instants as 'yyyy-MM-ddTHH:mm:ss.fffZ' there, so both compare and sort as time does.
-- STRICT tables would refuse the shared type names, hence the check constraints; date(x) is x for a
-- real date on both engines, and null or another day for anything else.
--
-- Things that people name are referred to by those names (plan, department, focus area), so that a row
-- can be read without a join and a query needs none.
--
-- Nothing is removed: deleted_at hides a row. Its key stays taken by it, its number is never given again,
-- and its history stays readable. Every index that serves a list therefore holds live rows only.

create table department (
    key          text        primary key not null,
    name         text        not null,
    municipality text,
    version      integer     not null default 1,
    created_at   timestamptz not null,
    created_by   text        not null,
    updated_at   timestamptz not null,
    updated_by   text        not null,
    deleted_at   timestamptz
);

create table plan (
    key             text        primary key not null,
    department      text        not null references department (key),
    title           text        not null,
    period_start    date        check (period_start is not distinct from date(period_start)),
    period_end      date        check (period_end is not distinct from date(period_end)),
    status          text        not null check (status in ('draft', 'adopted', 'closed')),
    registry_number text,
    background      text,
    predecessor     text        references plan (key),
    sharing         text        not null check (sharing in ('none', 'titles', 'effects')),
    version         integer     not null default 1,
    created_at      timestamptz not null,
    created_by      text        not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    deleted_at      timestamptz,
    check (period_end is null or period_start is null or period_start <= period_end),
    unique (key, department)
);

create index plan_by_department on plan (department, key) where deleted_at is null;

create table focus_area (
    plan         text        not null references plan (key),
    key          text        not null,
    title        text        not null,
    introduction text,
    position     integer     not null,
    version      integer     not null default 1,
    created_at   timestamptz not null,
    created_by   text        not null,
    updated_at   timestamptz not null,
    updated_by   text        not null,
    deleted_at   timestamptz,
    primary key (plan, key)
);

create table measure (
    number   integer primary key not null,
    category text    not null,
    title    text    not null
);

create table action (
    id                     integer     primary key not null,
    plan                   text        not null,
    number                 integer     not null check (number > 0),
    -- A copy of the plan's, so that a department's rows are found by index without a join;
    -- the foreign key below keeps it true when a plan moves to another department.
    department             text        not null,
    title                  text        not null,
    description            text,
    focus_area             text,
    status                 text        not null check (status in
        ('proposed', 'planned', 'inProgress', 'paused', 'done', 'verified', 'cancelled', 'rejected')),
    status_reason          text,
    owner                  text,
    -- The owner without case, hyphens and spaces: "HR-enheten" and "HR enheten" are one.
    owner_key              text,
    owner_email            text,
    initiator              text,
    participants           text        not null default '[]',
    deadline               text,
    start_date             date        check (start_date is not distinct from date(start_date)),
    due_date               date        check (due_date is not distinct from date(due_date)),
    recurrence             text        check (recurrence in
        ('none', 'monthly', 'quarterly', 'tertial', 'termly', 'halfYearly', 'yearly', 'continuous')),
    priority               text        check (priority in ('low', 'normal', 'high')),
    prognosis              text        check (prognosis in ('green', 'yellow', 'red')),
    is_highlighted         boolean     not null default false check (is_highlighted in (true, false)),
    expected_effect        text,
    source                 text,
    measure_number         integer     references measure (number),
    is_trial               boolean     not null default false check (is_trial in (true, false)),
    decision_due_date      date        check (decision_due_date is not distinct from date(decision_due_date)),
    completed_on           date        check (completed_on is not distinct from date(completed_on)),
    verified_on            date        check (verified_on is not distinct from date(verified_on)),
    follow_up_interval     text        check (follow_up_interval in
        ('none', 'monthly', 'quarterly', 'tertial', 'halfYearly', 'yearly')),
    next_follow_up_date    date        check (next_follow_up_date is not distinct from date(next_follow_up_date)),
    evaluation_responsible text,
    evaluation_due_date    date        check (evaluation_due_date is not distinct from date(evaluation_due_date)),
    evaluation_support     text,
    tags                   text        not null default '[]',
    external_id            text,
    -- What q searches: words folded to lower case, each led by two spaces (see SearchText).
    search_text            text        not null,
    version                integer     not null default 1,
    created_at             timestamptz not null,
    created_by             text        not null,
    updated_at             timestamptz not null,
    updated_by             text        not null,
    deleted_at             timestamptz,
    unique (plan, number),
    foreign key (plan, department) references plan (key, department) on update cascade,
    foreign key (plan, focus_area) references focus_area (plan, key),
    check (start_date is null or due_date is null or start_date <= due_date)
);

-- One index per filter, each ending in the order lists have by default, so that a page is read off
-- the index and a total is counted in it. An update touches only the indexes of the columns it sets.
create index action_live          on action (plan, number)                                where deleted_at is null;
create index action_by_department on action (department, plan, number)                    where deleted_at is null;
create index action_by_status     on action (status, plan, number)                        where deleted_at is null;
create index action_open          on action (plan, number)                                where deleted_at is null
    and status in ('proposed', 'planned', 'inProgress', 'paused');
-- Holds the status so that "overdue" is answered from the index although most past dates are done.
create index action_by_due_date   on action (due_date, plan, number, status)              where deleted_at is null;
create index action_by_owner      on action (owner_key, plan, number)                     where deleted_at is null;
create index action_by_focus_area on action (focus_area, plan, number)                    where deleted_at is null;
create index action_by_updated_at on action (updated_at, plan, number)                    where deleted_at is null;
create index action_by_priority   on action (priority, plan, number)                      where deleted_at is null and priority is not null;
create index action_by_prognosis  on action (prognosis, plan, number)                     where deleted_at is null and prognosis is not null;
create index action_by_measure    on action (measure_number, plan, number)                where deleted_at is null and measure_number is not null;
create index action_by_follow_up  on action (next_follow_up_date, plan, number)           where deleted_at is null and next_follow_up_date is not null;
-- Not partial: the number, once imported, finds the row even when it has been deleted.
create index action_by_external_id on action (plan, external_id)                          where external_id is not null;

-- The two lists of an action, once more as rows, for the filters on them. Both are folded like owner_key.
create table action_participant (
    participant_key text    not null,
    action_id       integer not null references action (id),
    primary key (participant_key, action_id)
);

create index action_participant_by_action on action_participant (action_id);

create table action_tag (
    tag_key   text    not null,
    action_id integer not null references action (id),
    primary key (tag_key, action_id)
);

create index action_tag_by_action on action_tag (action_id);

create table api_key (
    id           uuid        primary key not null,
    name         text        not null,
    role         text        not null check (role in ('reader', 'editor', 'admin')),
    department   text        references department (key),
    -- SHA-256 of the whole key. The key itself is shown once and stored nowhere.
    hash         text        not null unique,
    -- False for a key that was chosen by a human: its last characters are no checksum.
    has_checksum boolean     not null check (has_checksum in (true, false)),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    version      integer     not null default 1,
    created_at   timestamptz not null,
    created_by   text        not null,
    updated_at   timestamptz not null,
    updated_by   text        not null,
    deleted_at   timestamptz
);

-- History, audit trail and feed: one row per change, written in the transaction that makes the change.
-- state is the whole resource afterwards, digest chains the row to the one before (see ChangeLog).
create table change (
    number       integer     primary key not null,
    at           timestamptz not null,
    actor        text        not null,
    reason       text,
    department   text,
    plan         text,
    resource     text        not null,
    resource_key text        not null,
    kind         text        not null check (kind in ('created', 'updated', 'deleted', 'restored')),
    state        text        not null,
    digest       text        not null
);

-- Updated in the transaction that writes a change, so that numbers follow commit order, also between
-- processes (the row is locked until commit), and so that time never goes back.
create table change_clock (
    id     integer     primary key not null check (id = 1),
    number integer     not null,
    at     timestamptz not null,
    digest text        not null
);

insert into change_clock (id, number, at, digest) values (1, 0, '1970-01-01T00:00:00.000Z', '');

-- /readyz writes here: only a write tells that a write would be taken.
create table readiness (
    id         integer     primary key not null check (id = 1),
    checked_at timestamptz not null
);

insert into readiness (id, checked_at) values (1, '1970-01-01T00:00:00.000Z');
