using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}</summary>
public static class GetPlan
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}", HandleAsync)
        .Describe("Get a plan", "One plan (åtgärdsplan), without its actions.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<PlanResponse>, NotModified, Problem>> HandleAsync(string plan, Caller caller, Db db) =>
        await FindAsync(db, plan, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("plan", plan);

    /// <summary>The plan, or null when there is none that the caller may see.</summary>
    internal static Task<PlanResponse?> FindAsync(Db db, string key, Caller caller) =>
        db.FindAsync<PlanResponse>(Sql, new { Key = key, caller.Scope });

    const string Sql = $"""
        select {PlanResponse.Columns} from plan
        where key = @Key and deleted_at is null {Scope.OnRow}
        """;
}
