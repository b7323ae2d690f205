using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>GET /plans/{plan}/actions</summary>
public static class ListPlanActions
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/actions", HandleAsync)
        .Describe("List the actions of a plan",
            "The plan's actions (åtgärder), by number unless told. Filters are combined with AND; a comma, or for free text a repeated parameter, means OR.")
        .Requires(Role.Reader)
        .Query(ActionQuery.ParametersInPlan);

    static Task<Results<Ok<Page<ActionResponse>>, NotModified, Problem>> HandleAsync(
        string plan, ActionQuery query, Paging paging, Db db, HttpContext http) =>
        db.ListAsync<ActionResponse>(http, paging, query.Select(plan),
            (links, isClosed) =>
            {
                links.Add("up", $"/plans/{plan}");
                if (!isClosed) links.Add("create", $"/plans/{plan}/actions", "POST", Role.Editor);
            });
}
