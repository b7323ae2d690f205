using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>POST /webhooks/{webhook}/secrets</summary>
public static class CreateWebhookSecret
{
    static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/webhooks/{webhook}/secrets", HandleAsync)
        .Describe("Change a webhook's secret",
            "Makes a new secret and shows it, once. For 24 hours messages carry two signatures, one of them with the old secret, so that the receiver can be changed meanwhile.")
        .Requires(Role.Admin)
        .AnswersInFull();

    static async Task<Results<Created<WebhookResponse>, Problem>> HandleAsync(string webhook, Caller caller, Db db)
    {
        var current = await GetWebhook.FindAsync(db, webhook, caller);
        if (current is null) return Problem.NotFound("webhook", webhook);
        if (caller.Stale(current) is { } stale) return stale;

        var secret = SigningSecret.Create();
        var changed = (await db.FindAsync<WebhookResponse>(Sql, new { current.Id, Secret = secret, Until = db.Now + Overlap, db.Now, db.Actor }))!;
        await db.RecordAsync(Change.Updated, changed);
        changed.Secret = secret;
        return TypedResults.Created((string?)null, changed);
    }

    const string Sql = $"""
        update webhook set previous_secret = secret, previous_secret_until = @Until, secret = @Secret,
            version = version + 1, updated_at = @Now, updated_by = @Actor
        where id = @Id
        returning {WebhookResponse.Columns}
        """;
}
