namespace ActionPlan.Tests.Webhooks;

public class CreateWebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task An_address_is_enough_and_it_is_told_everything_as_json()
    {
        var answer = await host.Admin.PostAsync("/webhooks", new { url = "https://intranet.example.se/in?key=7" });

        var webhook = answer.Must(201);
        Assert.Equal(["id", "department", "url", "host", "events", "format", "plan", "state", "stateReason", "previousSecretUntil", "secret", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "_links"], webhook.Properties());
        Assert.Equal("https://intranet.example.se/in?key=7 intranet.example.se json active 9", $"{webhook["url"]} {webhook["host"]} {webhook["format"]} {webhook["state"]} {webhook["events"]!.AsArray().Count}");
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", webhook["secret"]!.ToString());
        Assert.Equal(webhook.Link("self"), answer.Headers["Location"]);
        Assert.Equal(["collection GET", "createSecret POST", "delete DELETE", "deliveries GET", "edit PATCH", "self GET"], webhook.Links());
    }

    [Fact]
    public async Task Its_secret_and_its_address_are_nowhere_to_be_read_afterwards()
    {
        var created = await host.WebhookAsync("https://example.se/in?sig=hemligt");

        var shown = await host.Admin.GetAsync($"/webhooks/{created["id"]}");
        Assert.False(shown.Must(200).AsObject().ContainsKey("secret"));
        Assert.DoesNotContain("whsec_", shown.Text + (await host.Admin.GetAsync("/webhooks")).Text, StringComparison.Ordinal);
        var states = string.Concat((await host.RowsAsync("select state from change where resource = 'webhook'")).Select(r => r["state"]));
        Assert.DoesNotContain("whsec_", states, StringComparison.Ordinal);
        Assert.DoesNotContain("hemligt", states, StringComparison.Ordinal);
        Assert.Contains("example.se", states, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_bound_as_the_key_that_makes_it()
    {
        var soc = await host.WithNewKeyAsync("admin", "soc");

        var webhook = await host.WebhookAsync("https://example.se/in", new { plan = "soc-2026" }, soc);

        Assert.Equal("soc soc-2026", $"{webhook["department"]} {webhook["plan"]}");
        (await soc.PostAsync("/webhooks", new { url = "https://example.se/in", plan = "vof-2026" })).MustBeProblem(400, "invalid-input");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await host.Admin.PostAsync("/webhooks", new { url = "ftp://x", events = new[] { "action.eaten" }, format = "xml", state = "tired", plan = "nix", secret = "whsec_x" });

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(["/events/0 unknownValue", "/format unknownValue", "/plan unknownPlan", "/secret readOnlyProperty", "/state unknownValue", "/url urlInvalid"], answer.Faults());
        Assert.Equal(["/events required", "/url required"], (await host.Admin.PostAsync("/webhooks", new { events = Array.Empty<string>() })).Faults());
    }

    [Theory]
    [InlineData("https://user:pass@example.se/", "urlCredentials")]
    [InlineData("http://example.se/", "urlNotHttps")]
    [InlineData("https://10.0.0.1/", "urlNotAllowed")]
    [InlineData("https://example.se/#x", "urlInvalid")]
    public async Task An_address_that_may_not_be_reached_is_refused(string url, string code)
    {
        Assert.Equal(["/url " + code], (await host.Admin.PostAsync("/webhooks", new { url })).Faults());
    }
}
