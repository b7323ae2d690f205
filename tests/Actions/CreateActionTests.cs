namespace ActionPlan.Tests.Actions;

public class CreateActionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_title_is_enough()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Alla nyanställda får en mentor" });

        var action = answer.Must(201);
        Assert.Equal("planned", action["status"]!.ToString());
        Assert.Equal($"soc-2026-{action["number"]}", action["key"]!.ToString());
        Assert.EndsWith($"/actions/{action["key"]}", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_in_an_unknown_plan_is_404()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-1999/actions", new { title = "Mentor" });

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", """{"titel":"x","dueDate":"igår","priority":"hög","title":"","isTrial":"ja"}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["/dueDate wrongType", "/isTrial wrongType", "/priority unknownValue", "/titel unknownProperty", "/title required"], answer.Faults());
    }
}
