using ActionPlan.Data;
using ActionPlan.Exports;
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
            "The actions (åtgärder) of all plans that the key may see. Filters are combined with AND; a comma, or for free text a repeated parameter, means OR. " + ExportFormat.Description)
        .Requires(Role.Reader)
        .Answers(ExportFormat.MediaTypes)
        .Query(ActionQuery.Parameters);

    static async Task<Results<Results<Ok<Page<ActionResponse>>, NotModified, Problem>, ActionExport>> HandleAsync(
        ActionQuery query, Paging paging, ExportFormat format, Db db, HttpContext http)
    {
        if (format.IsFile) return new ActionExport(format, query);
        return await db.ListAsync<ActionResponse>(http, paging, query.Select());
    }
}
