namespace ActionPlan.Tests.Departments;

public class GetDepartmentTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("ks")]
    [InlineData("SOC")]
    [InlineData("soc%20")]
    [InlineData("soc'or'1'='1")]
    [InlineData("%C3%A5")]
    public async Task An_unknown_one_is_404(string key)
    {
        var answer = await host.Admin.GetAsync($"/departments/{key}");

        Assert.Equal((404, "urn:action-plan:problem:not-found"), (answer.Status, answer["type"]!.ToString()));
    }

    [Fact]
    public async Task It_is_304_until_it_changes()
    {
        var key = await host.DepartmentAsync();
        var etag = (await host.Admin.GetAsync($"/departments/{key}")).ETag!;

        Assert.Equal(304, (await host.Admin.GetAsync($"/departments/{key}", ("If-None-Match", etag))).Status);
        (await host.Admin.PatchAsync($"/departments/{key}", new { name = "Ny" })).Must(200);
        Assert.Equal("Ny", (await host.Admin.GetAsync($"/departments/{key}", ("If-None-Match", etag))).Must(200)["name"]!.ToString());
    }

    [Fact]
    public async Task Its_links_lead_to_its_plans_and_show_an_editor_nothing_to_edit()
    {
        var editor = await host.WithNewKeyAsync("editor");

        var department = (await editor.GetAsync("/departments/vof")).Must(200);

        Assert.Equal(["collection GET", "plans GET", "self GET"], department.Links());
        Assert.Equal(["vof-2026"], (await editor.GetAsync(department.Link("plans")![$"{host.Address}action-plan/v1".Length..])).Items("key"));
    }
}
