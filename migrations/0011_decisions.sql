-- Decisions on proposals and trials, and an index in which adoptions of measures are counted.

-- Append-only: corrected by adding. It is hidden and brought back with its action, never alone.
create table decision (
    id         uuid        primary key not null,
    action_id  integer     not null references action (id),
    -- Copies of the action's, so that lists need no join; the foreign key keeps the department true.
    plan       text        not null,
    number     integer     not null,
    department text        not null,
    date       date        not null check (date is not distinct from date(date)),
    outcome    text        not null check (outcome in ('accepted', 'rejected', 'carryOn', 'widen', 'stop')),
    reason     text,
    note       text,
    decided_by text,
    author     text        not null,
    created_at timestamptz not null,
    created_by text        not null,
    deleted_at timestamptz,
    foreign key (plan, department) references plan (key, department) on update cascade
);

create index decision_by_action on decision (action_id, date, id);

-- Trials are few; what waits for a decision, fewer.
create index action_trial       on action (plan, number)                    where deleted_at is null and is_trial;
create index action_by_decision on action (decision_due_date, plan, number) where deleted_at is null and decision_due_date is not null;

-- With what tells whether it counts, so that no row is read.
drop index action_by_measure;
create index action_by_measure on action (measure_number, plan, number, department, status, deleted_at) where deleted_at is null and measure_number is not null;
