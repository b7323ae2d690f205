using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FollowUps;

/// <summary>GET /actions/{action}/follow-ups/{followUp}</summary>
public static class GetFollowUp
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}/follow-ups/{followUp}", HandleAsync)
        .Describe("Get a follow-up", "One uppföljning of an action. It never changes.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<FollowUpResponse>, NotModified, Problem>> HandleAsync(string action, string followUp, Caller caller, Db db) =>
        GetAction.TrySplit(action, out var plan, out var number)
        && Guid.TryParseExact(followUp, "D", out var id)
        && await db.FindAsync<FollowUpResponse>(Sql, new { Id = id, Plan = plan, Number = number, caller.Scope }) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("followUp", followUp);

    const string Sql = $"""
        select {FollowUpResponse.Columns} from follow_up
        where id = @Id and plan = @Plan and number = @Number and deleted_at is null {Scope.OnRow}
        """;
}
