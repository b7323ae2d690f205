using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Decisions;

/// <summary>GET /actions/{action}/decisions/{decision}</summary>
public static class GetDecision
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}/decisions/{decision}", HandleAsync)
        .Describe("Get a decision", "One decision on a proposal or a trial. It never changes.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<DecisionResponse>, NotModified, Problem>> HandleAsync(string action, string decision, Caller caller, Db db) =>
        GetAction.TrySplit(action, out var plan, out var number)
        && Guid.TryParseExact(decision, "D", out var id)
        && await db.FindAsync<DecisionResponse>(Sql, new { Id = id, Plan = plan, Number = number, caller.Scope }) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("decision", decision);

    const string Sql = $"""
        select {DecisionResponse.Columns} from decision
        where id = @Id and plan = @Plan and number = @Number and deleted_at is null {Scope.OnRow}
        """;
}
