using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Departments;

/// <summary>POST /departments</summary>
public static class CreateDepartment
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/departments", HandleAsync)
        .Describe("Create a department", "Adds a department. Its key becomes the first part of its plans' keys and is never changed.")
        .Requires(Role.Admin)
        .Takes<DepartmentInput>();

    static async Task<Results<Created<DepartmentResponse>, Problem>> HandleAsync(DepartmentInput input, Caller caller, Db db)
    {
        if (caller.Scope is { } scope && scope != input.Key) return Problem.DepartmentMissing(input.Key!, scope);

        return await AddAsync(db, input) is { } department
            ? TypedResults.Created((string?)null, department)
            : Problem.KeyTaken(input.Key!);
    }

    /// <summary>Writes the row and the change; null if the key is taken.</summary>
    internal static async Task<DepartmentResponse?> AddAsync(Db db, DepartmentInput input)
    {
        var department = await db.FindAsync<DepartmentResponse>(Sql, new { input.Key, input.Name, input.Municipality, db.Now, db.Actor });
        if (department is not null) await db.RecordAsync(Change.Created, department);
        return department;
    }

    // A key whose department was deleted may be used again; the version goes on counting, so no ETag ever returns.
    const string Sql = $"""
        insert into department (key, name, municipality, created_at, created_by, updated_at, updated_by)
        values (@Key, @Name, @Municipality, @Now, @Actor, @Now, @Actor)
        on conflict (key) do update set
            name = excluded.name, municipality = excluded.municipality, version = department.version + 1,
            created_at = excluded.created_at, created_by = excluded.created_by,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = null
        where department.deleted_at is not null
        returning {DepartmentResponse.Columns}
        """;
}
