using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>GET /webhooks/{webhook}</summary>
public static class GetWebhook
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/webhooks/{webhook}", HandleAsync)
        .Describe("Get a webhook", "Where it sends, what it is told of, whether it is active, and if not, why; never its secret.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<WebhookResponse>, NotModified, Problem>> HandleAsync(string webhook, Caller caller, Db db) =>
        await FindAsync(db, webhook, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("webhook", webhook);

    /// <summary>The webhook, or null when there is none that the caller may see.</summary>
    internal static async Task<WebhookResponse?> FindAsync(Db db, string id, Caller caller) => Guid.TryParseExact(id, "D", out var known)
        ? await db.FindAsync<WebhookResponse>(Sql, new { Id = known, caller.Scope })
        : null;

    const string Sql = $"select {WebhookResponse.Columns} from webhook where id = @Id and deleted_at is null {Scope.OnRow}";
}
