using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;

namespace ActionPlan.Imports;

/// <summary>A plan as an import finds it: what its rows may name, and the change after which that was so.</summary>
sealed class Target
{
    /// <summary>A plan that is not there yet.</summary>
    public static Target Empty(IReadOnlyDictionary<int, string> measures) => new() { LastChange = 0, LastNumber = 0, Measures = measures };

    /// <summary>The plan's last change when it was read: if it still is, all of this still holds.</summary>
    public required long LastChange { get; init; }

    /// <summary>The highest number that was ever given in it.</summary>
    public required int LastNumber { get; init; }

    /// <summary>The catalogue's titles by number.</summary>
    public required IReadOnlyDictionary<int, string> Measures { get; init; }

    /// <summary>Its sections.</summary>
    public IReadOnlyList<FocusAreaResponse> FocusAreas { get; init; } = [];

    /// <summary>Its actions by key.</summary>
    public Dictionary<string, ActionResponse> Actions { get; init; } = [];

    /// <summary>Its actions by the number that they had elsewhere.</summary>
    public ILookup<string, ActionResponse> ByExternalId { get; init; } = Array.Empty<ActionResponse>().ToLookup(action => action.ExternalId!);

    /// <summary>Numbers from elsewhere of actions that have been deleted.</summary>
    public HashSet<string> DeletedIds { get; init; } = [];

    /// <summary>What its follow-ups say, by the action's number.</summary>
    public HashSet<(int Number, string Note)> Notes { get; init; } = [];

    /// <summary>Reads a plan; its actions and follow-ups only if a file can name them.</summary>
    public static async Task<Target> LoadAsync(Db db, string plan, bool isNamed, bool hasNotes)
    {
        var parameters = new { Plan = plan };
        // The change first: what is written meanwhile is seen by it.
        var lastChange = await LastChangeAsync(db, plan);
        var actions = isNamed ? await db.QueryAsync<ActionResponse>($"select {ActionResponse.Columns} from action where plan = @Plan and deleted_at is null order by number", parameters) : [];
        return new Target
        {
            LastChange = lastChange,
            LastNumber = await db.FindAsync<int>("select coalesce(max(number), 0) from action where plan = @Plan", parameters),
            Measures = await MeasuresAsync(db),
            FocusAreas = await db.QueryAsync<FocusAreaResponse>($"select {FocusAreaResponse.Columns} from focus_area where plan = @Plan and deleted_at is null", parameters),
            Actions = actions.ToDictionary(action => action.Key),
            ByExternalId = actions.Where(action => action.ExternalId is not null).ToLookup(action => action.ExternalId!),
            DeletedIds = isNamed ? [.. await db.QueryAsync<string>("select external_id from action where plan = @Plan and external_id is not null and deleted_at is not null", parameters)] : [],
            Notes = isNamed && hasNotes ? [.. (await db.QueryAsync<Said>("select number, note from follow_up where plan = @Plan and deleted_at is null and note is not null", parameters)).Select(said => (said.Number, said.Note.ReplaceLineEndings("\n").Trim()))] : [],
        };
    }

    /// <summary>The number of a plan's last change.</summary>
    public static Task<long> LastChangeAsync(Db db, string plan) => db.FindAsync<long>("select coalesce(max(number), 0) from change where plan = @Plan", new { Plan = plan });

    /// <summary>The catalogue's titles by number.</summary>
    public static async Task<IReadOnlyDictionary<int, string>> MeasuresAsync(Db db) =>
        (await db.QueryAsync<(int Number, string Title)>("select number, title from measure")).ToDictionary();

    sealed class Said
    {
        public required int Number { get; init; }
        public required string Note { get; init; }
    }
}
