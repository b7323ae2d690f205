using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>POST /indicators</summary>
public static class CreateIndicator
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/indicators", HandleAsync)
        .Describe("Create an indicator",
            "Adds a nyckeltal to a department. Without a key it gets one from department and name: soc-korttidssjukfranvaro. Its values are put one by one or as a whole series.")
        .Requires(Role.Editor)
        .Takes<IndicatorInput>();

    static async Task<Results<Created<IndicatorResponse>, Problem>> HandleAsync(IndicatorInput input, Faults faults, Caller caller, Db db)
    {
        input.Department ??= caller.Scope;
        if (input.Key is null && input.Department is not null && input.Name is not null) input.Key = KeyOf(input.Department, input.Name);
        if (input.Key is { Length: 0 }) faults.AddAt("/key", "keyNotDerivable");
        if (input.Department is null && !faults.AreAt("/department")) faults.AddAt("/department", "required");
        await IndicatorRow.CheckAsync(input, null, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        return await AddAsync(db, input) is { } indicator
            ? TypedResults.Created((string?)null, indicator)
            : Problem.KeyTaken(input.Key!);
    }

    /// <summary>Writes the row, its ties and the change; null if the key is taken.</summary>
    internal static async Task<IndicatorResponse?> AddAsync(Db db, IndicatorInput input)
    {
        if (await db.ExecuteAsync(Sql, IndicatorRow.Of(input, db)) == 0) return null;
        await IndicatorRow.TieAsync(db, input.Key!, input.Actions!);
        var indicator = (await db.FindAsync<IndicatorResponse>(GetIndicator.Sql, new { input.Key, Scope = input.Department }))!;
        await db.RecordAsync(Change.Created, indicator);
        return indicator;
    }

    static string KeyOf(string department, string name)
    {
        var slug = CreateFocusArea.Slug(name);
        if (slug.Length == 0) return "";
        var key = $"{department}-{slug}";
        return key[..Math.Min(key.Length, 60)].Trim('-');
    }

    // The key of a deleted indicator may be used again, but only by its own department, as that of a plan; its values do not come back.
    const string Sql = """
        insert into indicator (key, department, name, unit_of_measure, direction, interval, reported_to, reliability_note, target,
            created_at, created_by, updated_at, updated_by)
        values (@Key, @Department, @Name, @UnitOfMeasure, @Direction, @Interval, @ReportedTo, @ReliabilityNote, @Target, @Now, @Actor, @Now, @Actor)
        on conflict (key) do update set
            name = excluded.name, unit_of_measure = excluded.unit_of_measure, direction = excluded.direction, interval = excluded.interval,
            reported_to = excluded.reported_to, reliability_note = excluded.reliability_note, target = excluded.target, version = indicator.version + 1,
            created_at = excluded.created_at, created_by = excluded.created_by,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = null
        where indicator.deleted_at is not null and indicator.department = excluded.department
        """;
}
