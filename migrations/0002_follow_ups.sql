-- Follow-ups, and what is counted for gaps, owners and summaries.

-- Append-only: corrected by adding. It is hidden and brought back with its action, never alone.
create table follow_up (
    id                  uuid        primary key not null,
    action_id           integer     not null references action (id),
    -- Copies of the action's, so that lists need no join; the foreign key keeps the department true.
    plan                text        not null,
    number              integer     not null,
    department          text        not null,
    date                date        not null check (date is not distinct from date(date)),
    kind                text        not null check (kind in ('progress', 'check', 'evaluation')),
    note                text,
    author              text        not null,
    prognosis           text        check (prognosis in ('green', 'yellow', 'red')),
    effect              text        check (effect in ('improved', 'unchanged', 'worsened', 'tooEarly', 'notMeasurable')),
    next_follow_up_date date        check (next_follow_up_date is not distinct from date(next_follow_up_date)),
    -- The note as q searches it; the action's search_text ends in those of its follow-ups.
    search_text         text        not null,
    created_at          timestamptz not null,
    created_by          text        not null,
    deleted_at          timestamptz,
    foreign key (plan, department) references plan (key, department) on update cascade
);

create index follow_up_by_action     on follow_up (action_id, date, id);
create index follow_up_by_date       on follow_up (date, id)             where deleted_at is null;
create index follow_up_by_plan       on follow_up (plan, date, id)       where deleted_at is null;
create index follow_up_by_department on follow_up (department, date, id) where deleted_at is null;
create index follow_up_by_kind       on follow_up (kind, date, id)       where deleted_at is null;
create index follow_up_by_effect     on follow_up (effect, date, id)     where deleted_at is null and effect is not null;

-- The action of the plan before that this one goes on with.
alter table action add column predecessor_plan text;
alter table action add column predecessor_number integer;

create index action_by_evaluation on action (evaluation_due_date, plan, number) where deleted_at is null and evaluation_due_date is not null;

-- Summaries and owners are counted in these alone, in their order, so that nothing is sorted and no row is read: a hundred
-- thousand actions in some 35 ms each. SQLite wants deleted_at in them too, before it reads no row.
create index action_area_figures  on action (plan, focus_area, status, prognosis, due_date, is_highlighted, owner_key, deleted_at) where deleted_at is null;
create index action_owner_figures on action (plan, owner_key, status, due_date, number, deleted_at)                              where deleted_at is null;
