using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>PATCH /plans/{plan}</summary>
public static class PatchPlan
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/plans/{plan}", HandleAsync)
        .Describe("Change a plan",
            "Changes what the merge patch names. The key cannot be changed. A closed plan can only be opened again, by a patch that names its status alone.")
        .Requires(Role.Editor)
        .Merges<PlanInput>();

    static async Task<Results<Ok<PlanResponse>, Problem>> HandleAsync(string plan, Patch<PlanInput> patch, Faults faults, Caller caller, Db db)
    {
        var current = await GetPlan.FindAsync(db, plan, caller);
        if (current is null) return Problem.NotFound("plan", plan);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.Status == PlanStatus.Closed && !patch.NamesOnly("status")) return Problem.PlanClosed(plan);

        var wanted = patch.ApplyTo(current);
        wanted.Check(faults);
        if (wanted.Department is null && !faults.AreAt("/department")) faults.AddAt("/department", "required");
        await PlanRow.CheckAsync(wanted, current, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var assignments = Copy.Assignments(current, wanted);
        if (assignments.Length == 0) return TypedResults.Ok(current);

        var changed = await db.FindAsync<PlanResponse>(
            $"""
            update plan set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where key = @Key
            returning {PlanResponse.Columns}
            """,
            PlanRow.Of(wanted, db));

        var leaving = changed!.Department == current.Department ? null : current.Department;
        await db.RecordAsync(Change.Updated, changed, leaving: leaving);
        if (leaving is not null) await MoveContentAsync(db, plan, leaving);
        return TypedResults.Ok(changed);
    }

    // What the plan holds moves with it, and whoever follows either department's changes is to see it come or go.
    static async Task MoveContentAsync(Db db, string plan, string leaving)
    {
        var values = new { Plan = plan, db.Now, db.Actor };
        // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
        foreach (var area in (await db.QueryAsync<FocusAreaResponse>(Touch("focus_area", FocusAreaResponse.Columns), values)).OrderBy(f => f.Key, StringComparer.Ordinal)) await db.RecordAsync(Change.Updated, area, leaving: leaving);
        foreach (var action in (await db.QueryAsync<ActionResponse>(Touch("action", ActionResponse.Columns), values)).OrderBy(a => a.Number)) await db.RecordAsync(Change.Updated, action, leaving: leaving);
        await ActionContent.MoveAsync(db, plan, leaving);
        await PresentationRow.MoveAsync(db, plan, leaving);
    }

    static string Touch(string table, string columns) => $"""
        update {table} set version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and deleted_at is null
        returning {columns}
        """;
}
