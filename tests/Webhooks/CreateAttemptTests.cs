namespace ActionPlan.Tests.Webhooks;

public class CreateAttemptTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task A_delivered_message_is_sent_again_as_it_was()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        await host.ActionAsync("soc-2026");
        await receiver.MustTakeAsync(1);
        var delivery = await host.MustBeTriedAsync(webhook, 0, 1);

        var answer = await host.Admin.PostAsync($"/webhooks/{webhook["id"]}/deliveries/{delivery["id"]}/attempts");

        Assert.Equal(delivery["id"]!.ToString(), answer.Must(202)["id"]!.ToString());
        Assert.Equal(delivery.Link("self"), answer.Headers["Location"]);
        await host.MustBeTriedAsync(webhook, 0, 2);
        Assert.Equal(2, receiver.All.Count);
        Assert.Single(receiver.All.Select(r => (r.Id, r.Body)).Distinct());
    }

    [Fact]
    public async Task One_that_waits_for_its_next_attempt_is_tried_now()
    {
        var own = new WebhookHost();
        await using var alone = await OwnHost.StartAsync(own);
        own.Clock.StopAt("2099-03-02T10:00:00Z");
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (n, _) => Task.FromResult(n == 0 ? 500 : 204);
        var webhook = await own.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        await own.ActionAsync("soc-2026");
        // The clock stands, so by itself the next attempt never comes.
        var delivery = await own.MustBeTriedAsync(webhook, 0, 1);
        Assert.Equal("2099-03-02T10:00:01.000Z", delivery["nextAttemptAt"]!.ToString());

        (await own.Admin.PostAsync($"/webhooks/{webhook["id"]}/deliveries/{delivery["id"]}/attempts")).Must(202);

        Assert.Equal("delivered", (await own.MustBeTriedAsync(webhook, 0, 2))["state"]!.ToString());
    }

    [Fact]
    public async Task While_the_webhook_is_paused_it_is_409()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        await host.ActionAsync("soc-2026");
        var id = (await receiver.MustTakeAsync(1))[0].Id;
        (await host.Admin.PatchAsync("/webhooks/" + webhook["id"], new { state = "paused" })).Must(200);

        (await host.Admin.PostAsync($"/webhooks/{webhook["id"]}/deliveries/{id}/attempts")).MustBeProblem(409, "webhook-paused");
    }
}
