using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Departments;

/// <summary>GET /departments/{department}</summary>
public static class GetDepartment
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/departments/{department}", HandleAsync)
        .Describe("Get a department", "One department (förvaltning).")
        .Requires(Role.Reader);

    static async Task<Results<Ok<DepartmentResponse>, NotModified, Problem>> HandleAsync(string department, Caller caller, Db db) =>
        await FindAsync(db, department, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("department", department);

    /// <summary>The department, or null when there is none that the caller may see.</summary>
    internal static Task<DepartmentResponse?> FindAsync(Db db, string key, Caller caller) =>
        db.FindAsync<DepartmentResponse>(Sql, new { Key = key, caller.Scope });

    const string Sql = $"""
        select {DepartmentResponse.Columns} from department
        where key = @Key and deleted_at is null and (@Scope is null or key = @Scope)
        """;
}
