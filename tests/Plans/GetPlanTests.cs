namespace ActionPlan.Tests.Plans;

public class GetPlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("soc-1999")]
    [InlineData("SOC-2026")]
    [InlineData("soc")]
    [InlineData("soc-2026%20")]
    [InlineData("soc-2026;--")]
    [InlineData("..%2Fdepartments")]
    [InlineData("%E2%82%AC")]
    public async Task An_unknown_plan_is_404(string key)
    {
        var answer = await host.Admin.GetAsync($"/plans/{key}");

        Assert.Equal((404, "urn:action-plan:problem:not-found"), (answer.Status, answer["type"]!.ToString()));
    }

    [Fact]
    public async Task Links_lead_to_its_content_and_its_predecessor()
    {
        var key = Given.Key();
        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "x", predecessor = "soc-2026" })).Must(201);
        var reader = await host.WithNewKeyAsync("reader");

        var plan = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);

        Assert.Equal(
            ["actions GET", "collection GET", "comparison GET", "createAction POST", "delete DELETE", "edit PATCH", "focusAreas GET", "gaps GET", "predecessor-version GET", "presentations GET", "self GET", "summary GET", "up GET", "version-history GET"],
            plan.Links());
        Assert.Equal(["actions GET", "collection GET", "comparison GET", "focusAreas GET", "gaps GET", "predecessor-version GET", "presentations GET", "self GET", "summary GET", "up GET", "version-history GET"], (await reader.GetAsync($"/plans/{key}")).Must(200).Links());
        foreach (var (relation, path) in new[]
        {
            ("self", $"/plans/{key}"), ("actions", $"/plans/{key}/actions"), ("focusAreas", $"/plans/{key}/focus-areas"), ("createAction", $"/plans/{key}/actions"),
            ("up", "/departments/soc"), ("collection", "/plans"), ("predecessor-version", "/plans/soc-2026"),
            ("summary", $"/plans/{key}/summary"), ("gaps", $"/plans/{key}/gaps"),
        })
            Assert.Equal($"{host.Address}action-plan/v1{path}", plan.Link(relation));
    }

    [Fact]
    public async Task It_is_304_until_it_changes()
    {
        var key = await host.PlanAsync();
        var etag = (await host.Admin.GetAsync($"/plans/{key}")).ETag!;

        await host.ActionAsync(key);
        Assert.Equal(304, (await host.Admin.GetAsync($"/plans/{key}", ("If-None-Match", etag))).Status);
        (await host.Admin.PatchAsync($"/plans/{key}", new { status = "adopted" })).Must(200);
        Assert.Equal("adopted", (await host.Admin.GetAsync($"/plans/{key}", ("If-None-Match", etag))).Must(200)["status"]!.ToString());
    }
}
