namespace ActionPlan.Tests.Webhooks;

public class GetDeliveryTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task One_is_shown_to_whoever_may_see_its_webhook_and_under_no_other()
    {
        await using var receiver = await Receiver.StartAsync();
        var (soc, vof) = (await host.WithNewKeyAsync("admin", "soc"), await host.WithNewKeyAsync("admin", "vof"));
        var webhook = await host.WebhookAsync(receiver.Url, by: soc);
        var other = await host.WebhookAsync("https://example.se/in", by: vof);
        await host.ActionAsync("soc-2026");
        var id = (await receiver.MustTakeAsync(1))[0].Id;
        await host.MustBeTriedAsync(webhook, 0, 1);

        var shown = (await soc.GetAsync($"/webhooks/{webhook["id"]}/deliveries/{id}")).Must(200);

        Assert.Equal((await host.DeliveriesAsync(webhook))[0].Without("_links"), shown.Without("_links"));
        Assert.Equal(["collection GET", "createAttempt POST", "self GET", "up GET"], shown.Links());
        (await vof.GetAsync($"/webhooks/{webhook["id"]}/deliveries/{id}")).MustBeProblem(404);
        (await vof.GetAsync($"/webhooks/{other["id"]}/deliveries/{id}")).MustBeProblem(404);
    }
}
