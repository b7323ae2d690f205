using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>PUT /indicators/{indicator}/values/{period}</summary>
public static class PutIndicatorValue
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPut("/indicators/{indicator}/values/{period}", HandleAsync)
        .Describe("Set a value of an indicator",
            "Makes the value of a unit in a period, or of the whole without unit, what the body says: 201 if there was none, else 200. Sent again it changes nothing. "
            + "The period must be one of the indicator's interval, and have begun.")
        .Requires(Role.Editor)
        .Takes<IndicatorValueInput>();

    static async Task<Results<Ok<IndicatorValueResponse>, Created<IndicatorValueResponse>, Problem>> HandleAsync(
        string indicator, string period, IndicatorValueInput input, Faults faults, Caller caller, Db db)
    {
        if (await GetIndicator.FindAsync(db, indicator, caller) is not { } parent) return Problem.NotFound("indicator", indicator);
        IndicatorValueRow.Check(period, parent.Interval, faults);
        if (ReportingPeriod.Of(period, parent.Interval)?.FirstDay > caller.Today) faults.AddParameter("period", "periodNotBegun", period);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var current = await IndicatorValueRow.FindAsync(db, indicator, period, IndicatorValueInput.KeyOf(input.Unit));
        if (caller.Stale(current) is { } stale) return stale;

        var (value, kind) = await IndicatorValueRow.PutAsync(db, indicator, period, input, current);
        return kind == Change.Created ? TypedResults.Created((string?)null, value) : TypedResults.Ok(value);
    }
}
