using ActionPlan.Data;
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

    static async Task<Results<Ok<PlanResponse>, Problem>> HandleAsync(string plan, Patch<PlanInput> patch, Caller caller, Db db)
    {
        var current = await GetPlan.FindAsync(db, plan, caller);
        if (current is null) return Problem.NotFound("plan", plan);
        if (caller.Stale(current) is { } stale) return stale;
        if (patch.Apply(current, out var wanted) is { } faulty) return faulty;

        var assignments = Copy.Assignments(current, wanted);
        if (current.Status == PlanStatus.Closed && assignments is not ("" or "status = @Status, ")) return Problem.PlanClosed(plan);
        if (await FaultsAsync(current, wanted, caller, db) is { Count: > 0 } faults) return Problem.Invalid(faults);
        if (assignments.Length == 0) return TypedResults.Ok(current);

        var changed = await db.FindAsync<PlanResponse>(
            $"""
            update plan set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where key = @Key
            returning {PlanResponse.Columns}
            """,
            PlanRow.Of(wanted, db));

        await db.RecordAsync(Change.Updated, changed!);
        return TypedResults.Ok(changed!);
    }

    static async Task<Faults> FaultsAsync(PlanResponse current, PlanInput wanted, Caller caller, Db db)
    {
        var faults = new Faults();
        if (wanted.Department is null) faults.AddAt("/department", "required");
        await PlanRow.CheckAsync(wanted, current, caller, db, faults);
        return faults;
    }
}
