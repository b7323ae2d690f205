using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>DELETE /actions/{action}</summary>
public static class DeleteAction
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/actions/{action}", HandleAsync)
        .Describe("Delete an action", "Hides the action; its history stays readable, its number is never given again, and a restoration brings it back.")
        .Requires(Role.Editor);

    static async Task<Results<NoContent, Problem>> HandleAsync(string action, Caller caller, Db db)
    {
        var current = await GetAction.FindAsync(db, action, caller);
        if (current is null) return Problem.NotFound("action", action);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(current.Plan);

        var hidden = await db.FindAsync<ActionResponse>(Sql, new { current.Plan, current.Number, db.Now, db.Actor });
        await ActionContent.HideAsync(db, current.Plan, current.Number);
        await db.RecordAsync(Change.Deleted, hidden!);
        return TypedResults.NoContent();
    }

    const string Sql = $"""
        update action set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and number = @Number
        returning {ActionResponse.Columns}
        """;
}
