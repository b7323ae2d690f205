namespace ActionPlan.Tests.Actions;

public class CreateRestorationTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task An_action_comes_back_as_it_was()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        var before = await host.ActionAsync(plan, new { title = "x", focusArea = area, status = "done", owner = "HR", tags = new[] { "a" }, participants = new[] { "b" }, dueDate = "2026-01-01" });
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/restorations");

        var restored = answer.Must(201);
        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1", answer.Headers["Location"]);
        Assert.Equal(before.Without("updatedAt", "version"), restored.Without("updatedAt", "version"));
        Assert.Equal(3, restored["version"]!.GetValue<int>());
        Assert.Equal(restored.Without(), (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200).Without());
        foreach (var filter in new[] { "tag=a", "participant=b", "owner=hr", $"focusArea={area}", "status=done" })
            Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync($"/plans/{plan}/actions?{filter}")).Items("key"));
    }

    [Fact]
    public async Task One_that_is_not_deleted_is_409()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/restorations");

        Assert.Equal((409, "urn:action-plan:problem:not-deleted"), (answer.Status, answer["type"]!.ToString()));
        Assert.Equal(1, (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Restored_twice_is_409()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);

        Assert.Equal(409, (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Status);
    }

    [Theory]
    [InlineData("soc-2026-999")]
    [InlineData("soc-1999-1")]
    [InlineData("x")]
    public async Task An_unknown_action_is_404(string key)
    {
        Assert.Equal(404, (await host.Admin.PostAsync($"/actions/{key}/restorations")).Status);
    }

    [Fact]
    public async Task In_a_deleted_plan_it_is_404_and_in_the_plan_created_again_it_works()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);
        Assert.Equal(404, (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Status);

        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "Igen" })).Must(201);
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);

        Assert.Equal(2, (await host.ActionAsync(plan))["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_closed_plan_gets_none_back()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        await host.CloseAsync(plan);

        Assert.Equal((409, "urn:action-plan:problem:plan-closed"), await ProblemAsync());

        async Task<(int, string)> ProblemAsync()
        {
            var answer = await host.Admin.PostAsync($"/actions/{plan}-1/restorations");
            return (answer.Status, answer["type"]!.ToString());
        }
    }

    [Fact]
    public async Task It_comes_back_without_the_section_that_was_deleted_meanwhile()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "x", focusArea = area });
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/{area}")).Must(204);

        Assert.Null((await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201)["focusArea"]);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_and_restores_nothing()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        var refused = await host.Admin.PostAsync($"/actions/{plan}-1/restorations", null, ("If-Match", "\"1-x\""));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{plan}-1")).Status);
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations", null, ("If-Match", "\"2-x\""))).Must(201);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/restorations", null, ("Prefer", "return=minimal"));

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
    }
}
