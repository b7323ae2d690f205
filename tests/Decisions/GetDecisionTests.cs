namespace ActionPlan.Tests.Decisions;

public class GetDecisionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task It_stands_under_its_own_action_alone()
    {
        var (action, other) = (await host.ActionInAsync("soc-2026", "proposed"), await host.ActionInAsync("soc-2026", "proposed"));
        var id = (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted" })).Must(201)["id"]!.ToString();

        var answer = await host.Admin.GetAsync($"/actions/{action}/decisions/{id}");

        Assert.Equal("accepted", answer.Must(200)["outcome"]!.ToString());
        Assert.Equal(304, (await host.Admin.GetAsync($"/actions/{action}/decisions/{id}", ("If-None-Match", answer.ETag!))).Status);
        foreach (var path in (string[])[$"/actions/{other}/decisions/{id}", $"/actions/{action}/decisions/{Guid.NewGuid()}", $"/actions/{action}/decisions/1", $"/actions/nix-1/decisions/{id}"])
            (await host.Admin.GetAsync(path)).MustBeProblem(404, "not-found");
        (await (await host.WithNewKeyAsync("reader", "vof")).GetAsync($"/actions/{action}/decisions/{id}")).MustBeProblem(404, "not-found");
    }
}
