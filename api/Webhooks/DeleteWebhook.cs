using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>DELETE /webhooks/{webhook}</summary>
public static class DeleteWebhook
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/webhooks/{webhook}", HandleAsync)
        .Describe("Delete a webhook", "Nothing more is sent; messages that wait are dropped.")
        .Requires(Role.Admin);

    static async Task<Results<NoContent, Problem>> HandleAsync(string webhook, Caller caller, Db db)
    {
        var current = await GetWebhook.FindAsync(db, webhook, caller);
        if (current is null) return Problem.NotFound("webhook", webhook);
        if (caller.Stale(current) is { } stale) return stale;

        var hidden = await db.FindAsync<WebhookResponse>(Sql, new { current.Id, db.Now, db.Actor });
        await db.RecordAsync(Change.Deleted, hidden!);
        return TypedResults.NoContent();
    }

    const string Sql = $"""
        update webhook set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where id = @Id
        returning {WebhookResponse.Columns}
        """;
}
