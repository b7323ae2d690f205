using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>PATCH /indicators/{indicator}</summary>
public static class PatchIndicator
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/indicators/{indicator}", HandleAsync)
        .Describe("Change an indicator",
            "Changes what the merge patch names and nothing else; null clears, and target may be changed in part. Key and department cannot be changed, nor the interval while there are values.")
        .Requires(Role.Editor)
        .Merges<IndicatorInput>();

    static async Task<Results<Ok<IndicatorResponse>, Problem>> HandleAsync(string indicator, Patch<IndicatorInput> patch, Faults faults, Caller caller, Db db)
    {
        var current = await GetIndicator.FindAsync(db, indicator, caller);
        if (current is null) return Problem.NotFound("indicator", indicator);
        if (caller.Stale(current) is { } stale) return stale;

        var wanted = patch.ApplyTo(current);
        wanted.Check(faults);
        await IndicatorRow.CheckAsync(wanted, current, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);
        if (wanted.Interval != current.Interval && current.Series is not null) return Problem.Conflict("interval-in-use", indicator, current.Interval);

        var assignments = Copy.Assignments(current, wanted);
        var isTiedAnew = !wanted.Actions!.Order(StringComparer.Ordinal).SequenceEqual(current.Actions.Order(StringComparer.Ordinal));
        if (assignments.Length == 0 && !isTiedAnew) return TypedResults.Ok(current);

        // Before the row: it tells of them.
        if (isTiedAnew) await IndicatorRow.TieAsync(db, indicator, wanted.Actions!);
        var changed = (await db.FindAsync<IndicatorResponse>(
            $"""
            update indicator set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where key = @Key
            returning {IndicatorResponse.Columns}
            """,
            IndicatorRow.Of(wanted, db)))!;
        await db.RecordAsync(Change.Updated, changed);
        return TypedResults.Ok(changed);
    }
}
