using System.Text.Json.Nodes;
using ActionPlan.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Webhooks;

/// <summary>The service, allowed to send to this machine, and less patient than usual; two departments with a plan each.</summary>
public class WebhookHost : PlanHost
{
    /// <summary>With other settings than the tests' usual ones.</summary>
    protected internal WebhookHost(params IEnumerable<(string Key, string Value)> settings) : base([("Webhooks:AllowLoopback", "true"), .. settings])
    {
    }

    /// <summary>For xunit.</summary>
    public WebhookHost() : this([])
    {
    }

    /// <summary>Has the dispatcher look now, not in a second.</summary>
    public void Wake() => Services.GetRequiredService<Dispatcher>().Wake();

    /// <summary>A new webhook, as it was answered.</summary>
    public async Task<JsonNode> WebhookAsync(string url, object? more = null, Api? by = null)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(more ?? new { }))!.AsObject();
        body["url"] = url;
        return (await (by ?? Admin).PostAsync("/webhooks", body.ToJsonString())).Must(201);
    }

    /// <summary>The deliveries of a webhook, the first first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(JsonNode webhook) =>
        [.. (await Admin.GetAsync($"/webhooks/{webhook["id"]}/deliveries?limit=1000")).Must(200)["items"]!.AsArray().Select(i => i!).Reverse()];

    /// <summary>Waits until a webhook shows this state.</summary>
    public Task MustBecomeAsync(JsonNode webhook, string state) => Eventually.HoldsAsync(async () =>
    {
        Wake();
        return (await Admin.GetAsync($"/webhooks/{webhook["id"]}")).Must(200)["state"]!.ToString() == state;
    }, "state " + state);

    /// <summary>Waits until a delivery has so many attempts.</summary>
    public async Task<JsonNode> MustBeTriedAsync(JsonNode webhook, int delivery, int attempts)
    {
        JsonNode? found = null;
        await Eventually.HoldsAsync(async () =>
        {
            Wake();
            found = (await DeliveriesAsync(webhook)).ElementAtOrDefault(delivery);
            return found?["attempts"]!.AsArray().Count >= attempts;
        }, $"attempt {attempts}");
        return found!;
    }

    protected override void Replace(IServiceCollection services)
    {
        base.Replace(services);
        services.AddSingleton(provider => new Sender(provider.GetRequiredService<Targets>()) { Timeout = TimeSpan.FromSeconds(1) });
    }
}
