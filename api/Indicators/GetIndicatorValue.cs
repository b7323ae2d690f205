using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>GET /indicators/{indicator}/values/{period}</summary>
public static class GetIndicatorValue
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/indicators/{indicator}/values/{period}", HandleAsync)
        .Describe("Get a value of an indicator", "The value of a unit in a period, or of the whole without unit.")
        .Requires(Role.Reader)
        .Query(IndicatorValueRow.Unit, Moment.AsOf);

    static async Task<Results<Ok<IndicatorValueResponse>, NotModified, Problem>> HandleAsync(
        string indicator, string period, IndicatorValueRow.UnitOfQuery unit, Faults faults, Caller caller, Db db)
    {
        if (await GetIndicator.FindAsync(db, indicator, caller) is not { } parent) return Problem.NotFound("indicator", indicator);
        IndicatorValueRow.Check(period, parent.Interval, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        return await IndicatorValueRow.FindAsync(db, indicator, period, unit.Key) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("indicatorValue", unit.Text is null ? period : $"{period} {unit.Text}");
    }
}
