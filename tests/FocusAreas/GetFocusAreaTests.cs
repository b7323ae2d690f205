namespace ActionPlan.Tests.FocusAreas;

public class GetFocusAreaTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task It_is_found_in_its_own_plan_only()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        var area = await host.FocusAreaAsync(plan);

        Assert.Equal(area, (await host.Admin.GetAsync($"/plans/{plan}/focus-areas/{area}")).Must(200)["key"]!.ToString());
        foreach (var path in new[] { $"/plans/{other}/focus-areas/{area}", $"/plans/soc-1999/focus-areas/{area}", $"/plans/{plan}/focus-areas/x", $"/plans/{plan}/focus-areas/{area.ToUpperInvariant()}" })
            Assert.Equal(404, (await host.Admin.GetAsync(path)).Status);
    }

    [Fact]
    public async Task It_is_304_until_it_changes()
    {
        var plan = await host.PlanAsync();
        var path = $"/plans/{plan}/focus-areas/{await host.FocusAreaAsync(plan)}";
        var etag = (await host.Admin.GetAsync(path)).ETag!;

        Assert.Equal(304, (await host.Admin.GetAsync(path, ("If-None-Match", etag))).Status);
        (await host.Admin.PatchAsync(path, new { title = "Ny" })).Must(200);
        Assert.Equal("Ny", (await host.Admin.GetAsync(path, ("If-None-Match", etag))).Must(200)["title"]!.ToString());
    }

    [Fact]
    public async Task In_a_closed_plan_nothing_more_can_be_done_with_it()
    {
        var plan = await host.PlanAsync();
        var path = $"/plans/{plan}/focus-areas/{await host.FocusAreaAsync(plan)}";
        var etag = (await host.Admin.GetAsync(path)).ETag!;
        await host.CloseAsync(plan);

        var area = (await host.Admin.GetAsync(path, ("If-None-Match", etag))).Must(200);

        Assert.Equal(["actions GET", "collection GET", "self GET", "up GET"], area.Links());
    }

    [Fact]
    public async Task Its_link_to_actions_shows_its_own()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "Annan" });
        await host.ActionAsync(plan, new { title = "Min", focusArea = area });

        var link = (await host.Admin.GetAsync($"/plans/{plan}/focus-areas/{area}")).Must(200).Link("actions")!;

        Assert.Equal(["Min"], (await host.Admin.GetAsync(link[$"{host.Address}action-plan/v1".Length..])).Items("title"));
    }
}
