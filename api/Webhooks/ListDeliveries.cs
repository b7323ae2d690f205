using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>GET /webhooks/{webhook}/deliveries</summary>
public static class ListDeliveries
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/webhooks/{webhook}/deliveries", HandleAsync)
        .Describe("List a webhook's deliveries", "The messages, the newest first, each with its attempts: when, the receiver's status and answer. Delivered ones are kept for 30 days.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, .. DeliveryFilter.Parameters]);

    static Task<Results<Ok<Page<DeliveryResponse>>, NotModified, Problem>> HandleAsync(
        string webhook, Paging paging, DeliveryFilter filter, Caller caller, Db db, HttpContext http)
    {
        var id = Guid.TryParseExact(webhook, "D", out var known) ? known : Guid.Empty;
        var select = new Select(DeliveryResponse.Columns, $"delivery where webhook = @Webhook {filter.Where}", "number desc")
        {
            Guard = $"select count(*) from webhook where id = @Webhook and deleted_at is null {Scope.OnRow}",
            Parent = ("webhook", webhook),
            // Sending is no change of the log.
            Also = "(select count(*) || ' ' || coalesce(sum(length(attempts)), 0) || ' ' || coalesce(cast(max(resend_at) as text), '') from delivery where webhook = @Webhook)",
            IsOutsideTheLog = true,
        };
        return db.ListAsync<DeliveryResponse>(http, paging, select.With("Webhook", id).With("Scope", caller.Scope));
    }
}
