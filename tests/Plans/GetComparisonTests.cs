using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

/// <summary>A plan compared with itself, each test with a clock of its own.</summary>
public class GetComparisonTests
{
    [Fact]
    public async Task Every_section_tells_what_is_different()
    {
        await using var own = await StartAsync();
        var host = own.Host;
        await AddAsync(host, new { title = "Tas bort", dueDate = "2026-03-05" });
        await AddAsync(host, new { title = "Blir klar", status = "inProgress" });
        await AddAsync(host, new { title = "Blir kontrollerad", status = "done" });
        await AddAsync(host, new { title = "Blir sen", dueDate = "2026-03-31" });
        await AddAsync(host, new { title = "Flyttas två gånger", dueDate = "2026-06-30" });
        await AddAsync(host, new { title = "Byter ägare", owner = "HR-enheten" });
        await AddAsync(host, new { title = "Stavas om", owner = "HR-enheten" });
        await AddAsync(host, new { title = "Pausas" });
        await AddAsync(host, new { title = "Är som förut", owner = "Chef", dueDate = "2026-12-31" });
        await host.FollowUpAsync("soc-2026-9", new { note = "Före" });

        host.Clock.StopAt("2026-04-15T10:00:00Z");
        (await host.Admin.DeleteAsync("/actions/soc-2026-1")).Must(204);
        await ChangeAsync(host, 2, new { status = "done" });
        await host.FollowUpAsync("soc-2026-3", new { kind = "check", effect = "improved", prognosis = "green", date = "2026-04-10" });
        await ChangeAsync(host, 5, new { dueDate = "2026-08-31" });
        await ChangeAsync(host, 5, new { deadline = "hösten 2026" });
        await ChangeAsync(host, 6, new { owner = "Chef" });
        await ChangeAsync(host, 7, new { owner = "HR enheten" });
        await ChangeAsync(host, 8, new { status = "paused", statusReason = "Väntar" });
        await AddAsync(host, new { title = "Ny" });
        await AddAsync(host, new { title = "Ny och klar", status = "done" });
        await AddAsync(host, new { title = "Ny och sen", dueDate = "2026-04-01" });

        var comparison = await CompareAsync(host, "from=2026-03-02&to=2026-04-15");

        Assert.Equal(("soc-2026", "2026-03-02T22:59:59.999Z", "2026-04-15T21:59:59.999Z"), (Text(comparison["plan"]), Text(comparison["from"]), Text(comparison["to"])));
        Assert.Equal(["soc-2026-10 Ny", "soc-2026-11 Ny och klar", "soc-2026-12 Ny och sen"], Told(comparison, "added"));
        Assert.Equal(["soc-2026-1 Tas bort"], Told(comparison, "removed"));
        Assert.Equal(["soc-2026-2 Blir klar", "soc-2026-11 Ny och klar"], Told(comparison, "newlyDone"));
        Assert.Equal(["soc-2026-3 Blir kontrollerad"], Told(comparison, "newlyVerified"));
        // Nobody touched the fourth: the day came.
        Assert.Equal(["soc-2026-4 Blir sen", "soc-2026-12 Ny och sen"], Told(comparison, "becameOverdue"));
        Assert.Equal(["soc-2026-5 Flyttas två gånger 2026-06-30 2026-11-30 153 2"], Told(comparison, "deadlineMoved", "from", "to", "days", "times"));
        Assert.Equal(["soc-2026-6 Byter ägare HR-enheten Chef"], Told(comparison, "ownerChanged", "from", "to"));
        Assert.Equal(
            ["soc-2026-2 Blir klar inProgress done", "soc-2026-3 Blir kontrollerad done verified", "soc-2026-8 Pausas planned paused"],
            Told(comparison, "statusChanged", "from", "to"));
        Assert.Equal(["soc-2026-3 Blir kontrollerad 2026-04-10 check improved green"], Told(comparison, "followUps", "date", "kind", "effect", "prognosis"));
        Assert.Equal(["presentations GET", "self GET", "up GET"], comparison.Links());
    }

    [Fact]
    public async Task Between_two_moments_without_a_change_nothing_differs()
    {
        await using var own = await StartAsync();
        await AddAsync(own.Host, new { title = "Mentor", owner = "HR", dueDate = "2026-12-31" });
        own.Host.Clock.StopAt("2026-05-01T10:00:00Z");

        foreach (var query in new[] { "from=2026-04-01&to=2026-04-30", "from=2026-04-01&to=2026-04-01", "from=2026-05-01", "from=2026-05-01T11:00:00Z" })
            Assert.Equal([], Sections(await CompareAsync(own.Host, query)));
        Assert.Equal(["added"], Sections(await CompareAsync(own.Host, "from=2026-03-01&to=2026-04-30")));
    }

