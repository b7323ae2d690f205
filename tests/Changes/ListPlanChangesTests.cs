namespace ActionPlan.Tests.Changes;

public class ListPlanChangesTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task It_holds_the_plan_and_everything_in_it_the_latest_first()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "Bra" })).Must(201);
        (await host.Admin.PatchAsync($"/plans/{plan}", new { status = "adopted" })).Must(200);

        var answer = await host.Admin.GetAsync($"/plans/{plan}/changes");

        Assert.Equal(["plan", "followUp", "action", "focusArea", "plan"], answer.Items("resource"));
        Assert.Equal($"{plan}/{area}", answer.Items("key").ElementAt(3));
        Assert.EndsWith($"/plans/{plan}/focus-areas/{area}", answer["items"]![3]!["_links"]!["about"]!["href"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("status \"draft\" \"adopted\"", string.Join(' ', answer["items"]![0]!["changedFields"]![0]!.AsObject().Select(p => p.Key == "field" ? p.Value!.ToString() : p.Value!.ToJsonString())));
        Assert.Equal(["focusArea", "plan"], (await host.Admin.GetAsync($"/plans/{plan}/changes?limit=3&page=2")).Items("resource"));
        Assert.Equal(["created", "created"], (await host.Admin.GetAsync($"/plans/{plan}/changes?resource=plan,action&kind=created")).Items("kind"));
        Assert.EndsWith($"/plans/{plan}/changes", (await host.Admin.GetAsync($"/plans/{plan}")).Must(200)["_links"]!["version-history"]!["href"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_plans_history_stays_readable()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);

        Assert.Equal(["deleted", "created"], (await host.Admin.GetAsync($"/plans/{plan}/changes")).Items("kind"));
    }

    [Fact]
    public async Task One_that_never_was_or_is_anothers_is_404()
    {
        var plan = await host.PlanAsync("vof");
        var soc = await host.WithNewKeyAsync("reader", "soc");

        Assert.Equal(404, (await host.Admin.GetAsync("/plans/nix/changes")).Status);
        Assert.Equal(404, (await soc.GetAsync($"/plans/{plan}/changes")).Status);
        Assert.Equal(404, (await soc.GetAsync($"/plans/{plan}/changes?page=0", ("If-None-Match", "*"))).Status);
    }
}
