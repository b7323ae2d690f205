namespace ActionPlan.Tests.Webhooks;

public class PatchWebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task Only_what_is_named_changes_and_the_secret_stays()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync("https://example.se/in", new { events = new[] { "plan.updated" } });

        var changed = (await host.Admin.PatchAsync($"/webhooks/{webhook["id"]}", new { url = receiver.Url, events = new[] { "action.created" } })).Must(200);

        Assert.Equal(webhook.Without([.. Body.Audit, "url", "host", "events", "secret"]), changed.Without([.. Body.Audit, "url", "host", "events"]));
        Assert.Equal("2 127.0.0.1", $"{changed["version"]} {changed["host"]}");
        await host.ActionAsync("soc-2026");
        Assert.True((await receiver.MustTakeAsync(1))[0].IsSignedWith(webhook["secret"]!.ToString()));
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_keeps_the_version()
    {
        var webhook = await host.WebhookAsync("https://example.se/in");

        Assert.Equal(1, (await host.Admin.PatchAsync($"/webhooks/{webhook["id"]}", new { state = "active", url = "https://example.se/in" })).Must(200)["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_happens_while_it_is_paused_is_sent_when_it_is_active_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" }, plan = await host.PlanAsync() });
        var path = "/webhooks/" + webhook["id"];

        var paused = (await host.Admin.PatchAsync(path, new { state = "paused" }, ("Accept-Language", "en"))).Must(200);
        var keys = new List<string>();
        for (var i = 0; i < 3; i++) keys.Add((await host.ActionAsync(webhook["plan"]!.ToString()))["key"]!.ToString());
        await using var other = await Receiver.StartAsync();
        await host.WebhookAsync(other.Url, new { plan = webhook["plan"]!.ToString() });
        await host.ActionAsync(webhook["plan"]!.ToString());
        await other.MustTakeAsync(1);

        // By now the first had been sent to as well, were it not paused.
        Assert.StartsWith("Paused on request", paused["stateReason"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty(receiver.All);
        var active = (await host.Admin.PatchAsync(path, new { state = "active" })).Must(200);
        Assert.Null(active["stateReason"]);
        Assert.Equal(keys, (await receiver.MustTakeAsync(4)).Take(3).Select(r => r.Data["key"]!.ToString()));
    }

    [Fact]
    public async Task One_whose_key_has_stopped_cannot_be_made_active()
    {
        var key = (await host.Admin.PostAsync("/api-keys", new { name = "Kort", role = "admin" })).Must(201);
        var webhook = await host.WebhookAsync("https://example.se/in", by: host.With(key["secret"]!.ToString()));
        (await host.Admin.DeleteAsync($"/api-keys/{key["id"]}")).Must(204);
        await host.MustBecomeAsync(webhook, "paused");

        (await host.Admin.PatchAsync($"/webhooks/{webhook["id"]}", new { state = "active" })).MustBeProblem(409, "key-stopped");
    }
}
