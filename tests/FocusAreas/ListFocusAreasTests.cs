namespace ActionPlan.Tests.FocusAreas;

public class ListFocusAreasTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task They_stand_in_the_plans_order()
    {
        var plan = await host.PlanAsync();
        foreach (var (key, position) in new[] { ("b", 3), ("z", 1), ("a", 3), ("m", 2) })
            (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key, title = key, position })).Must(201);

        Assert.Equal(["z", "m", "a", "b"], (await host.Admin.GetAsync($"/plans/{plan}/focus-areas")).Items("key"));
        (await host.Admin.PatchAsync($"/plans/{plan}/focus-areas/z", new { position = 9 })).Must(200);
        Assert.Equal(["m", "a", "b", "z"], (await host.Admin.GetAsync($"/plans/{plan}/focus-areas")).Items("key"));
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/a")).Must(204);
        Assert.Equal(["m", "b", "z"], (await host.Admin.GetAsync($"/plans/{plan}/focus-areas")).Items("key"));
    }

    [Fact]
    public async Task Only_the_plans_own_are_listed_each_as_a_single_read_shows_it()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        var area = await host.FocusAreaAsync(plan);
        await host.FocusAreaAsync(other);

        var item = Assert.Single((await host.Admin.GetAsync($"/plans/{plan}/focus-areas")).Must(200)["items"]!.AsArray())!;

        Assert.Equal((await host.Admin.GetAsync($"/plans/{plan}/focus-areas/{area}")).Must(200).Without(), item.Without());
    }

    [Fact]
    public async Task They_are_paged()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 3; i++) await host.FocusAreaAsync(plan);

        var page = (await host.Admin.GetAsync($"/plans/{plan}/focus-areas?limit=2&page=2")).Must(200);

        Assert.Equal("2 2 1 3 2", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.Equal(["create POST", "first GET", "last GET", "prev GET", "self GET", "up GET"], page.Links());
        Assert.Equal(["sort unknownParameter"], (await host.Admin.GetAsync($"/plans/{plan}/focus-areas?sort=title")).Faults());
    }

    [Fact]
    public async Task An_empty_plan_has_none()
    {
        var page = (await host.Admin.GetAsync($"/plans/{await host.PlanAsync()}/focus-areas")).Must(200);

        Assert.Empty(page["items"]!.AsArray());
        Assert.Equal("1 20 0 0 0", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
    }

    [Fact]
    public async Task An_unknown_or_deleted_plan_is_404()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);

        foreach (var key in new[] { plan, "soc-1999" })
        {
            Assert.Equal(404, (await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Status);
            Assert.Equal(404, (await host.Admin.GetAsync($"/plans/{key}/focus-areas", ("If-None-Match", "*"))).Status);
        }
    }
}
