using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.FollowUps;
using ActionPlan.Plans;

namespace ActionPlan.Imports;

/// <summary>Carries out in a transaction what an <see cref="Import"/> has worked out: many rows a statement, a change row each.</summary>
static class ImportWriter
{
    // So many are written by one statement; twice as many states are in memory.
    const int Chunk = 2500;

    /// <summary>Writes everything: what is new, then what changes, each in the file's order.</summary>
    public static async Task WriteAsync(Db db, Import import, PlanResponse plan, DateOnly today)
    {
        foreach (var area in import.NewAreas) await CreateFocusArea.AddAsync(db, plan.Key, area);
        // While some are written the next ones are made ready, by whatever processor is free.
        Task<Batch>? next = null;
        foreach (var created in import.Outcomes.Where(outcome => outcome.Kind == Outcome.Created).Chunk(Chunk))
        {
            var ready = next;
            next = Task.Run(() => Ready(created, plan, db, today));
            if (ready is not null) await CreateAsync(db, await ready);
        }

        if (next is not null) await CreateAsync(db, await next);
        foreach (var outcome in import.Outcomes.Where(outcome => outcome.Kind == Outcome.Updated)) await UpdateAsync(db, outcome, today);
    }

    static Batch Ready(Outcome[] created, PlanResponse plan, Db db, DateOnly today)
    {
        var actions = Array.ConvertAll(created, outcome => ActionRow.New(outcome.Wanted!, plan, outcome.Number, db, outcome.Wanted!.Status == Status.Verified ? outcome.VerifiedOn ?? today : null));
        var followUps = created.Zip(actions).Where(pair => pair.First.Note is not null || pair.Second.Status == Status.Verified)
            .ToDictionary(pair => pair.Second.Number, pair => FollowUp(db, pair.Second, pair.First.Note, today));
        return new Batch
        {
            Actions = actions,
            Rows = created.Zip(actions).AsParallel().AsOrdered().Select(pair => ActionRow.Values(pair.Second, pair.First.Note)).ToArray(),
            FollowUps = followUps,
            Changes = created.Zip(actions).AsParallel().AsOrdered().SelectMany(pair => Changes(pair.First, pair.Second)).ToArray(),
        };

        IEnumerable<ChangeLog.Entry> Changes(Outcome outcome, ActionResponse action)
        {
            yield return ChangeLog.Entry.Of(Change.Created, action, outcome.Wanted!.StatusReason);
            if (followUps.TryGetValue(action.Number, out var followUp)) yield return ChangeLog.Entry.Of(Change.Created, followUp, null);
        }
    }

    static async Task CreateAsync(Db db, Batch batch)
    {
        await db.InsertAsync("action", ActionRow.Columns, batch.Rows);
        var ids = (await db.QueryAsync<(int Number, long Id)>("select number, id from action where plan = @Plan and number between @First and @Last",
            new { batch.Actions[0].Plan, First = batch.Actions[0].Number, Last = batch.Actions[^1].Number })).ToDictionary();
        await db.InsertAsync("action_participant", ["participant_key", "action_id"], batch.Actions.SelectMany(action => Keys(action.Participants, ids[action.Number])));
        await db.InsertAsync("action_tag", ["tag_key", "action_id"], batch.Actions.SelectMany(action => Keys(action.Tags, ids[action.Number])));
        await db.InsertAsync("follow_up", FollowUpRow.Columns, batch.FollowUps.Select(f => FollowUpRow.Values(f.Value, ids[f.Key], f.Key, db)));
        await db.RecordAllAsync(batch.Changes);
    }

    static async Task UpdateAsync(Db db, Outcome outcome, DateOnly today)
    {
        var wanted = outcome.Wanted!;
        var changed = await PatchAction.ChangeAsync(db, outcome.Current!, wanted, outcome.NamesReason ? wanted.StatusReason : null);
        if (outcome.Note is null && !outcome.Verifies) return;
        await CreateFollowUp.AddAsync(db, new FollowUpInput
        {
            Date = outcome.Verifies ? outcome.VerifiedOn ?? today : today,
            Kind = outcome.Verifies ? FollowUpKind.Check : FollowUpKind.Progress,
            Effect = outcome.Verifies ? Effects.NotMeasurable : null,
            Note = outcome.Note,
            Author = db.Actor,
            NextFollowUpDate = changed.NextFollowUpDate > today ? changed.NextFollowUpDate : null,
        }, changed);
    }

    // What is imported as verified has been checked; how it went nobody can say.
    static FollowUpResponse FollowUp(Db db, ActionResponse action, string? note, DateOnly today) => new()
    {
        Id = Guid.CreateVersion7(db.Now),
        Action = action.Key,
        Plan = action.Plan,
        Title = action.Title,
        Owner = action.Owner,
        Date = action.VerifiedOn ?? today,
        Kind = action.Status == Status.Verified ? FollowUpKind.Check : FollowUpKind.Progress,
        Note = note,
        Author = db.Actor,
        Prognosis = null,
        Effect = action.Status == Status.Verified ? Effects.NotMeasurable : null,
        NextFollowUpDate = null,
        CreatedAt = db.Now,
        Department = action.Department,
    };

    static IEnumerable<object?[]> Keys(IEnumerable<string> names, long id) => names.Select(SearchText.Name).OfType<string>().Distinct().Select(key => new object?[] { key, id });

    // What is new, as far as it can be made without the database.
    sealed class Batch
    {
        public required ActionResponse[] Actions { get; init; }
        public required object?[][] Rows { get; init; }
        public required Dictionary<int, FollowUpResponse> FollowUps { get; init; }
        public required ChangeLog.Entry[] Changes { get; init; }
    }
}
