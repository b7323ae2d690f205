using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Departments;

/// <summary>GET /departments</summary>
public static class ListDepartments
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/departments", HandleAsync)
        .Describe("List departments", "The departments (förvaltningar) that the key may see, by name in Swedish order.")
        .Requires(Role.Reader)
        .Query(Paging.Parameters);

    static Task<Results<Ok<Page<DepartmentResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<DepartmentResponse>(http, paging,
            new Select(DepartmentResponse.Columns, $"department where deleted_at is null {Scope.On(caller, "key")}", "name collate swedish, key")
                .With("Scope", caller.Scope),
            (links, _) =>
            {
                if (caller.Scope is null) links.Add("create", "/departments", "POST", Role.Admin);
            });
}
