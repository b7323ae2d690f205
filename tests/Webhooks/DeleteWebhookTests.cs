namespace ActionPlan.Tests.Webhooks;

public class DeleteWebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task Nothing_more_is_sent_and_it_is_gone()
    {
        await using var gone = await Receiver.StartAsync();
        await using var kept = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(gone.Url);
        await host.WebhookAsync(kept.Url);

        (await host.Admin.DeleteAsync($"/webhooks/{webhook["id"]}")).Must(204);
        await host.ActionAsync("soc-2026");
        await kept.MustTakeAsync(1);

        Assert.Empty(gone.All);
        (await host.Admin.GetAsync($"/webhooks/{webhook["id"]}")).MustBeProblem(404);
        (await host.Admin.GetAsync($"/webhooks/{webhook["id"]}/deliveries")).MustBeProblem(404);
        (await host.Admin.DeleteAsync($"/webhooks/{webhook["id"]}")).MustBeProblem(404);
    }
}
