using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>GET /indicators/{indicator}</summary>
public static class GetIndicator
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/indicators/{indicator}", HandleAsync)
        .Describe("Get an indicator", "One nyckeltal with the latest value of each unit, how it stands to the target and to the unit's first value, and the periods that lack a value.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<IndicatorResponse>, NotModified, Problem>> HandleAsync(string indicator, Caller caller, Db db) =>
        await FindAsync(db, indicator, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("indicator", indicator);

    /// <summary>The indicator, or null when there is none that the caller may see.</summary>
    internal static Task<IndicatorResponse?> FindAsync(Db db, string key, Caller caller) => db.FindAsync<IndicatorResponse>(Sql, new { Key = key, caller.Scope });

    internal const string Sql = $"select {IndicatorResponse.Columns} from indicator where key = @Key and deleted_at is null {Scope.OnRow}";
}
