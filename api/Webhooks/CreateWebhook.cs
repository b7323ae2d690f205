using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>POST /webhooks</summary>
public static class CreateWebhook
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/webhooks", HandleAsync)
        .Describe("Create a webhook",
            "Has an address told what happens from now on. The answer shows the secret that signs the messages, once. It is told what the key that "
            + "makes it may see, and stops when that key is revoked or expires.")
        .Requires(Role.Admin)
        .Takes<WebhookInput>()
        .AnswersInFull();

    static async Task<Results<Created<WebhookResponse>, Problem>> HandleAsync(WebhookInput input, Faults faults, Caller caller, Targets targets, Db db)
    {
        await WebhookRow.CheckAsync(input, null, caller.Scope, targets, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var secret = SigningSecret.Create();
        var parameters = WebhookRow.Of(input, Guid.CreateVersion7(db.Now), db);
        parameters.AddDynamicParams(new { ApiKey = caller.Id, Department = caller.Scope, Secret = secret });
        var webhook = (await db.FindAsync<WebhookResponse>(Sql, parameters))!;

        await db.RecordAsync(Change.Created, webhook);
        webhook.Secret = secret;
        return TypedResults.Created((string?)null, webhook);
    }

    // What has happened before is not told.
    const string Sql = $"""
        insert into webhook (id, api_key, department, url, host, events, format, plan, state, pause_reason, secret, last_change, last_event,
            created_at, created_by, updated_at, updated_by)
        values (@Id, @ApiKey, @Department, @Url, @Host, @Events, @Format, @Plan, @State, @PauseReason, @Secret,
            (select coalesce(max(number), 0) from change), (select coalesce(max(number), 0) from event), @Now, @Actor, @Now, @Actor)
        returning {WebhookResponse.Columns}
        """;
}
