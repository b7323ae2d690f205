namespace ActionPlan.Tests.Webhooks;

public class ListWebhooksTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task A_bound_key_sees_those_bound_there_and_an_unbound_one_sees_all()
    {
        var (soc, vof) = (await host.WithNewKeyAsync("admin", "soc"), await host.WithNewKeyAsync("reader", "vof"));
        var all = await host.WebhookAsync("https://example.se/alla");
        var socs = await host.WebhookAsync("https://example.se/soc", by: soc);

        Assert.Equal([socs["id"]!.ToString()], (await soc.GetAsync("/webhooks")).Items("id"));
        Assert.Empty((await vof.GetAsync("/webhooks")).Items("id"));
        Assert.Equal([socs["id"]!.ToString(), all["id"]!.ToString()], (await host.Admin.GetAsync("/webhooks")).Items("id"));
    }

    [Fact]
    public async Task Whoever_is_no_admin_sees_the_beginning_of_the_address_alone()
    {
        await host.WebhookAsync("https://example.se/hemligt?sig=hemligt");

        var answer = await (await host.WithNewKeyAsync("editor")).GetAsync("/webhooks");

        Assert.Contains("https://example.se/…", answer.Items("url"));
        Assert.DoesNotContain("hemligt", answer.Text, StringComparison.Ordinal);
    }
}
