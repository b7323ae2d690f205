namespace ActionPlan.Tests.Actions;

public class GetActionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("%201")]
    [InlineData("1%20")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("1'%20or%20'1'='1")]
    [InlineData("%F0%9F%8E%89")]
    public async Task What_names_no_action_is_404(string number)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var answer = await host.Admin.GetAsync($"/actions/{plan}-{number}");

        Assert.Equal(404, answer.Status);
        Assert.Equal("urn:action-plan:problem:not-found", answer["type"]!.ToString());
    }

    [Theory]
    [InlineData("p")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("SOC-2026-1")]
    [InlineData("soc-2026")]
    [InlineData("..%2fplans%2fsoc-2026")]
    public async Task A_key_of_another_form_is_404(string key)
    {
        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{key}")).Status);
    }

    [Fact]
    public async Task An_action_of_a_deleted_plan_is_404()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);

        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{plan}-1")).Status);
    }

    [Fact]
    public async Task It_takes_no_parameter()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        Assert.Equal(["fields unknownParameter"], (await host.Admin.GetAsync($"/actions/{plan}-1?fields=title")).Faults());
    }

    [Theory]
    [InlineData("2026-03-28T22:59:59.999Z", "planned", "2026-03-28", false)]
    [InlineData("2026-03-28T23:00:00Z", "planned", "2026-03-28", true)]
    [InlineData("2026-06-30T21:59:59.999Z", "inProgress", "2026-06-30", false)]
    [InlineData("2026-06-30T22:00:00Z", "inProgress", "2026-06-30", true)]
    [InlineData("2026-06-30T22:00:00Z", "proposed", "2015-06-30", true)]
    [InlineData("2026-06-30T22:00:00Z", "paused", "2015-06-30", true)]
    [InlineData("2026-06-30T22:00:00Z", "done", "2015-06-30", false)]
    [InlineData("2026-06-30T22:00:00Z", "verified", "2015-06-30", false)]
    [InlineData("2026-06-30T22:00:00Z", "cancelled", "2015-06-30", false)]
    [InlineData("2026-06-30T22:00:00Z", "rejected", "2015-06-30", false)]
    [InlineData("2026-06-30T22:00:00Z", "planned", null, false)]
    public async Task It_is_overdue_when_it_is_open_and_its_last_day_in_Stockholm_is_over(string now, string status, string? dueDate, bool isOverdue)
    {
        var plan = await host.PlanAsync();
        var key = await host.ActionInAsync(plan, status);
        (await host.Admin.PatchAsync($"/actions/{key}", new { dueDate })).Must(200);
        host.Clock.StopAt(now);

        Assert.Equal(isOverdue, (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["isOverdue"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Links_say_what_one_may_do_next()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "x", focusArea = area });
        var reader = await host.WithNewKeyAsync("reader");

        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);

        Assert.Equal(["collection GET", "createFollowUp POST", "decisions GET", "delete DELETE", "edit PATCH", "focusArea GET", "followUps GET", "indicators GET", "self GET", "up GET", "version-history GET"], action.Links());
        Assert.Equal(["collection GET", "decisions GET", "focusArea GET", "followUps GET", "indicators GET", "self GET", "up GET", "version-history GET"], (await reader.GetAsync($"/actions/{plan}-1")).Must(200).Links());
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/focus-areas/{area}", action.Link("focusArea"));
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/actions", action.Link("collection"));
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}", action.Link("up"));

        foreach (var relation in new[] { "followUps", "createFollowUp" }) Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1/follow-ups", action.Link(relation));

        // A closed plan takes follow-ups and nothing else.
        await host.CloseAsync(plan);
        Assert.Equal(["collection GET", "createFollowUp POST", "decisions GET", "focusArea GET", "followUps GET", "indicators GET", "self GET", "up GET", "version-history GET"], (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200).Links());
    }

    [Fact]
    public async Task In_a_closed_plan_no_status_is_allowed()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var open = await host.Admin.GetAsync($"/actions/{plan}-1");
        await host.CloseAsync(plan);

        var closed = await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", open.ETag!));

        Assert.Empty(closed.Must(200)["allowedStatuses"]!.AsArray());
        Assert.Equal(1, closed["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_is_304_until_it_changes()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        var etag = (await host.Admin.GetAsync($"/actions/{plan}-1")).ETag!;
        Assert.Matches("^\"1-[^\"]+\"$", etag);

        (await host.Admin.PatchAsync($"/actions/{plan}-2", new { title = "En annan" })).Must(200);
        var unchanged = await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", $"\"x\", W/{etag}"));
        Assert.Equal((304, "", etag), (unchanged.Status, unchanged.Text, unchanged.ETag));
        Assert.Equal(["no-cache", "private"], unchanged.Headers["Cache-Control"].Split(", ").Order());
        Assert.Equal(304, (await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", "*"))).Status);

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ändrad" })).Must(200);
        var changed = await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", etag));
        Assert.Equal("Ändrad", changed.Must(200)["title"]!.ToString());
        Assert.Matches("^\"2-[^\"]+\"$", changed.ETag);
    }

    [Fact]
    public async Task If_Match_is_honoured_in_reading_too()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var etag = (await host.Admin.GetAsync($"/actions/{plan}-1")).ETag!;
        (await host.Admin.GetAsync($"/actions/{plan}-1", ("If-Match", etag))).Must(200);

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ändrad" })).Must(200);

        var stale = await host.Admin.GetAsync($"/actions/{plan}-1", ("If-Match", etag));
        Assert.Equal((412, 2), (stale.Status, stale["currentVersion"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Its_tag_is_another_in_another_language_and_on_another_day()
    {
        host.Clock.StopAt("2027-01-15T22:59:00Z");
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", deadline = "snart", startDate = "2027-01-01" });
        var swedish = await host.Admin.GetAsync($"/actions/{plan}-1");

        var english = await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", swedish.ETag!), ("Accept-Language", "en"));
        Assert.NotEqual(swedish.Must(200)["warnings"]![0]!.ToString(), english.Must(200)["warnings"]![0]!.ToString());

        Assert.Equal(304, (await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", swedish.ETag!))).Status);
        host.Clock.StopAt("2027-01-15T23:00:00Z");
        Assert.Equal(200, (await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", swedish.ETag!))).Status);
    }
}
