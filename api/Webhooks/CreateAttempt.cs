using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>POST /webhooks/{webhook}/deliveries/{delivery}/attempts</summary>
public static class CreateAttempt
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/webhooks/{webhook}/deliveries/{delivery}/attempts", HandleAsync)
        .Describe("Send a delivery again",
            "Sends the message again within seconds, with the same webhook-id; the delivery shows what came of it. One that is pending is tried now instead of later. "
            + "While the webhook is paused it is a 409.")
        .Requires(Role.Admin)
        .AnswersInFull();

    static async Task<Results<Accepted<DeliveryResponse>, Problem>> HandleAsync(string webhook, string delivery, Caller caller, Db db)
    {
        if (await GetDelivery.FindAsync(db, webhook, delivery, caller) is not { } found) return Problem.NotFound("delivery", delivery);
        if ((await GetWebhook.FindAsync(db, webhook, caller))!.State == WebhookState.Paused) return Problem.Conflict("webhook-paused");

        var asked = (await db.FindAsync<DeliveryResponse>(Sql, new { found.Id, db.Now }))!;
        return TypedResults.Accepted((string?)null, asked);
    }

    // One that is pending keeps its place: those before it go first.
    const string Sql = $"""
        update delivery set next_attempt_at = null, resend_at = case when delivered_at is null then null else @Now end
        where id = @Id
        returning {DeliveryResponse.Columns}
        """;
}
