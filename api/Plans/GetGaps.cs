using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}/gaps</summary>
public static class GetGaps
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/gaps", HandleAsync)
        .Describe("Get a plan's gaps",
            "Where the plan falls short of what it, and the law, asks: each kind of gap with the rule it rests on, the number of actions, and a link to them.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<GapsResponse>, NotModified, Problem>> HandleAsync(string plan, Caller caller, Db db) =>
        await FindAsync(db, plan, caller) is { } gaps ? TypedResults.Ok(gaps) : Problem.NotFound("plan", plan);

    /// <summary>The counts, or null when there is no plan that the caller may see.</summary>
    internal static async Task<GapsResponse?> FindAsync(Db db, string plan, Caller caller)
    {
        var counts = (await db.QueryAsync<(string Code, int Count)>(Sql, new { Plan = plan, caller.Scope, caller.Today })).ToDictionary(c => c.Code, c => c.Count);
        return counts.Count == 0
            ? null
            : new GapsResponse
            {
                Plan = plan,
                Date = caller.Today,
                Gaps = [.. Gap.All.Select(gap => new GapCount { Code = gap.Code, IsLaw = gap.IsLaw, Count = counts[gap.Code] })],
            };
    }

    // All are counted in one pass over the plan's actions; no plan, no row.
    internal static readonly string Sql = $"""
        with counted as (
            select {string.Join(", ", Gap.All.Select(gap => $"coalesce(sum(case when {gap.Sql} then 1 else 0 end), 0) as {gap.Code}"))}
            from action where plan = @Plan and deleted_at is null
        )
        {string.Join(" union all ", Gap.All.Select(gap => $"select '{gap.Code}' as code, {gap.Code} as count from counted where ({Select.PlanGuard}) > 0"))}
        """;
}
