using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using Dapper;

namespace ActionPlan.Imports;

/// <summary>A plan as an import finds it: what its rows may name, and the change after which that was so.</summary>
sealed class Target
{
    /// <summary>A plan that is not there yet, or not any more: no number of the one that had its key is given again.</summary>
    public static async Task<Target> NewAsync(Db db, string plan) => new() { LastChange = 0, LastNumber = await LastNumberAsync(db, plan), Measures = await MeasuresAsync(db) };

    /// <summary>The plan's last change when it was read: if it still is, all of this still holds.</summary>
    public required long LastChange { get; init; }

    /// <summary>The highest number that was ever given in it.</summary>
    public required int LastNumber { get; init; }

    /// <summary>The catalogue's titles by number.</summary>
    public required IReadOnlyDictionary<int, string> Measures { get; init; }

    /// <summary>Its sections.</summary>
    public IReadOnlyList<FocusAreaResponse> FocusAreas { get; init; } = [];

    /// <summary>The numbers of its actions.</summary>
    public HashSet<int> Numbers { get; } = [];

    /// <summary>The same by the number that they had elsewhere: the first that has it.</summary>
    public Dictionary<string, int> ByExternalId { get; } = [];

    /// <summary>Further ones that have the same number from elsewhere.</summary>
    public List<(string ExternalId, int Number)> Ambiguous { get; } = [];

    /// <summary>Numbers from elsewhere of actions that have been deleted.</summary>
    public HashSet<string> DeletedIds { get; } = [];

    /// <summary>The actions that the rows at hand name, by number.</summary>
    public Dictionary<int, ActionResponse> Actions { get; private set; } = [];

    /// <summary>What their follow-ups say.</summary>
    public HashSet<(int Number, string Note)> Notes { get; private set; } = [];

    /// <summary>Finds a plan; its actions only if a file can name them.</summary>
    public static async Task<Target> FindAsync(Db db, string plan, bool isNamed)
    {
        var parameters = new { Plan = plan };
        // The change first: what is written meanwhile is seen by it.
        var lastChange = await LastChangeAsync(db, plan);
        var target = new Target
        {
            LastChange = lastChange,
            LastNumber = await LastNumberAsync(db, plan),
            Measures = await MeasuresAsync(db),
            FocusAreas = await db.QueryAsync<FocusAreaResponse>($"select {FocusAreaResponse.Columns} from focus_area where plan = @Plan and deleted_at is null", parameters),
        };
        if (!isNamed) return target;
        foreach (var (number, id, isDeleted) in await db.QueryAsync<(int, string?, bool)>("select number, external_id, deleted_at is not null from action where plan = @Plan order by number", parameters))
        {
            if (isDeleted && id is not null) target.DeletedIds.Add(id);
            if (isDeleted) continue;
            target.Numbers.Add(number);
            if (id is not null && !target.ByExternalId.TryAdd(id, number)) target.Ambiguous.Add((id, number));
        }

        return target;
    }

    /// <summary>Reads the actions of these numbers, and what has been said of them, in place of those before.</summary>
    public async Task LoadAsync(Db db, string plan, IEnumerable<int> numbers)
    {
        var named = string.Join(", ", numbers.Where(Numbers.Contains));
        if (named.Length == 0) return;
        var parameters = new DynamicParameters(new { Plan = plan });
        Actions = (await db.QueryAsync<ActionResponse>($"select {ActionResponse.Columns} from action where plan = @Plan and number in ({named})", parameters)).ToDictionary(action => action.Number);
        Notes = [.. (await db.QueryAsync<Said>($"select number, note from follow_up where plan = @Plan and number in ({named}) and deleted_at is null and note is not null", parameters)).Select(said => (said.Number, said.Note.ReplaceLineEndings("\n").Trim()))];
    }

    /// <summary>The number of a plan's last change.</summary>
    public static Task<long> LastChangeAsync(Db db, string plan) => db.FindAsync<long>("select coalesce(max(number), 0) from change where plan = @Plan", new { Plan = plan });

    static Task<int> LastNumberAsync(Db db, string plan) => db.FindAsync<int>("select coalesce(max(number), 0) from action where plan = @Plan", new { Plan = plan });

    static async Task<IReadOnlyDictionary<int, string>> MeasuresAsync(Db db) =>
        (await db.QueryAsync<(int Number, string Title)>("select number, title from measure")).ToDictionary();

    sealed class Said
    {
        public required int Number { get; init; }
        public required string Note { get; init; }
    }
}
