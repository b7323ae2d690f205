using ActionPlan.Data;
using ActionPlan.Exports;
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
            "The plan's actions (åtgärder), by number unless told. Filters are combined with AND; a comma, or for free text a repeated parameter, means OR. " + ExportFormat.Description)
        .Requires(Role.Reader)
        .Answers(ExportFormat.MediaTypes)
        .Query(ActionQuery.ParametersInPlan);

    static async Task<Results<Results<Ok<Page<ActionResponse>>, NotModified, Problem>, ActionExport>> HandleAsync(
        string plan, ActionQuery query, Paging paging, ExportFormat format, Db db, HttpContext http)
    {
        if (format.IsFile) return new ActionExport(format, query, plan);
        return await db.ListAsync<ActionResponse>(http, paging, query.Select(plan),
            (links, isClosed) =>
            {
                links.Add("up", $"/plans/{plan}");
                if (!isClosed) links.Add("create", $"/plans/{plan}/actions", "POST", Role.Editor);
            });
    }
}
