using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>GET /actions</summary>
public static class ListActions
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions", HandleAsync)
        .Describe("List actions across plans",
            "The actions (åtgärder) of all plans that the key may see. Filters are combined with AND; a comma, or for free text a repeated parameter, means OR.")
        .Requires(Role.Reader)
        .Query(ActionQuery.Parameters);

    static Task<Results<Ok<Page<ActionResponse>>, NotModified, Problem>> HandleAsync(ActionQuery query, Paging paging, Db db, HttpContext http) =>
        db.ListAsync<ActionResponse>(http, paging, query.Select());
}
