using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>DELETE /indicators/{indicator}</summary>
public static class DeleteIndicator
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/indicators/{indicator}", HandleAsync)
        .Describe("Delete an indicator", "Hides the indicator and its values; their history stays readable.")
        .Requires(Role.Editor);

    static async Task<Results<NoContent, Problem>> HandleAsync(string indicator, Caller caller, Db db)
    {
        var current = await GetIndicator.FindAsync(db, indicator, caller);
        if (current is null) return Problem.NotFound("indicator", indicator);
        if (caller.Stale(current) is { } stale) return stale;

        await IndicatorRow.HideAsync(db, indicator);
        return TypedResults.NoContent();
    }
}
