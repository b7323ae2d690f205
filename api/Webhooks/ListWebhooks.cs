using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>GET /webhooks</summary>
public static class ListWebhooks
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/webhooks", HandleAsync)
        .Describe("List webhooks", "Who is told what happens, the newest first; a key bound to a department sees those bound there. Secrets are never shown.")
        .Requires(Role.Reader)
        .Query(Paging.Parameters);

    static Task<Results<Ok<Page<WebhookResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Caller caller, Db db, HttpContext http)
    {
        var select = new Select(WebhookResponse.Columns, $"webhook where deleted_at is null {Scope.On(caller)}", "created_at desc, id");
        return db.ListAsync<WebhookResponse>(http, paging, select.With("Scope", caller.Scope), (links, _) => links.Add("create", "/webhooks", "POST", Role.Admin));
    }
}
