using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Decisions;

public class CreateDecisionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var action = await host.ActionInAsync("soc-2026", "proposed");

        var answer = await host.Admin.PostAsync($"/actions/{action}/decisions",
            """{"outcome":"accepted","reason":"Ryms i budgeten","note":"Två\nrader 🎉","decidedBy":"Socialnämnden","date":"2026-01-15","author":"Sekreteraren"}""");

        var shown = answer.Must(201);
        Assert.Equal("id action plan date outcome reason note decidedBy author createdAt _links".Split(' '), shown.Properties());
        Assert.Equal(
            Body.Spelled($$"""{"action":"{{action}}","plan":"soc-2026","date":"2026-01-15","outcome":"accepted","reason":"Ryms i budgeten","note":"Två\nrader 🎉","decidedBy":"Socialnämnden","author":"Sekreteraren"}"""),
            shown.Without("id", "createdAt", "_links"));
        Assert.Equal($"{host.Address}action-plan/v1/actions/{action}/decisions/{shown["id"]}", answer.Headers["Location"]);
        Assert.Equal(["collection GET", "self GET", "up GET"], shown.Links());
        Assert.Equal(shown.Without(), (await host.Admin.GetAsync($"/actions/{action}/decisions/{shown["id"]}")).Must(200).Without());
    }

    [Theory]
    [InlineData("proposed", false, "accepted", "planned", null)]
    [InlineData("proposed", false, "rejected", "rejected", "För dyrt")]
    [InlineData("proposed", true, "accepted", "planned", null)]
    [InlineData("planned", true, "carryOn", "planned", null)]
    [InlineData("inProgress", true, "widen", "inProgress", null)]
    [InlineData("paused", true, "stop", "cancelled", "För dyrt")]
    [InlineData("inProgress", true, "stop", "cancelled", "För dyrt")]
    [InlineData("done", true, "carryOn", "done", null)]
    [InlineData("done", true, "stop", "done", "För dyrt")]
    [InlineData("verified", true, "stop", "verified", "För dyrt")]
    public async Task What_is_decided_becomes_of_the_action(string status, bool isTrial, string outcome, string becomes, string? reason)
    {
        var action = await host.ActionInAsync("soc-2026", status);
        if (isTrial) (await host.Admin.PatchAsync($"/actions/{action}", new { isTrial, decisionDueDate = "2026-06-30" })).Must(200);
        var before = (await host.Admin.GetAsync($"/actions/{action}")).Must(200);

        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome, reason })).Must(201);

        var after = (await host.Admin.GetAsync($"/actions/{action}")).Must(200);
        var isStillTrial = isTrial && status == "proposed";
        Assert.Equal((becomes, reason ?? "ett tidigare skäl"), (after["status"]!.ToString(), after["statusReason"]!.ToString()));
        Assert.Equal((isStillTrial, isStillTrial ? "2026-06-30" : null), (after["isTrial"]!.GetValue<bool>(), after["decisionDueDate"]?.ToString()));
        Assert.Equal(before["version"]!.GetValue<int>() + 1, after["version"]!.GetValue<int>());
        string[] written = ["status", "statusReason", "isTrial", "decisionDueDate", "allowedStatuses", "updatedAt", "version", "_links"];
        Assert.Equal(before.Without(written), after.Without(written));
        Assert.Equal(isStillTrial, after.Links().Contains("createDecision POST"));
    }

    [Theory]
    [InlineData("proposed", true, "carryOn", "accepted rejected")]
    [InlineData("planned", true, "accepted", "carryOn widen stop")]
    [InlineData("verified", true, "rejected", "carryOn widen stop")]
    [InlineData("planned", false, "stop", "")]
    [InlineData("cancelled", true, "carryOn", "")]
    [InlineData("rejected", false, "accepted", "")]
    public async Task What_the_actions_state_does_not_allow_is_409_and_lists_what_it_does(string status, bool isTrial, string outcome, string allowed)
    {
        var action = await host.ActionInAsync("soc-2026", status);
        if (isTrial) (await host.Admin.PatchAsync($"/actions/{action}", new { isTrial })).Must(200);
        var changes = await host.ChangesAsync();

        var problem = (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome, reason = "Skäl" })).MustBeProblem(409, "outcome-not-allowed");

        Assert.Equal(allowed, string.Join(' ', problem["allowedOutcomes"]!.AsArray()));
        Assert.Contains(allowed.Length == 0 ? "–" : allowed.Replace(" ", ", "), problem["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(changes, await host.ChangesAsync());
        Assert.Equal(allowed.Length > 0, (await host.Admin.GetAsync($"/actions/{action}")).Must(200).Links().Contains("createDecision POST"));
    }

    [Fact]
    public async Task The_decision_and_what_it_makes_of_the_action_are_changes_of_one_write()
    {
        var action = await host.ActionInAsync("soc-2026", "proposed");
        var before = await host.ChangesAsync();

        var id = (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "rejected", reason = "För dyrt" })).Must(201)["id"]!.ToString();

        var rows = await host.RowsAsync("select number, resource, resource_key, kind, reason, at, state from change where number > @before order by number", new { before });
        Assert.Equal([$"decision {id} created ", $"action {action} updated För dyrt"], rows.Select(row => $"{row["resource"]} {row["resource_key"]} {row["kind"]} {row["reason"]}"));
        Assert.Equal(rows[0]["at"], rows[1]["at"]);
        Assert.Equal("id action plan date outcome reason note decidedBy author createdAt".Split(' '), JsonNode.Parse((string)rows[0]["state"]!)!.Properties());
        var feed = (await host.Admin.GetAsync($"/changes?after={before}&resource=decision")).Must(200)["items"]![0]!;
        Assert.Equal($"{host.Address}action-plan/v1/actions/{action}/decisions/{id}", feed.Link("about"));
    }

    [Fact]
    public async Task Without_a_date_it_is_today_without_an_author_the_key_and_a_day_to_come_is_400()
    {
        var action = await host.ActionInAsync("soc-2026", "proposed");
        var today = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200)["date"]!.ToString();

        Assert.Equal(["/date inFuture"], (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted", date = "2999-01-01" })).Faults());
        var decision = (await (await host.WithNewKeyAsync("editor", name: "Nämndens nyckel")).PostAsync($"/actions/{action}/decisions", new { outcome = "accepted" })).Must(201);

        Assert.Equal((today, "Nämndens nyckel"), (decision["date"]!.ToString(), decision["author"]!.ToString()));
    }

    [Theory]
    [InlineData("{}", "/outcome required")]
    [InlineData("""{"outcome":"ja","reason":7}""", "/outcome unknownValue", "/reason wrongType")]
    [InlineData("""{"outcome":"rejected"}""", "/reason outcomeReasonRequired")]
    [InlineData("""{"outcome":"stop","reason":"  "}""", "/reason outcomeReasonRequired")]
    [InlineData("""{"outcome":"accepted","date":"2999-01-01","decidedBy":"a\u0000","when":1,"action":"x"}""", "/action readOnlyProperty", "/date inFuture", "/decidedBy controlCharacter", "/when unknownProperty")]
    public async Task Faults_are_told_all_at_once_and_nothing_is_stored(string body, params string[] faults)
    {
        var action = await host.ActionInAsync("soc-2026", "proposed");
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync($"/actions/{action}/decisions", body);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, answer.Faults());
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task A_closed_plan_takes_none_and_neither_does_what_is_not_there()
    {
        var plan = await host.PlanAsync();
        var action = await host.ActionInAsync(plan, "proposed");
        await host.CloseAsync(plan);

        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted" })).MustBeProblem(409, "plan-closed");
        (await host.Admin.PostAsync($"/actions/{plan}-99/decisions", new { outcome = "accepted" })).MustBeProblem(404, "not-found");
        var soc = await host.ActionInAsync("soc-2026", "proposed");
        (await (await host.WithNewKeyAsync("editor", "vof")).PostAsync($"/actions/{soc}/decisions", new { outcome = "accepted" })).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task It_may_be_bound_to_the_action_as_it_was_when_it_was_decided_on()
    {
        var action = await host.ActionInAsync("soc-2026", "proposed");
        (await host.Admin.PatchAsync($"/actions/{action}", new { title = "Ändrad efteråt" })).Must(200);

        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted" }, ("If-Match", "\"1\""))).MustBeProblem(412, "stale");
        (await host.Admin.PostAsync($"/actions/{action}/decisions", new { outcome = "accepted" }, ("If-Match", "\"2\""))).Must(201);
    }
}
