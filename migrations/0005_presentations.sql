-- When the nämnd saw a plan. Append-only, and hidden with its plan: a plan that gets the key again has not been seen.
create table presentation (
    id              uuid        primary key not null,
    plan            text        not null,
    -- A copy of the plan's; the foreign key keeps it true.
    department      text        not null,
    date            date        not null check (date is not distinct from date(date)),
    board           text,
    registry_number text,
    paragraph       text,
    note            text,
    created_at      timestamptz not null,
    created_by      text        not null,
    deleted_at      timestamptz,
    foreign key (plan, department) references plan (key, department) on update cascade
);

create index presentation_by_plan on presentation (plan, date, id) where deleted_at is null;
