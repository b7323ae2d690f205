namespace ActionPlan.Tests.FocusAreas;

public class DeleteFocusAreaTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task An_empty_one_is_gone()
    {
        var plan = await host.PlanAsync();
        var path = $"/plans/{plan}/focus-areas/{await host.FocusAreaAsync(plan)}";

        var answer = await host.Admin.DeleteAsync(path);

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal(404, (await host.Admin.GetAsync(path)).Status);
        Assert.Equal(404, (await host.Admin.PatchAsync(path, new { title = "x" })).Status);
        Assert.Equal(404, (await host.Admin.DeleteAsync(path)).Status);
    }

    [Fact]
    public async Task One_in_use_is_409_until_its_actions_are_moved()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "x", focusArea = area });
        await host.ActionAsync(plan, new { title = "y", focusArea = area });

        var answer = await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/{area}");

        Assert.Equal((409, "urn:action-plan:problem:focus-area-in-use"), (answer.Status, answer["type"]!.ToString()));
        Assert.Contains("har 2 åtgärder", answer["detail"]!.ToString(), StringComparison.Ordinal);
        (await host.Admin.PatchAsync($"/actions/{plan}-1", """{"focusArea":null}""")).Must(200);
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/{area}")).Must(204);
    }

    [Fact]
    public async Task The_same_key_in_another_plan_is_no_use()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        foreach (var key in new[] { plan, other }) (await host.Admin.PostAsync($"/plans/{key}/focus-areas", new { key = "halsa", title = "Hälsa" })).Must(201);
        await host.ActionAsync(other, new { title = "x", focusArea = "halsa" });

        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/halsa")).Must(204);
        (await host.Admin.GetAsync($"/plans/{other}/focus-areas/halsa")).Must(200);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412()
    {
        var plan = await host.PlanAsync();
        var path = $"/plans/{plan}/focus-areas/{await host.FocusAreaAsync(plan)}";
        var stale = (await host.Admin.GetAsync(path)).ETag!;
        (await host.Admin.PatchAsync(path, new { title = "Ny" })).Must(200);

        Assert.Equal(412, (await host.Admin.DeleteAsync(path, ("If-Match", stale))).Status);
        (await host.Admin.DeleteAsync(path, ("If-Match", "*"))).Must(204);
    }

    [Fact]
    public async Task A_closed_plan_keeps_it()
    {
        var plan = await host.PlanAsync();
        var path = $"/plans/{plan}/focus-areas/{await host.FocusAreaAsync(plan)}";
        await host.CloseAsync(plan);

        var answer = await host.Admin.DeleteAsync(path);

        Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
        (await host.Admin.GetAsync(path)).Must(200);
    }
}
