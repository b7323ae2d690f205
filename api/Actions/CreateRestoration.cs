using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>POST /actions/{action}/restorations</summary>
public static class CreateRestoration
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/actions/{action}/restorations", HandleAsync)
        .Describe("Restore a deleted action", "Brings a deleted action back as it was, save for a focus area that has been deleted since. One that is not deleted is a 409.")
        .Requires(Role.Editor);

    static async Task<Results<Created<ActionResponse>, Problem>> HandleAsync(string action, Caller caller, Db db)
    {
        if (await GetAction.FindAsync(db, action, caller) is not null) return Problem.Conflict("not-deleted", action);
        var deleted = await GetAction.FindAsync(db, action, caller, deleted: true);
        if (deleted is null) return Problem.NotFound("action", action);
        if (caller.Stale(deleted) is { } stale) return stale;
        if (deleted.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(deleted.Plan);

        // Its section may have been deleted in the meantime; the action is worth more than its place.
        var restored = await db.FindAsync<ActionResponse>(Sql, new { deleted.Plan, deleted.Number, db.Now, db.Actor });
        await db.RecordAsync(Change.Restored, restored!);
        await ActionContent.RestoreAsync(db, deleted.Plan, deleted.Number);
        return TypedResults.Created((string?)null, restored);
    }

    const string Sql = $"""
        update action set deleted_at = null, version = version + 1, updated_at = @Now, updated_by = @Actor,
            focus_area = (select key from focus_area where focus_area.plan = action.plan and focus_area.key = action.focus_area and focus_area.deleted_at is null)
        where plan = @Plan and number = @Number
        returning {ActionResponse.Columns}
        """;
}
