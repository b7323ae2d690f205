namespace ActionPlan.Tests.Decisions;

public class ListDecisionsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task The_decisions_of_an_action_stand_with_the_latest_first()
    {
        var action = await DecidedAsync();

        var list = (await host.Admin.GetAsync($"/actions/{action}/decisions")).Must(200);

        Assert.Equal(["widen", "accepted"], list["items"]!.AsArray().Select(d => $"{d!["outcome"]}"));
        Assert.Equal(2, list["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Contains("up GET", list.Links());
    }

    [Fact]
    public async Task They_go_and_come_back_with_the_action_and_move_with_the_plan()
    {
        var plan = await host.PlanAsync();
        var action = await DecidedAsync(plan);
        var vof = await host.WithNewKeyAsync("reader", "vof");

        (await host.Admin.DeleteAsync($"/actions/{action}")).Must(204);
        (await host.Admin.GetAsync($"/actions/{action}/decisions")).MustBeProblem(404);
        (await host.Admin.PostAsync($"/actions/{action}/restorations")).Must(201);
        Assert.Equal(2, (await host.Admin.GetAsync($"/actions/{action}/decisions")).Items("id").Count());

        (await vof.GetAsync($"/actions/{action}/decisions")).MustBeProblem(404);
        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);
        var id = (await vof.GetAsync($"/actions/{action}/decisions")).Items("id").First();
        (await vof.GetAsync($"/actions/{action}/decisions/{id}")).Must(200);
        var kinds = await host.RowsAsync("select kind from change where resource = 'decision' and resource_key = @id order by number", new { id });
        Assert.Equal(["created", "deleted", "restored", "updated"], kinds.Select(row => row["kind"]));
    }

    [Fact]
    public async Task What_was_decided_then_is_told_as_of_then()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2099-03-01T10:00:00Z");
        var action = await own.Host.ActionInAsync("soc-2026", "proposed");
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        var id = (await own.Host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "rejected", reason = "För dyrt" })).Must(201)["id"]!.ToString();
        own.Host.Clock.StopAt("2099-03-03T10:00:00Z");
        (await own.Host.Admin.DeleteAsync($"/actions/{action}")).Must(204);

        Assert.Empty((await own.Host.Admin.GetAsync($"/actions/{action}/decisions?asOf=2099-03-01")).Items("id"));
        Assert.Equal(["För dyrt"], (await own.Host.Admin.GetAsync($"/actions/{action}/decisions?asOf=2099-03-02")).Items("reason"));
        Assert.Equal("rejected", (await own.Host.Admin.GetAsync($"/actions/{action}/decisions/{id}?asOf=2099-03-02")).Must(200)["outcome"]!.ToString());
        (await own.Host.Admin.GetAsync($"/actions/{action}/decisions/{id}?asOf=2099-03-03")).MustBeProblem(404);
    }

    [Fact]
    public async Task Trials_are_found_by_what_they_are_and_by_when_they_are_to_be_decided_on()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Vanlig" });
        await host.ActionAsync(plan, new { title = "Försök", isTrial = true, decisionDueDate = "2026-06-30" });
        await host.ActionAsync(plan, new { title = "Försök utan dag", isTrial = true });

        foreach (var (query, titles) in new[]
        {
            ("trial=true", "Försök, Försök utan dag"), ("trial=false", "Vanlig"), ("decisionDueBefore=2026-07-01", "Försök"), ("decisionDueBefore=2026-06-30", ""), ("trial=true&decisionDueBefore=2027-01-01", "Försök"),
        })
            Assert.Equal(titles, string.Join(", ", (await host.Admin.GetAsync($"/plans/{plan}/actions?{query}")).Items("title")));
    }

    async Task<string> DecidedAsync(string plan = "soc-2026")
    {
        var action = (await host.ActionAsync(plan, new { title = "Försök", status = "proposed", isTrial = true }))["key"]!.ToString();
        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted", date = "2026-01-01" })).Must(201);
        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "widen", note = "Alla enheter" })).Must(201);
        return action;
    }
}
