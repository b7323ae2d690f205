using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FocusAreas;

/// <summary>PATCH /plans/{plan}/focus-areas/{focusArea}</summary>
public static class PatchFocusArea
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/plans/{plan}/focus-areas/{focusArea}", HandleAsync)
        .Describe("Change a focus area", "Changes what the merge patch names. The key cannot be changed; a new position moves no other area.")
        .Requires(Role.Editor)
        .Merges<FocusAreaInput>();

    static async Task<Results<Ok<FocusAreaResponse>, Problem>> HandleAsync(
        string plan, string focusArea, Patch<FocusAreaInput> patch, Caller caller, Db db)
    {
        var current = await GetFocusArea.FindAsync(db, plan, focusArea, caller);
        if (current is null) return Problem.NotFound("focusArea", focusArea);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(plan);
        if (patch.Apply(current, out var wanted) is { } faulty) return faulty;

        wanted.Position ??= await db.FindAsync<int>(LastSql, new { Plan = plan, Key = focusArea });
        var assignments = Copy.Assignments(current, wanted);
        if (assignments.Length == 0) return TypedResults.Ok(current);

        var changed = await db.FindAsync<FocusAreaResponse>(
            $"""
            update focus_area set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where plan = @Plan and key = @Key
            returning {FocusAreaResponse.Columns}
            """,
            new { Plan = plan, wanted.Key, wanted.Title, wanted.Introduction, wanted.Position, db.Now, db.Actor });

        await db.RecordAsync(Change.Updated, changed!);
        return TypedResults.Ok(changed!);
    }

    // A position that is cleared is the last one again, as when it was left out at creation.
    const string LastSql = "select case when max(position) >= 10000 then 10000 else coalesce(max(position), 0) + 1 end from focus_area where plan = @Plan and key <> @Key and deleted_at is null";
}
