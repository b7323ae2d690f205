using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActionPlan.Data;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Data;

/// <summary>Things as they stood (<c>asOf</c>), each test with a clock of its own.</summary>
public partial class AsOfTests
{
    /// <summary>With its clock stopped before anything is written.</summary>
    public sealed class StoppedHost : PlanHost
    {
        public StoppedHost() => Clock.StopAt("2026-03-02T10:00:00Z");
    }

    // What is asked after a step of the random script, and again later as of then.
    static readonly string[] Paths =
    [
        "/plans", "/plans?department=soc&limit=1", "/plans/px", "/plans/py", "/plans/px/focus-areas", "/plans/px/focus-areas/a", "/plans/px/summary", "/plans/py/summary", "/plans/px/gaps",
        "/actions?limit=1000", "/actions?limit=3&page=2&fields=key,title,owner", "/actions?department=soc", "/actions?plan=py,px&sort=-updatedAt",
        "/plans/px/actions?limit=1000", "/plans/py/actions?limit=1000", "/plans/px/actions?limit=1000&sort=-dueDate,title", "/plans/px/actions?sort=owner,-priority", "/plans/px/actions?sort=focusArea,status",
        "/plans/px/actions?overdue=true", "/plans/px/actions?overdue=false&limit=4", "/plans/px/actions?open=true", "/plans/px/actions?q=ord", "/plans/px/actions?q=rapport+hr", "/plans/px/actions?q=not%20viktigt",
        "/actions?plan=px&owner=hr%20enheten", "/plans/px/actions?tag=ALFA", "/plans/px/actions?participant=facket&status=planned,done", "/plans/px/actions?focusArea=a",
        "/plans/px/actions?missing=owner,deadline", "/plans/px/actions?missing=followUp", "/plans/px/actions?gap=missingOwner,unverified", "/plans/px/actions?prognosis=red", "/plans/px/actions?priority=high",
        "/plans/px/actions?dueWithin=30d", "/plans/px/actions?dueAfter=2026-04-01&dueBefore=2026-06-01", "/plans/px/actions?updatedSince=2026-03-20T00:00:00Z",
        "/follow-ups?limit=50", "/follow-ups?plan=px&due=30d", "/evaluations", "/evaluations?due=3m", "/owners", "/owners?plan=px",
        "/actions/px-1", "/actions/px-2", "/actions/px-3", "/actions/py-1", "/actions/px-1/follow-ups", "/actions/px-2/follow-ups",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_random_script_is_shown_at_every_recorded_moment_as_it_was_then(int seed)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var (host, random) = (own.Host, new Random(seed));
        Api[] readers = [host.Admin, await host.WithNewKeyAsync("reader", "soc"), await host.WithNewKeyAsync("reader", "vof")];
        (await host.Admin.PostAsync("/plans", new { key = "px", department = "soc", title = "P" })).Must(201);

        var recorded = new List<(DateTimeOffset At, string[] Answers)>();
        for (var step = 0; step < 160; step++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 60_000_000)));
            await StepAsync(host.Admin, random, step);
            if (step % 32 == 12) recorded.Add((host.Clock.GetUtcNow(), await ShownAsync(readers, "")));
        }

        foreach (var (at, answers) in recorded) Assert.Equal(answers, await ShownAsync(readers, at.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ")));
        // What is compared is not the same all along.
        Assert.Equal(recorded.Count, recorded.Select(r => string.Concat(r.Answers)).Distinct().Count());
        var found = recorded.SelectMany(r => r.Answers).Where(a => a.StartsWith("0 ", StringComparison.Ordinal) && a.Split(' ')[2] == "200").Select(a => a.Split(' ')[1]).ToHashSet();
        Assert.Equal([], Paths.Except(found));
    }

    [Theory]
    // Winter time, the night to summer time, summer time, the night to winter time.
    [InlineData("2026-03-28", "2026-03-28T22:59:59.999Z")]
    [InlineData("2026-03-29", "2026-03-29T21:59:59.999Z")]
    [InlineData("2026-10-24", "2026-10-24T21:59:59.999Z")]
    [InlineData("2026-10-25", "2026-10-25T22:59:59.999Z")]
    public async Task A_day_means_its_end_in_Stockholm(string day, string last)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        host.Clock.StopAt(last);
        await host.ActionAsync("soc-2026", new { title = "Den dagen" });
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.ActionAsync("soc-2026", new { title = "Nästa dag" });

        Assert.Equal(["Den dagen"], (await host.Admin.GetAsync($"/plans/soc-2026/actions?asOf={day}")).Items("title"));
        Assert.Equal(["Den dagen", "Nästa dag"], (await host.Admin.GetAsync("/plans/soc-2026/actions")).Items("title"));
        Assert.Equal(200, (await host.Admin.GetAsync($"/actions/soc-2026-1?asOf={day}")).Status);
        (await host.Admin.GetAsync($"/actions/soc-2026-2?asOf={day}")).MustBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("2026-03-10T12:00:00Z")]
    [InlineData("2026-03-10T12:00Z")]
    [InlineData("2026-03-10T12:00:00.999Z")]
    [InlineData("2026-03-10T12:00:00.9999999Z")]
    [InlineData("2026-03-10T13:00:00%2B01:00")]
    [InlineData("2026-03-10T13:00:00+01:00")]
    [InlineData("2026-03-10T08:30:00.5-03:30")]
    public async Task An_instant_may_have_any_zone(string moment)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        host.Clock.StopAt("2026-03-10T12:00:00Z");
        await host.ActionAsync("soc-2026", new { title = "Före" });
        host.Clock.StopAt("2026-03-10T12:00:01Z");
        (await host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "Efter" })).Must(200);

        var action = (await host.Admin.GetAsync($"/actions/soc-2026-1?asOf={moment}")).Must(200);
        Assert.Equal(("Före", 1), (action["title"]!.ToString(), action["version"]!.GetValue<int>()));
        Assert.Equal(["Före"], (await host.Admin.GetAsync($"/actions?asOf={moment}")).Items("title"));
        // The links ask about the same moment, however it was spelled.
        Assert.Equal(["Före"], (await host.Admin.GetAsync(Path(action, "collection"))).Items("title"));
    }

    [Theory]
    [InlineData("2026-03-11", "asOf notYet")]
    [InlineData("2026-03-11T00:00:00%2B01:00", "asOf notYet")]
    [InlineData("9998-12-31", "asOf notYet")]
    [InlineData("9999-12-31T23:59:59Z", "asOf notYet")]
    [InlineData("9999-12-31", "asOf wrongType")]
    [InlineData("ig%C3%A5r", "asOf wrongType")]
    [InlineData("2026-02-30", "asOf wrongType")]
    [InlineData("2026-3-1", "asOf wrongType")]
    [InlineData("2026-03-10T12:00:00", "asOf wrongType")]
    [InlineData("0001-01-01T00:00:00%2B14:00", "asOf wrongType")]
    [InlineData("", "asOf wrongType")]
    [InlineData("2026-03-01&asOf=2026-03-02", "asOf repeatedParameter")]
    [InlineData("2026-03-11&x=1", "asOf notYet", "x unknownParameter")]
    public async Task What_is_to_come_and_what_is_no_moment_is_400(string moment, params string[] faults)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        own.Host.Clock.StopAt("2026-03-10T12:00:00Z");

        foreach (var path in new[] { "/plans/soc-2026", "/plans/soc-2026/actions", "/actions", "/plans/soc-2026/summary" })
        {
            var answer = await own.Host.Admin.GetAsync($"{path}?asOf={moment}");
            answer.MustBeProblem(400);
            Assert.Equal(faults, answer.Faults());
        }

        Assert.Equal(200, (await own.Host.Admin.GetAsync("/plans/soc-2026?asOf=2026-03-10")).Status);
    }

    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("2015-09-01T12:00:00Z")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task Before_there_was_a_plan_it_is_404_and_lists_are_empty(string moment)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());

        foreach (var path in new[] { "", "/actions", "/focus-areas", "/summary", "/gaps" })
            (await own.Host.Admin.GetAsync($"/plans/soc-2026{path}?asOf={moment}")).MustBeProblem(404, "not-found");
        foreach (var path in new[] { "/plans", "/actions", "/follow-ups", "/evaluations", "/owners" })
            Assert.Empty((await own.Host.Admin.GetAsync($"{path}?asOf={moment}")).Must(200)["items"]!.AsArray());
    }

    [Fact]
    public async Task What_was_deleted_later_is_shown_and_what_was_deleted_already_is_not()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        await host.ActionAsync("soc-2026", new { title = "Mentor" });
        var followUp = (await host.FollowUpAsync("soc-2026-1"))["id"]!.ToString();
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        (await host.Admin.DeleteAsync("/actions/soc-2026-1")).Must(204);
        host.Clock.StopAt("2026-03-04T10:00:00Z");
        (await host.Admin.PostAsync("/actions/soc-2026-1/restorations")).Must(201);
        host.Clock.StopAt("2026-03-05T10:00:00Z");
        (await host.Admin.DeleteAsync("/plans/soc-2026?withContent=true")).Must(204);
        host.Clock.StopAt("2026-03-06T10:00:00Z");
        (await host.Admin.PostAsync("/plans", new { key = "soc-2026", department = "soc", title = "En ny" })).Must(201);

        Assert.Equal("200 1 200 1 Åtgärdsplan Socialförvaltningen", await OnAsync("2026-03-02"));
        Assert.Equal("404 0 404 0 Åtgärdsplan Socialförvaltningen", await OnAsync("2026-03-03"));
        Assert.Equal("200 1 200 1 Åtgärdsplan Socialförvaltningen", await OnAsync("2026-03-04"));
        Assert.Equal("404 0 404 0 ", await OnAsync("2026-03-05"));
        Assert.Equal("404 0 404 0 En ny", await OnAsync("2026-03-06"));

        async Task<string> OnAsync(string day) => string.Join(' ',
            (await host.Admin.GetAsync($"/actions/soc-2026-1?asOf={day}")).Status,
            (await host.Admin.GetAsync($"/actions?plan=soc-2026&asOf={day}")).Must(200)["_meta"]!["totalRecords"],
            (await host.Admin.GetAsync($"/actions/soc-2026-1/follow-ups/{followUp}?asOf={day}")).Status,
            (await host.Admin.GetAsync($"/follow-ups?plan=soc-2026&asOf={day}")).Must(200)["_meta"]!["totalRecords"],
            (await host.Admin.GetAsync($"/plans/soc-2026?asOf={day}"))["title"] is var title && title?.GetValueKind() == System.Text.Json.JsonValueKind.String && title.ToString() != "Finns inte" ? title : "");
    }

    [Fact]
    public async Task Overdue_is_what_was_overdue_then()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        await host.ActionAsync("soc-2026", new { title = "Mentor", owner = "HR", dueDate = "2026-03-15" });
        host.Clock.StopAt("2026-04-01T10:00:00Z");
        (await host.Admin.PatchAsync("/actions/soc-2026-1", new { status = "done" })).Must(200);

        Assert.Equal("false 0 0 0", await OnAsync("2026-03-15"));
        // Without any change: a day went by.
        Assert.Equal("true 1 1 1", await OnAsync("2026-03-16"));
        Assert.Equal("false 0 0 0", await OnAsync("2026-04-01"));

        async Task<string> OnAsync(string day) => string.Join(' ',
            (await host.Admin.GetAsync($"/actions/soc-2026-1?asOf={day}")).Must(200)["isOverdue"],
            (await host.Admin.GetAsync($"/plans/soc-2026/actions?overdue=true&asOf={day}")).Must(200)["_meta"]!["totalRecords"],
            (await host.Admin.GetAsync($"/plans/soc-2026/summary?asOf={day}")).Must(200)["overdue"],
            (await host.Admin.GetAsync($"/owners?asOf={day}")).Must(200)["items"]![0]!["overdue"]);
    }

    [Fact]
    public async Task A_bound_key_sees_what_was_its_departments_then()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        await host.ActionAsync("soc-2026", new { title = "Mentor", owner = "HR" });
        await host.FollowUpAsync("soc-2026-1");
        (await host.Admin.PostAsync("/plans/soc-2026/focus-areas", new { title = "Hälsa" })).Must(201);
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        (await host.Admin.PatchAsync("/plans/soc-2026", new { department = "vof" })).Must(200);

        foreach (var (department, day, isIts) in new[] { ("soc", "2026-03-02", true), ("soc", "2026-03-03", false), ("vof", "2026-03-02", false), ("vof", "2026-03-03", true) })
        {
            var api = await host.WithNewKeyAsync("reader", department);
            foreach (var path in new[] { "/plans/soc-2026", "/plans/soc-2026/actions", "/plans/soc-2026/focus-areas", "/plans/soc-2026/focus-areas/halsa", "/plans/soc-2026/summary", "/plans/soc-2026/gaps", "/actions/soc-2026-1", "/actions/soc-2026-1/follow-ups" })
                Assert.Equal(isIts ? 200 : 404, (await api.GetAsync($"{path}?asOf={day}")).Status);
            foreach (var path in new[] { "/actions?plan=soc-2026", "/follow-ups?plan=soc-2026", "/owners?plan=soc-2026" })
                Assert.Equal(isIts ? 1 : 0, (await api.GetAsync($"{path}&asOf={day}")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task From_the_past_every_link_leads_into_the_past_and_none_writes()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        (await host.Admin.PostAsync("/plans/soc-2026/focus-areas", new { key = "a", title = "A" })).Must(201);
        for (var i = 0; i < 3; i++) await host.ActionAsync("soc-2026", new { title = "Mentor", owner = "HR", focusArea = "a", nextFollowUpDate = "2026-03-01", evaluationDueDate = "2026-03-01" });
        await host.FollowUpAsync("soc-2026-1", new { kind = "evaluation", date = "2026-03-02" });
        (await host.Admin.PostAsync("/plans", new { key = "next", department = "soc", title = "Nästa", predecessor = "soc-2026", carryOver = "open" })).Must(201);
        host.Clock.StopAt("2026-03-10T10:00:00Z");
        (await host.Admin.DeleteAsync("/plans/next?withContent=true")).Must(204);
        (await host.Admin.DeleteAsync("/plans/soc-2026?withContent=true")).Must(204);

        var open = new Queue<string>(["/plans/next?asOf=2026-03-02", "/actions?limit=1&asOf=2026-03-02", "/follow-ups?due=30d&asOf=2026-03-02", "/evaluations?due=30d&asOf=2026-03-02", "/owners?asOf=2026-03-02"]);
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            var answer = await host.Admin.GetAsync(path);
            Assert.True(answer.Status == 200 && path.Contains("asOf=2026-03-02", StringComparison.Ordinal), $"{path} is {answer.Status}");
            foreach (Match link in Link().Matches(answer.Text))
            {
                Assert.Equal("GET", link.Groups[2].Value);
                open.Enqueue(link.Groups[1].Value.Replace("\\u0026", "&"));
            }
        }

        Assert.Superset(new[] { "/plans/soc-2026?asOf=2026-03-02", "/plans?asOf=2026-03-02", "/actions/soc-2026-3?asOf=2026-03-02", "/plans/soc-2026/gaps?asOf=2026-03-02" }.ToHashSet(), seen);
    }

    [Fact]
    public async Task The_past_stays_as_it_was_and_is_304_to_whoever_holds_it()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        await host.ActionAsync("soc-2026", new { title = "Mentor", owner = "HR" });
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        (await host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "Två mentorer" })).Must(200);

        foreach (var path in new[] { "/actions/soc-2026-1", "/actions", "/plans/soc-2026/actions", "/plans/soc-2026", "/plans/soc-2026/summary", "/plans/soc-2026/gaps", "/owners", "/plans/soc-2026/focus-areas" })
        {
            var then = await host.Admin.GetAsync(path + "?asOf=2026-03-02");
            (await host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "Efter " + path, owner = "Chef " + path })).Must(200);
            var again = await host.Admin.GetAsync(path + "?asOf=2026-03-02", ("If-None-Match", then.ETag!));

            Assert.Equal((304, ""), (again.Status, again.Text));
            Assert.Equal(then.Text, (await host.Admin.GetAsync(path + "?asOf=2026-03-02")).Text);
        }
    }

    [Fact]
    public async Task A_list_of_now_and_one_of_then_are_counted_each_for_itself()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        await host.ActionAsync("soc-2026");
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        await host.ActionAsync("soc-2026");

        for (var i = 0; i < 3; i++)
            foreach (var (query, total) in new[] { ("", 2), ("?asOf=2026-03-02", 1), ("?asOf=2026-03-03", 2) })
                Assert.Equal(total, (await host.Admin.GetAsync("/plans/soc-2026/actions" + query)).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task Two_writes_in_one_millisecond_are_told_apart()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        for (var i = 1; i <= 5; i++) await host.ActionAsync("soc-2026", new { title = $"Åtgärd {i}" });

        for (var i = 1; i <= 5; i++)
            Assert.Equal(i, (await host.Admin.GetAsync($"/plans/soc-2026/actions?asOf=2026-03-03T10:00:00.00{i - 1}Z")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_committed_together_has_one_instant_and_the_log_runs_a_second_ahead_of_the_clock_at_most()
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        var host = own.Host;
        host.Clock.StopAt("2026-03-03T10:00:00Z");
        var engine = host.Services.GetRequiredService<Database>().Engine;
        await using (var connection = await engine.OpenAsync())
        {
            var log = await ChangeLog.OpenAsync(connection, engine);
            var first = log.Tick(host.Clock);
            host.Clock.Advance(TimeSpan.FromMilliseconds(7));
            Assert.Equal(("2026-03-03T10:00:00.000Z", first), (ActionPlan.Http.Json.Instant(first), log.Tick(host.Clock)));
            await connection.ExecuteAsync("rollback transaction");
        }

        host.Clock.StopAt("2026-03-03T10:00:00Z");
        Behind.Run(host.Database, "update change_clock set at = '2026-03-03T10:00:00.998Z'");
        for (var i = 0; i < 3; i++) await host.ActionAsync("vof-2026");
        Assert.Equal(
            ["2026-03-03T10:00:00.999Z", "2026-03-03T10:00:00.999Z", "2026-03-03T10:00:00.999Z"],
            (await host.RowsAsync("select at from change where plan = 'vof-2026' and resource = 'action' order by number")).Select(r => r["at"]));
    }

    [Theory]
    [InlineData("GET", "/departments")]
    [InlineData("GET", "/departments/soc")]
    [InlineData("GET", "/measures")]
    [InlineData("GET", "/api-keys")]
    [InlineData("GET", "/session")]
    [InlineData("GET", "/deadlines")]
    [InlineData("GET", "/plans/soc-2026/comparison")]
    [InlineData("POST", "/plans")]
    [InlineData("PATCH", "/plans/soc-2026")]
    [InlineData("DELETE", "/plans/soc-2026")]
    [InlineData("POST", "/plans/soc-2026/actions")]
    [InlineData("PATCH", "/actions/soc-2026-1")]
    [InlineData("DELETE", "/actions/soc-2026-1")]
    [InlineData("POST", "/actions/soc-2026-1/follow-ups")]
    [InlineData("POST", "/actions/soc-2026-1/restorations")]
    [InlineData("POST", "/handovers")]
    public async Task What_is_not_kept_and_whatever_writes_does_not_take_it(string method, string path)
    {
        await using var own = await OwnHost.StartAsync(new StoppedHost());
        await own.Host.ActionAsync("soc-2026");
        var before = await own.Host.ChangesAsync();

        var answer = await own.Host.Admin.SendAsync(method, path + "?asOf=2026-03-02", method is "POST" or "PATCH" && !path.EndsWith("restorations", StringComparison.Ordinal) ? new { title = "x" } : null);

        answer.MustBeProblem(400);
        Assert.Contains("asOf unknownParameter", answer.Faults());
        Assert.Equal(before, await own.Host.ChangesAsync());
    }

    static async Task StepAsync(Api api, Random random, int step)
    {
        var plan = random.Next(5) == 0 ? "py" : "px";
        var known = (await api.GetAsync($"/plans/{plan}/actions?limit=1000&fields=allowedStatuses")) is { Status: 200 } list ? list["items"]!.AsArray() : [];
        var action = known.Count > 0 ? known[random.Next(known.Count)]! : null;
        var answer = random.Next(100) switch
        {
            < 4 => await api.PostAsync("/plans", new { key = "py", department = "vof", title = $"Y{step}", predecessor = "px", carryOver = "open" }),
            < 6 => await api.DeleteAsync("/plans/py?withContent=true"),
            < 9 => await api.PatchAsync("/plans/px", new { department = Pick("soc", "vof") }),
            < 12 => await api.PatchAsync("/plans/px", new { title = $"P{step}", periodStart = Pick(null, "2026-01-01", "2025-06-01"), sharing = Pick("none", "titles") }),
            < 16 => await api.PostAsync("/plans/px/focus-areas", new { key = Pick("a", "b"), title = $"Område {step}" }),
            < 18 => await api.PatchAsync("/plans/px/focus-areas/a", new { title = $"Ändrat {step}", position = random.Next(1, 3) }),
            < 20 => await api.DeleteAsync($"/plans/px/focus-areas/{Pick("a", "b")}?withContent=true"),
            < 25 => await api.PostAsync("/handovers", new { from = Pick("chef", "HR-enheten"), to = Pick("HR enheten", "Chef"), plan = Pick(null, "px") }),
            < 31 => await api.PostAsync($"/actions/px-{random.Next(1, 12)}/restorations"),
            < 37 when action is not null => await api.DeleteAsync($"/actions/{action["key"]}"),
            < 52 when action is not null => await api.PostAsync($"/actions/{action["key"]}/follow-ups", new
            {
                note = Pick(null, "ord i not", "Rapport", "mycket viktigt"),
                kind = Pick("progress", "check", "evaluation"),
                effect = Pick(null, "improved", "tooEarly"),
                prognosis = Pick(null, "red", "green"),
                nextFollowUpDate = Pick(null, "2026-05-01"),
                date = Pick("2026-03-01", "2026-03-02", null),
            }),
            < 64 when action is not null => await api.PatchAsync($"/actions/{action["key"]}", new { status = Pick([.. action["allowedStatuses"]!.AsArray().Select(s => s!.ToString())]), statusReason = $"skäl {step}" }),
            < 80 when action is not null => await api.PatchAsync($"/actions/{action["key"]}", new
            {
                title = $"{Pick("Rapport", "ord", "x")} {step}",
                owner = Pick(null, "Chef", "hr-enheten"),
                dueDate = Pick(null, "2026-04-01", "2026-05-15"),
                tags = Pick("", "alfa").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                priority = Pick(null, "high", "low"),
            }),
            _ => await api.PostAsync($"/plans/{plan}/actions", new
            {
                title = $"{Pick("ord", "Rapport", "åtgärd", "HR-möte")} {step}",
                description = Pick(null, "Mer ord om detta"),
                owner = Pick(null, "HR-enheten", "HR enheten", "Chef"),
                deadline = Pick(null, "2026-04-10", "hösten 2026", "snarast"),
                tags = Pick("", "Alfa", "beta alfa").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                participants = Pick("", "Facket").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                followUpInterval = Pick(null, "monthly"),
                evaluationDueDate = Pick(null, "2026-04-20"),
                priority = Pick(null, "high"),
                focusArea = plan == "px" && known.Count % 4 == 1 ? Pick("a", null) : null,
            }),
        };
        Assert.True(answer.Status < 500, $"Step {step}: {answer.Status} {answer.Text}");

        string? PickAny(string?[] values) => values.Length == 0 ? "planned" : values[random.Next(values.Length)];
        string Pick(params string?[] values) => PickAny(values)!;
    }

    static async Task<string[]> ShownAsync(Api[] readers, string asOf)
    {
        var shown = new List<string>();
        foreach (var (api, i) in readers.Select((api, i) => (api, i)))
        {
            foreach (var path in i == 0 ? Paths : Paths.Where((_, p) => p % 3 == 0))
            {
                var answer = await api.GetAsync(asOf == "" ? path : $"{path}{(path.Contains('?') ? '&' : '?')}asOf={asOf}");
                shown.Add($"{i} {path} {answer.Status} {(answer.Status == 200 ? WithoutLinks(answer.Json).ToJsonString() : "")}");
            }
        }

        return [.. shown];
    }

    static JsonNode WithoutLinks(JsonNode node)
    {
        if (node is JsonObject properties) properties.Remove("_links");
        foreach (var below in node is JsonObject o ? o.Select(p => p.Value) : node is JsonArray a ? a : (IEnumerable<JsonNode?>)[])
            if (below is JsonObject or JsonArray) WithoutLinks(below);
        return node;
    }

    static string Path(JsonNode body, string relation) => new Uri(body.Link(relation)!).PathAndQuery[Settings.BasePath.Length..];

    [GeneratedRegex("""
        "href":"[^"]*?/action-plan/v1([^"]*)","method":"(\w+)"
        """)]
    private static partial Regex Link();
}
