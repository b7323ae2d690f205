namespace ActionPlan.Tests.Webhooks;

public class GetWebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task Anothers_is_answered_as_one_that_does_not_exist()
    {
        var unbound = await host.WebhookAsync("https://example.se/in");
        var vofs = await host.WebhookAsync("https://example.se/in", by: await host.WithNewKeyAsync("admin", "vof"));
        var soc = await host.WithNewKeyAsync("admin", "soc");

        foreach (var id in new[] { unbound["id"]!.ToString(), vofs["id"]!.ToString(), "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", "x" })
            foreach (var (method, path, body) in new (string, string, object?)[] { ("GET", "", null), ("PATCH", "", new { format = "teams" }), ("DELETE", "", null), ("POST", "/secrets", null), ("GET", "/deliveries", null), ("GET", "/deliveries/" + id, null), ("POST", $"/deliveries/{id}/attempts", null) })
                (await soc.SendAsync(method, $"/webhooks/{id}{path}", body)).MustBeProblem(404, "not-found");

        (await host.Admin.GetAsync($"/webhooks/{vofs["id"]}")).Must(200);
    }

    [Fact]
    public async Task Its_ETag_is_answered_with_304_until_it_changes()
    {
        var path = "/webhooks/" + (await host.WebhookAsync("https://example.se/in"))["id"];
        var tag = (await host.Admin.GetAsync(path)).ETag!;

        Assert.Equal(304, (await host.Admin.GetAsync(path, ("If-None-Match", tag))).Status);
        (await host.Admin.PatchAsync(path, new { format = "teams" })).Must(200);
        Assert.Equal(200, (await host.Admin.GetAsync(path, ("If-None-Match", tag))).Status);
    }
}