    [Fact]
    public async Task A_deadline_that_was_moved_and_moved_back_was_moved_twice_by_no_day()
    {
        await using var own = await StartAsync();
        await AddAsync(own.Host, new { title = "Fram och tillbaka", dueDate = "2026-06-30" });
        await AddAsync(own.Host, new { title = "Får en dag" });
        await AddAsync(own.Host, new { title = "Tidigare", dueDate = "2026-06-30" });
        await AddAsync(own.Host, new { title = "Flyttad före", dueDate = "2026-06-30" });
        await ChangeAsync(own.Host, 4, new { dueDate = "2026-07-31" });
        own.Host.Clock.StopAt("2026-04-15T10:00:00Z");
        await ChangeAsync(own.Host, 1, new { dueDate = "2026-07-31" });
        await ChangeAsync(own.Host, 1, new { dueDate = "2026-06-30", title = "Fram och åter" });
        await ChangeAsync(own.Host, 2, new { deadline = "2026-06-30" });
        await ChangeAsync(own.Host, 3, new { dueDate = "2026-06-01", priority = "high" });
        await ChangeAsync(own.Host, 4, new { title = "Flyttad före från" });

        Assert.Equal(
            ["soc-2026-1 Fram och åter 2026-06-30 2026-06-30 0 2", "soc-2026-2 Får en dag  2026-06-30  1", "soc-2026-3 Tidigare 2026-06-30 2026-06-01 -29 1"],
            Told(await CompareAsync(own.Host, "from=2026-03-02"), "deadlineMoved", "from", "to", "days", "times"));
    }

    [Fact]
    public async Task What_was_deleted_and_restored_in_between_is_as_before()
    {
        await using var own = await StartAsync();
        await AddAsync(own.Host, new { title = "Mentor" });
        await own.Host.FollowUpAsync("soc-2026-1");
        own.Host.Clock.StopAt("2026-04-15T10:00:00Z");
        (await own.Host.Admin.DeleteAsync("/actions/soc-2026-1")).Must(204);
        own.Host.Clock.StopAt("2026-04-16T10:00:00Z");
        (await own.Host.Admin.PostAsync("/actions/soc-2026-1/restorations")).Must(201);

        Assert.Equal([], Sections(await CompareAsync(own.Host, "from=2026-03-02")));
        Assert.Equal(["removed"], Sections(await CompareAsync(own.Host, "from=2026-03-02&to=2026-04-15")));
        Assert.Equal(["added", "followUps"], Sections(await CompareAsync(own.Host, "from=2026-03-01&to=2026-03-02")));
    }

    [Fact]
    public async Task Unless_told_it_begins_when_the_board_saw_the_plan_last()
    {
        await using var own = await StartAsync();
        var host = own.Host;
        // Never shown to anyone: since it was made.
        Assert.StartsWith("2026-03-02T10:00:00.0", Text((await CompareAsync(host, ""))["from"]), StringComparison.Ordinal);

        (await host.Admin.PostAsync("/plans/soc-2026/presentations", new { board = "Socialnämnden" })).Must(201);
        host.Clock.StopAt("2026-03-20T10:00:00Z");
        await AddAsync(host, new { title = "Efter mötet" });
        (await host.Admin.PostAsync("/plans/soc-2026/presentations", new { date = "2026-03-10" })).Must(201);

        Assert.Equal("2026-03-10T22:59:59.999Z", Text((await CompareAsync(host, ""))["from"]));
        Assert.Equal(["added"], Sections(await CompareAsync(host, "")));
        // Of two moments in the past, since the meeting before the later one.
        Assert.Equal("2026-03-02T22:59:59.999Z", Text((await CompareAsync(host, "to=2026-03-09"))["from"]));
    }

    [Theory]
    [InlineData("from=2026-04-01&to=2026-03-31", "from fromAfterTo")]
    [InlineData("from=2026-04-02", "from notYet")]
    [InlineData("from=2026-03-02&to=2026-04-02", "to notYet")]
    [InlineData("from=x&to=2026-02-30", "from wrongType", "to wrongType")]
    [InlineData("from=2026-03-02&asOf=2026-03-02&to=", "asOf unknownParameter", "to wrongType")]
    [InlineData("from=2026-03-02&from=2026-03-03", "from repeatedParameter")]
    public async Task What_is_no_stretch_of_time_is_400(string query, params string[] faults)
    {
        await using var own = await StartAsync();
        own.Host.Clock.StopAt("2026-04-01T10:00:00Z");

        var answer = await own.Host.Admin.GetAsync("/plans/soc-2026/comparison?" + query);

        answer.MustBeProblem(400);
        Assert.Equal(faults, answer.Faults());
    }

