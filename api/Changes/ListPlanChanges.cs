using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Changes;

/// <summary>GET /plans/{plan}/changes</summary>
public static class ListPlanChanges
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/changes", HandleAsync)
        .Describe("List the changes of a plan",
            "The history of the plan and all that it holds, the latest change first; readable also when the plan is deleted. It goes with the plan when it moves to "
            + "another department; the old department keeps what was written in its time.")
        .Requires(Role.Reader)
        .Query(ChangeQuery.ParametersOfHistory);

    static Task<Results<Ok<Page<ChangeResponse>>, NotModified, Problem>> HandleAsync(string plan, ChangeQuery query, Paging paging, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<ChangeResponse>(http, paging, ChangeHistory.Select("change.plan = @Plan", OutsideSql, query, caller, ("plan", plan)).With("Plan", plan),
            (links, _) => links.Add("up", $"/plans/{plan}"));

    const string OutsideSql = "not exists (select 1 from plan where plan.key = @Plan and plan.department = @Scope)";
}
