namespace ActionPlan.Tests.Plans;

public class DeletePlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task An_empty_plan_is_gone()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.DeleteAsync($"/plans/{plan}");

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        foreach (var path in new[] { $"/plans/{plan}", $"/plans/{plan}/actions", $"/plans/{plan}/focus-areas" }) Assert.Equal(404, (await host.Admin.GetAsync(path)).Status);
        Assert.Equal(404, (await host.Admin.DeleteAsync($"/plans/{plan}")).Status);
        Assert.DoesNotContain(plan, (await host.Admin.GetAsync("/plans?limit=1000")).Items("key"));
    }

    [Theory]
    [InlineData(2, 0, "2 åtgärder, 0 områden")]
    [InlineData(0, 1, "0 åtgärder, 1 områden")]
    [InlineData(1, 2, "1 åtgärder, 2 områden")]
    public async Task One_with_content_is_409_that_says_what(int actions, int focusAreas, string content)
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < actions; i++) await host.ActionAsync(plan);
        for (var i = 0; i < focusAreas; i++) await host.FocusAreaAsync(plan);

        foreach (var query in new[] { "", "?withContent=false" })
        {
            var answer = await host.Admin.DeleteAsync($"/plans/{plan}{query}");
            Assert.Equal((409, "urn:action-plan:problem:has-content"), (answer.Status, answer["type"]!.ToString()));
            Assert.Contains(content, answer["detail"]!.ToString(), StringComparison.Ordinal);
        }

        (await host.Admin.GetAsync($"/plans/{plan}")).Must(200);
        Assert.Equal(actions, (await host.Admin.GetAsync($"/plans/{plan}/actions")).Items("key").Count());
    }

    [Fact]
    public async Task With_content_all_goes_each_with_a_change_of_its_own()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "x", focusArea = area });
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        var followUp = (await host.FollowUpAsync($"{plan}-2"))["id"];
        await host.FollowUpAsync($"{plan}-3");
        (await host.Admin.DeleteAsync($"/actions/{plan}-3")).Must(204);
        var before = await host.ChangesAsync();

        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);

        foreach (var path in new[] { $"/plans/{plan}", $"/actions/{plan}-1", $"/actions/{plan}-2", $"/plans/{plan}/focus-areas/{area}" })
            Assert.Equal(404, (await host.Admin.GetAsync(path)).Status);
        Assert.Empty((await host.Admin.GetAsync($"/actions?plan={plan}")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/follow-ups?plan={plan}")).Items("id"));
        var rows = await host.RowsAsync("select resource, resource_key, kind from change where number > @Before order by number", new { Before = before });
        Assert.Equal(
            [$"followUp {followUp} deleted", $"action {plan}-1 deleted", $"action {plan}-2 deleted", $"focusArea {plan}/{area} deleted", $"plan {plan} deleted"],
            rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["kind"]}"));
    }

    [Fact]
    public async Task One_whose_content_was_deleted_is_empty()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);
    }

    [Fact]
    public async Task A_closed_plan_is_409_with_or_without_content()
    {
        var plan = await host.PlanAsync();
        await host.CloseAsync(plan);

        foreach (var query in new[] { "", "?withContent=true" })
        {
            var answer = await host.Admin.DeleteAsync($"/plans/{plan}{query}");
            Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
        }

        (await host.Admin.GetAsync($"/plans/{plan}")).Must(200);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_and_deletes_nothing()
    {
        var plan = await host.PlanAsync();
        var stale = (await host.Admin.GetAsync($"/plans/{plan}")).ETag!;
        (await host.Admin.PatchAsync($"/plans/{plan}", new { title = "Ny" })).Must(200);

        Assert.Equal(412, (await host.Admin.DeleteAsync($"/plans/{plan}", ("If-Match", stale))).Status);
        (await host.Admin.DeleteAsync($"/plans/{plan}", ("If-Match", "*"))).Must(204);
    }

    [Theory]
    [InlineData("withContent=ja", "withContent wrongType")]
    [InlineData("withContent=", "withContent wrongType")]
    [InlineData("force=true", "force unknownParameter")]
    public async Task A_faulty_parameter_deletes_nothing(string query, string fault)
    {
        var plan = await host.PlanAsync();

        Assert.Equal([fault], (await host.Admin.DeleteAsync($"/plans/{plan}?{query}")).Faults());
        (await host.Admin.GetAsync($"/plans/{plan}")).Must(200);
    }

    [Fact]
    public async Task An_unknown_plan_is_404()
    {
        Assert.Equal(404, (await host.Admin.DeleteAsync("/plans/soc-1999?withContent=true")).Status);
    }
}
