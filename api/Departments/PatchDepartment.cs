using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Departments;

/// <summary>PATCH /departments/{department}</summary>
public static class PatchDepartment
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/departments/{department}", HandleAsync)
        .Describe("Change a department", "Changes what the merge patch names. The key cannot be changed.")
        .Requires(Role.Admin)
        .Merges<DepartmentInput>();

    static async Task<Results<Ok<DepartmentResponse>, Problem>> HandleAsync(string department, Patch<DepartmentInput> patch, Caller caller, Db db)
    {
        var current = await GetDepartment.FindAsync(db, department, caller);
        if (current is null) return Problem.NotFound("department", department);
        if (caller.Stale(current) is { } stale) return stale;
        if (patch.Apply(current, out var wanted) is { } faulty) return faulty;

        var assignments = Copy.Assignments(current, wanted);
        if (assignments.Length == 0) return TypedResults.Ok(current);

        var changed = await db.FindAsync<DepartmentResponse>(
            $"""
            update department set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where key = @Key
            returning {DepartmentResponse.Columns}
            """,
            new { current.Key, wanted.Name, wanted.Municipality, db.Now, db.Actor });

        await db.RecordAsync(Change.Updated, changed!);
        return TypedResults.Ok(changed!);
    }
}
