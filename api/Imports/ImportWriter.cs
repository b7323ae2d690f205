using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Imports;

/// <summary>Carries out in a transaction what an <see cref="Import"/> has worked out: many rows a statement, a change row each.</summary>
static class ImportWriter
{
    // So many states are in memory at a time.
    const int Chunk = 2000;

    /// <summary>Writes everything, in the file's order.</summary>
    public static async Task WriteAsync(Db db, Import import, PlanResponse plan, DateOnly today)
    {
        foreach (var area in import.NewAreas) await CreateFocusArea.AddAsync(db, plan.Key, area);
        foreach (var chunk in import.Outcomes.Where(outcome => outcome.Kind is Outcome.Created or Outcome.Updated).Chunk(Chunk))
        {
            await CreateAsync(db, [.. chunk.Where(outcome => outcome.Kind == Outcome.Created)], plan, today);
            foreach (var outcome in chunk.Where(outcome => outcome.Kind == Outcome.Updated)) await UpdateAsync(db, outcome, today);
        }
    }

    static async Task CreateAsync(Db db, Outcome[] created, PlanResponse plan, DateOnly today)
    {
        if (created.Length == 0) return;
        var actions = created.Select(outcome => ActionRow.New(outcome.Wanted!, plan, outcome.Number, db, outcome.Wanted!.Status == Status.Verified ? outcome.VerifiedOn ?? today : null)).ToArray();
        await db.InsertAsync("action", ActionRow.Columns, created.Zip(actions).AsParallel().AsOrdered().Select(pair => ActionRow.Values(pair.Second, pair.First.Note)).AsEnumerable());

        var ids = new Dictionary<int, long>();
        foreach (var (number, id) in (await db.QueryAsync<Numbered>("select number, id from action where plan = @Plan and number between @First and @Last",
            new { Plan = plan.Key, First = created[0].Number, Last = created[^1].Number })).Select(row => (row.Number, row.Id))) ids[number] = id;
        await db.InsertAsync("action_participant", ["participant_key", "action_id"], actions.SelectMany(action => Keys(action.Participants, ids[action.Number])));
        await db.InsertAsync("action_tag", ["tag_key", "action_id"], actions.SelectMany(action => Keys(action.Tags, ids[action.Number])));

        var followUps = created.Zip(actions).Where(pair => pair.First.Note is not null || pair.Second.Status == Status.Verified)
            .ToDictionary(pair => pair.Second.Number, pair => FollowUp(db, pair.Second, pair.First.Note, today));
        await db.InsertAsync("follow_up", FollowUpRow.Columns, followUps.Select(f => FollowUpRow.Values(f.Value, ids[f.Key], f.Key, db)));
        await db.RecordAllAsync(created.Zip(actions).SelectMany(pair => Changes(pair.First, pair.Second)));

        IEnumerable<(string, Resource, string?)> Changes(Outcome outcome, ActionResponse action)
        {
            yield return (Change.Created, action, outcome.Wanted!.StatusReason);
            if (followUps.TryGetValue(action.Number, out var followUp)) yield return (Change.Created, followUp, null);
        }
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

    sealed class Numbered
    {
        public required int Number { get; init; }
        public required long Id { get; init; }
    }
}
