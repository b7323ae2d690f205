using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>GET /webhooks/{webhook}/deliveries/{delivery}</summary>
public static class GetDelivery
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/webhooks/{webhook}/deliveries/{delivery}", HandleAsync)
        .Describe("Get a delivery", "A message to a webhook: what it tells of, whether it is delivered, and every attempt with the receiver's status and answer.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<DeliveryResponse>, NotModified, Problem>> HandleAsync(string webhook, string delivery, Caller caller, Db db) =>
        await FindAsync(db, webhook, delivery, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("delivery", delivery);

    /// <summary>The delivery, or null when there is none that the caller may see.</summary>
    internal static async Task<DeliveryResponse?> FindAsync(Db db, string webhook, string id, Caller caller) =>
        Guid.TryParseExact(webhook, "D", out var parent) && Guid.TryParseExact(id, "D", out var known)
            ? await db.FindAsync<DeliveryResponse>(Sql, new { Webhook = parent, Id = known, caller.Scope })
            : null;

    const string Sql = $"""
        select {DeliveryResponse.Columns} from delivery
        where id = @Id and webhook = @Webhook
          and exists (select 1 from webhook where webhook.id = @Webhook and deleted_at is null {Scope.OnRow})
        """;
}