    [Fact]
    public async Task A_plan_that_was_not_there_at_the_end_is_404_and_at_the_beginning_it_was_empty()
    {
        await using var own = await StartAsync();
        own.Host.Clock.StopAt("2026-04-01T10:00:00Z");
        await AddAsync(own.Host, new { title = "Mentor" });
        own.Host.Clock.StopAt("2026-04-02T10:00:00Z");
        (await own.Host.Admin.DeleteAsync("/plans/soc-2026?withContent=true")).Must(204);

        foreach (var (plan, query) in new[] { ("saknas", "from=2026-03-02"), ("soc-2026", "from=2026-03-02"), ("soc-2026", "from=2026-02-01&to=2026-03-01") })
            (await own.Host.Admin.GetAsync($"/plans/{plan}/comparison?{query}")).MustBeProblem(404, "not-found");
        Assert.Equal(["soc-2026-1 Mentor"], Told(await CompareAsync(own.Host, "from=2015-01-01&to=2026-04-01"), "added"));
    }

    [Fact]
    public async Task A_bound_key_compares_its_own_plans_alone()
    {
        await using var own = await StartAsync();
        await AddAsync(own.Host, new { title = "Mentor", dueDate = "2026-06-30" });
        await ChangeAsync(own.Host, 1, new { dueDate = "2026-07-31" });
        own.Host.Clock.StopAt("2026-04-01T10:00:00Z");
        (await own.Host.Admin.PatchAsync("/plans/soc-2026", new { department = "vof" })).Must(200);
        var (soc, vof) = (await own.Host.WithNewKeyAsync("reader", "soc"), await own.Host.WithNewKeyAsync("reader", "vof"));

        foreach (var (query, ofSoc, ofVof) in new[] { ("from=2026-03-02", 404, 200), ("from=2026-03-01&to=2026-03-02", 200, 404) })
            Assert.Equal((ofSoc, ofVof), ((await soc.GetAsync("/plans/soc-2026/comparison?" + query)).Status, (await vof.GetAsync("/plans/soc-2026/comparison?" + query)).Status));
        // What it was before it came is not told, so to its new department all is new.
        Assert.Equal(["added"], Sections((await vof.GetAsync("/plans/soc-2026/comparison?from=2026-03-02")).Must(200)));
    }

    [Fact]
    public async Task It_is_304_until_something_differs()
    {
        await using var own = await StartAsync();
        await AddAsync(own.Host, new { title = "Mentor", dueDate = "2026-04-01" });
        own.Host.Clock.StopAt("2026-04-01T10:00:00Z");
        const string Path = "/plans/soc-2026/comparison?from=2026-03-02";
        var etag = (await own.Host.Admin.GetAsync(Path)).ETag!;

        own.Host.Clock.StopAt("2026-04-01T11:00:00Z");
        Assert.Equal(304, (await own.Host.Admin.GetAsync(Path, ("If-None-Match", etag))).Status);
        own.Host.Clock.StopAt("2026-04-02T11:00:00Z");
        Assert.Equal(["becameOverdue"], Sections((await own.Host.Admin.GetAsync(Path, ("If-None-Match", etag))).Must(200)));
    }

    static Task<OwnHost> StartAsync() => OwnHost.StartAsync(new StoppedHost());

    static async Task AddAsync(ApiHost host, object action) => await host.ActionAsync("soc-2026", action);

    static async Task ChangeAsync(ApiHost host, int number, object patch) => (await host.Admin.PatchAsync($"/actions/soc-2026-{number}", patch)).Must(200);

    static async Task<JsonNode> CompareAsync(ApiHost host, string query) => (await host.Admin.GetAsync($"/plans/soc-2026/comparison?{query}")).Must(200);

    /// <summary>The sections that are not empty.</summary>
    static IEnumerable<string> Sections(JsonNode comparison) => comparison.AsObject().Where(p => p.Value is JsonArray { Count: > 0 }).Select(p => p.Key);

    static IEnumerable<string> Told(JsonNode comparison, string section, params string[] properties) =>
        comparison[section]!.AsArray().Select(row => string.Join(' ', ((string[])["action", "title", .. properties]).Select(p => Text(row![p]))));

    static string Text(JsonNode? value) => value?.ToString() ?? "";

    /// <summary>With its clock stopped before anything is written.</summary>
    sealed class StoppedHost : PlanHost
    {
        public StoppedHost() => Clock.StopAt("2026-03-02T10:00:00Z");
    }
}
