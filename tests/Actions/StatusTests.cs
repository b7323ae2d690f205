namespace ActionPlan.Tests.Actions;

/// <summary>The status machine of DOMAIN.md, each move tried.</summary>
public class StatusTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["proposed"] = ["planned", "rejected"],
        ["planned"] = ["inProgress", "paused", "done", "cancelled"],
        ["inProgress"] = ["planned", "paused", "done", "cancelled"],
        ["paused"] = ["planned", "inProgress", "cancelled"],
        ["done"] = ["inProgress"],
        ["verified"] = ["inProgress"],
        ["cancelled"] = ["planned"],
        ["rejected"] = ["proposed"],
    };

    public static IEnumerable<object[]> Pairs => from a in Allowed.Keys from b in Allowed.Keys select new object[] { a, b };

    public static IEnumerable<object[]> Moves => from a in Allowed from b in a.Value select new object[] { a.Key, b };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_move_is_taken_or_refused_as_allowedStatuses_says(string from, string to)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), from);
        var before = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        Assert.Equal(Allowed[from], before["allowedStatuses"]!.AsArray().Select(s => s!.ToString()));

        var answer = await host.Admin.PatchAsync($"/actions/{key}", new { status = to, statusReason = "skäl" });

        if (from == to || Allowed[from].Contains(to))
        {
            Assert.Equal((to, "skäl"), (answer.Must(200)["status"]!.ToString(), answer["statusReason"]!.ToString()));
            Assert.Equal(Allowed[to], answer["allowedStatuses"]!.AsArray().Select(s => s!.ToString()));
        }
        else
        {
            Assert.Equal((409, "urn:action-plan:problem:status-not-allowed"), (answer.Status, answer["type"]!.ToString()));
            Assert.Equal(Allowed[from], answer["allowedStatuses"]!.AsArray().Select(s => s!.ToString()));
            Assert.Contains(string.Join(", ", Allowed[from]), answer["detail"]!.ToString(), StringComparison.Ordinal);
            Assert.Equal(before.Without(), (await host.Admin.GetAsync($"/actions/{key}")).Must(200).Without());
        }
    }

    [Theory]
    [InlineData("proposed")]
    [InlineData("planned")]
    [InlineData("inProgress")]
    [InlineData("paused")]
    [InlineData("done")]
    [InlineData("verified")]
    [InlineData("cancelled")]
    [InlineData("rejected")]
    public async Task A_check_verifies_what_is_done_and_moves_nothing_else(string from)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), from);

        await host.FollowUpAsync(key, new { kind = "check", effect = "improved" });

        var action = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        Assert.Equal(from == "done" ? "verified" : from, action["status"]!.ToString());
        Assert.Equal(from is "done" or "verified", action["verifiedOn"] is not null);
        Assert.Equal("ett tidigare skäl", action["statusReason"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Pausing_cancelling_rejecting_and_reopening_need_a_reason_of_their_own(string from, string to)
    {
        var needsReason = to is "paused" or "cancelled" or "rejected" || from is "done" or "verified" or "cancelled" or "rejected";
        var key = await host.ActionInAsync(await host.PlanAsync(), from);

        foreach (var body in new object[] { new { status = to, statusReason = (string?)null }, new { status = to, statusReason = "  " }, new { status = to } })
        {
            if (!needsReason && body.GetType().GetProperty("statusReason") is not null) continue;
            // The action has a reason from an earlier move, which is none for this one.
            var answer = await host.Admin.PatchAsync($"/actions/{key}", body);
            Assert.Equal(needsReason ? 400 : 200, answer.Status);
            if (needsReason) Assert.Equal(["/statusReason reasonRequired"], answer.Faults());
        }
    }

    [Theory]
    [InlineData("done")]
    [InlineData("verified")]
    public async Task Reopening_clears_the_days_of_completion_and_check(string from)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), from);
        Assert.NotNull((await host.Admin.GetAsync($"/actions/{key}")).Must(200)["completedOn"]);

        var reopened = (await host.Admin.PatchAsync($"/actions/{key}", new { status = "inProgress", statusReason = "Höll inte" })).Must(200);

        Assert.Equal(("inProgress", null, null), (reopened["status"]!.ToString(), reopened["completedOn"]?.ToString(), reopened["verifiedOn"]?.ToString()));
    }

    [Theory]
    [InlineData("planned")]
    [InlineData("inProgress")]
    public async Task Done_is_completed_on_the_day_in_Stockholm_unless_told(string from)
    {
        var plan = await host.PlanAsync();
        var (untold, cleared, told) = (await host.ActionInAsync(plan, from), await host.ActionInAsync(plan, from), await host.ActionInAsync(plan, from));
        host.Clock.StopAt("2027-03-28T22:30:00Z");

        Assert.Equal("2027-03-29", (await host.Admin.PatchAsync($"/actions/{untold}", """{"status":"done"}""")).Must(200)["completedOn"]!.ToString());
        Assert.Equal("2027-03-29", (await host.Admin.PatchAsync($"/actions/{cleared}", """{"status":"done","completedOn":null}""")).Must(200)["completedOn"]!.ToString());
        Assert.Equal("2015-11-12", (await host.Admin.PatchAsync($"/actions/{told}", """{"status":"done","completedOn":"2015-11-12"}""")).Must(200)["completedOn"]!.ToString());
    }

    [Theory]
    [InlineData("planned", """{"completedOn":"2026-01-01"}""")]
    [InlineData("paused", """{"completedOn":"2026-01-01"}""")]
    [InlineData("planned", """{"status":"inProgress","completedOn":"2026-01-01"}""")]
    [InlineData("done", """{"status":"inProgress","statusReason":"x","completedOn":"2026-01-01"}""")]
    public async Task Only_what_is_done_has_a_day_of_completion(string from, string body)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), from);

        Assert.Equal(["/completedOn completedOnNeedsDone"], (await host.Admin.PatchAsync($"/actions/{key}", body)).Faults());
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("cancelled")]
    [InlineData("rejected")]
    public async Task The_reason_cannot_be_taken_from_a_status_that_needs_it(string status)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), status);

        Assert.Equal(["/statusReason reasonRequired"], (await host.Admin.PatchAsync($"/actions/{key}", """{"statusReason":null}""")).Faults());
        Assert.Equal("bättre skäl", (await host.Admin.PatchAsync($"/actions/{key}", new { statusReason = "bättre skäl" })).Must(200)["statusReason"]!.ToString());
    }

    [Fact]
    public async Task The_reason_of_a_move_stands_in_the_history()
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), "planned");

        (await host.Admin.PatchAsync($"/actions/{key}", new { status = "paused", statusReason = "Väntar på budget" })).Must(200);
        (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Utan skäl" })).Must(200);

        var rows = await host.RowsAsync("select reason from change where resource_key = @Key and kind = 'updated' order by number", new { Key = key });
        Assert.Equal(["Väntar på budget", null], rows.Select(r => (string?)r["reason"]));
    }

    [Fact]
    public async Task Null_sets_the_status_that_an_action_starts_with()
    {
        var plan = await host.PlanAsync();
        var (started, done) = (await host.ActionInAsync(plan, "inProgress"), await host.ActionInAsync(plan, "done"));

        Assert.Equal("planned", (await host.Admin.PatchAsync($"/actions/{started}", """{"status":null}""")).Must(200)["status"]!.ToString());
        Assert.Equal(409, (await host.Admin.PatchAsync($"/actions/{done}", """{"status":null,"statusReason":"x"}""")).Status);
    }
}
