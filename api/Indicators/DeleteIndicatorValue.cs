using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>DELETE /indicators/{indicator}/values/{period}</summary>
public static class DeleteIndicatorValue
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/indicators/{indicator}/values/{period}", HandleAsync)
        .Describe("Delete a value of an indicator", "Hides the value of a unit in a period, or of the whole without unit; its history stays readable.")
        .Requires(Role.Editor)
        .Query(IndicatorValueRow.Unit);

    static async Task<Results<NoContent, Problem>> HandleAsync(string indicator, string period, IndicatorValueRow.UnitOfQuery unit, Faults faults, Caller caller, Db db)
    {
        if (await GetIndicator.FindAsync(db, indicator, caller) is not { } parent) return Problem.NotFound("indicator", indicator);
        IndicatorValueRow.Check(period, parent.Interval, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var current = await IndicatorValueRow.FindAsync(db, indicator, period, unit.Key);
        if (current is null) return Problem.NotFound("indicatorValue", unit.Text is null ? period : $"{period} {unit.Text}");
        if (caller.Stale(current) is { } stale) return stale;

        await db.RecordAsync(Change.Deleted, (await db.FindAsync<IndicatorValueResponse>(Sql, new { Indicator = indicator, Period = period, UnitKey = unit.Key, db.Now, db.Actor }))!);
        return TypedResults.NoContent();
    }

    const string Sql = $"""
        update indicator_value set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where indicator = @Indicator and period = @Period and unit_key = @UnitKey
        returning {IndicatorValueResponse.Columns}
        """;
}
