using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FocusAreas;

/// <summary>DELETE /plans/{plan}/focus-areas/{focusArea}</summary>
public static class DeleteFocusArea
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/plans/{plan}/focus-areas/{focusArea}", HandleAsync)
        .Describe("Delete a focus area", "Hides the section; its history stays readable. One that has actions is a 409: move them to another first.")
        .Requires(Role.Editor);

    static async Task<Results<NoContent, Problem>> HandleAsync(string plan, string focusArea, Caller caller, Db db)
    {
        var current = await GetFocusArea.FindAsync(db, plan, focusArea, caller);
        if (current is null) return Problem.NotFound("focusArea", focusArea);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(plan);

        var values = new { Plan = plan, Key = focusArea, db.Now, db.Actor };
        var actions = await db.FindAsync<int>(CountSql, values);
        if (actions > 0) return Problem.Conflict("focus-area-in-use", focusArea, actions);

        var hidden = await db.FindAsync<FocusAreaResponse>(Sql, values);
        await db.RecordAsync(Change.Deleted, hidden!);
        return TypedResults.NoContent();
    }

    const string CountSql = "select count(*) from action where plan = @Plan and focus_area = @Key and deleted_at is null";

    const string Sql = $"""
        update focus_area set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and key = @Key
        returning {FocusAreaResponse.Columns}
        """;
}
