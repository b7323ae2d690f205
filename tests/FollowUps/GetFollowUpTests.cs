namespace ActionPlan.Tests.FollowUps;

public class GetFollowUpTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("{0}-1", "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90")]
    [InlineData("{0}-1", "1")]
    [InlineData("{0}-1", "x")]
    [InlineData("{0}-2", "{1}")]
    [InlineData("{0}-01", "{1}")]
    [InlineData("{0}", "{1}")]
    [InlineData("soc-2026-1", "{1}")]
    public async Task An_unknown_one_is_404(string action, string followUp)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        var id = (await host.FollowUpAsync($"{plan}-1"))["id"]!.ToString();

        (await host.Admin.GetAsync($"/actions/{string.Format(action, plan)}/follow-ups/{string.Format(followUp, plan, id)}")).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task An_id_has_one_spelling()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var id = (await host.FollowUpAsync($"{plan}-1"))["id"]!.ToString();

        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups/{id.Replace("-", "")}")).Status);
    }

    [Fact]
    public async Task It_is_304_until_its_action_is_called_something_else()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor", owner = "HR" });
        var path = $"/actions/{plan}-1/follow-ups/{(await host.FollowUpAsync($"{plan}-1"))["id"]}";
        var etag = (await host.Admin.GetAsync(path)).ETag!;

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { description = "Annat" })).Must(200);
        Assert.Equal(304, (await host.Admin.GetAsync(path, ("If-None-Match", etag))).Status);

        foreach (var (property, value) in new[] { ("title", "Handledare"), ("owner", "Ekonomi") })
        {
            (await host.Admin.PatchAsync($"/actions/{plan}-1", new Dictionary<string, string> { [property] = value })).Must(200);
            var changed = await host.Admin.GetAsync(path, ("If-None-Match", etag));
            Assert.Equal(value, changed.Must(200)[property]!.ToString());
            etag = changed.ETag!;
        }
    }

    [Fact]
    public async Task Links_lead_to_its_action_and_the_others()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var followUp = await host.FollowUpAsync($"{plan}-1");

        Assert.Equal(["collection GET", "self GET", "up GET"], followUp.Links());
        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1/follow-ups", followUp.Link("collection"));
        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1", followUp.Link("up"));
    }

    [Fact]
    public async Task It_goes_with_its_action_and_comes_back_with_it()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var followUp = await host.FollowUpAsync($"{plan}-1");
        var path = $"/actions/{plan}-1/follow-ups/{followUp["id"]}";

        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        (await host.Admin.GetAsync(path)).MustBeProblem(404);
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);

        Assert.Equal(followUp.Without(), (await host.Admin.GetAsync(path)).Must(200).Without());
    }
}
