namespace ActionPlan.Tests.Webhooks;

public class ListDeliveriesTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task Each_attempt_is_there_with_status_and_the_beginning_of_the_answer()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async (n, http) =>
        {
            http.Response.StatusCode = n == 0 ? 503 : 200;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, n == 0 ? "Inte nu\0 " + new string('å', 5000) : "Tack");
            return http.Response.StatusCode;
        };
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        var action = await host.ActionAsync("soc-2026");
        await receiver.MustTakeAsync(1);

        var delivery = await host.MustBeTriedAsync(webhook, 0, 2);

        Assert.Equal($"action.created {action["key"]} delivered 1", $"{delivery["type"]} {delivery["key"]} {delivery["state"]} {delivery["number"]}");
        Assert.Equal(["503", "200"], delivery["attempts"]!.AsArray().Select(a => a!["status"]!.ToString()));
        Assert.StartsWith("Inte nu? åå", delivery["attempts"]![0]!["answer"]!.ToString(), StringComparison.Ordinal);
        Assert.InRange(delivery["attempts"]![0]!["answer"]!.ToString().Length, 2000, 4096);
        Assert.Equal("Tack", delivery["attempts"]![1]!["answer"]!.ToString());
        Assert.Equal(receiver.All.Select(r => r.Id), Enumerable.Repeat(delivery["id"]!.ToString(), 2));
    }

    [Fact]
    public async Task The_total_and_the_ETag_follow_what_is_sent_although_no_change_is_made()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        var path = $"/webhooks/{webhook["id"]}/deliveries";
        (await host.Admin.PatchAsync("/webhooks/" + webhook["id"], new { state = "paused" })).Must(200);
        await host.ActionAsync("soc-2026");
        var before = await host.Admin.GetAsync(path);
        Assert.Equal(0, before.Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());

        (await host.Admin.PatchAsync("/webhooks/" + webhook["id"], new { state = "active" })).Must(200);
        await receiver.MustTakeAsync(1);
        await host.MustBeTriedAsync(webhook, 0, 1);

        Assert.Equal(1, (await host.Admin.GetAsync(path, ("If-None-Match", before.ETag!))).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Single((await host.Admin.GetAsync(path + "?state=delivered")).Items("id"));
        Assert.Empty((await host.Admin.GetAsync(path + "?state=pending")).Items("id"));
        (await host.Admin.GetAsync(path + "?state=lost")).MustBeProblem(400);
    }
}
