-- Indicators (nyckeltal), the actions that each is to tell of, and their values by period and unit.

create table indicator (
    key              text        primary key not null,
    department       text        not null references department (key),
    name             text        not null,
    unit_of_measure  text,
    direction        text        not null check (direction in ('lowerIsBetter', 'higherIsBetter')),
    interval         text        not null check (interval in ('monthly', 'quarterly', 'tertial', 'yearly')),
    reported_to      text,
    reliability_note text,
    -- A JSON object: it is read and written whole.
    target           text,
    version          integer     not null default 1,
    created_at       timestamptz not null,
    created_by       text        not null,
    updated_at       timestamptz not null,
    updated_by       text        not null,
    deleted_at       timestamptz
);

create index indicator_by_department on indicator (department, key) where deleted_at is null;

-- By plan and number, not by the action's own id: the change log knows an action by these.
create table indicator_action (
    indicator text    not null references indicator (key),
    plan      text    not null,
    number    integer not null,
    primary key (indicator, plan, number),
    foreign key (plan, number) references action (plan, number)
);

create index indicator_action_by_action on indicator_action (plan, number, indicator);

-- A number is kept as its text, without trailing zeros: SQLite's own numbers are binary and would not give 0.1 back after 0.7 - 0.6,
-- and the two engines would not hold the same.
create table indicator_value (
    indicator  text        not null references indicator (key),
    period     text        not null,
    -- The unit's name as names are compared; empty for the whole.
    unit_key   text        not null,
    unit       text,
    value      text        not null,
    note       text,
    version    integer     not null default 1,
    created_at timestamptz not null,
    created_by text        not null,
    updated_at timestamptz not null,
    updated_by text        not null,
    deleted_at timestamptz,
    -- In this order a unit's series is a stretch of the key.
    primary key (indicator, unit_key, period)
);

create index indicator_value_by_period on indicator_value (indicator, period, unit_key) where deleted_at is null;
