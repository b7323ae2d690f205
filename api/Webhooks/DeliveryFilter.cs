using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>Which of a webhook's deliveries a list tells.</summary>
public sealed class DeliveryFilter
{
    static readonly QueryParameter State = QueryParameter.Words("state", "Only those that are pending, or delivered.", ["pending", "delivered"]);

    /// <summary>The query parameters.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters = [State];

    DeliveryFilter(HttpContext http)
    {
        var states = new QueryValues(http).All(State).Distinct().ToArray();
        if (states is ["pending"]) Where.Add("delivered_at is null");
        if (states is ["delivered"]) Where.Add("delivered_at is not null");
    }

    /// <summary>The conditions.</summary>
    public Conditions Where { get; } = new();

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<DeliveryFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<DeliveryFilter?>(new DeliveryFilter(http));
}
