using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

public class GetSummaryTests(GetSummaryTests.ManyHost host) : IClassFixture<GetSummaryTests.ManyHost>
{
    static readonly string[] Statuses = ["proposed", "planned", "inProgress", "paused", "done", "verified", "cancelled", "rejected"];

    /// <summary>The catalogue; it is 1 April 2026. soc-2026 has 90 actions of every kind, some of them deleted.</summary>
    public sealed class ManyHost() : PlanHost(("Seeds:Load", "catalogue"))
    {
        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Clock.StopAt("2026-04-01T08:00:00Z");
            foreach (var (key, position) in new[] { ("stress", 2), ("halsa", 1), ("tom", 3) })
                (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { key, title = "Om " + key, position })).Must(201);
            string?[] owners = ["HR-enheten", null, "hr enheten", "Ekonomi", "Ärenden", "---", "Ekonomi"];
            string?[] days = ["2026-03-31", "2026-04-01", null, "2026-05-01", "2026-05-02"];
            string?[] lights = [null, "green", "yellow", "red"];
            for (var i = 0; i < 90; i++)
            {
                var key = await this.ActionInAsync("soc-2026", Statuses[i % 8]);
                (await Admin.PatchAsync($"/actions/{key}", new
                {
                    owner = owners[i % 7],
                    dueDate = days[i % 5],
                    isHighlighted = i % 9 == 0,
                    focusArea = i % 3 == 0 ? "halsa" : i % 3 == 1 ? "stress" : null,
                    measureNumber = i % 4 == 0 ? i + 1 : (int?)null,
                })).Must(200);
                await this.FollowUpAsync(key, new { prognosis = lights[i % 4] });
                if (i % 13 == 0) (await Admin.DeleteAsync($"/actions/{key}")).Must(204);
            }

            await this.ActionAsync("vof-2026", new { title = "En annan förvaltnings", measureNumber = 2 });
        }
    }

    [Fact]
    public async Task Every_figure_is_what_counting_the_actions_gives()
    {
        var summary = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200);
        var actions = await ActionsAsync();
        var open = actions.Where(IsOpen).ToList();
        var counted = actions.Count(a => Status(a) is not "cancelled" and not "rejected");

        Assert.Equal(
            "plan date total open overdue dueSoon highlighted withoutOwner shareDone shareVerified byStatus byPrognosis focusAreas owners categories _links",
            string.Join(' ', summary.Properties()));
        Assert.Equal(
            ("2026-04-01", actions.Count, open.Count, open.Count(IsOverdue), open.Count(IsSoon), actions.Count(a => a["isHighlighted"]!.GetValue<bool>()), open.Count(a => Owner(a).Length == 0)),
            (summary["date"]!.ToString(), Number("total"), Number("open"), Number("overdue"), Number("dueSoon"), Number("highlighted"), Number("withoutOwner")));
        Assert.Equal(Math.Round(actions.Count(a => Status(a) is "done" or "verified") / (double)counted, 4), summary["shareDone"]!.GetValue<double>());
        Assert.Equal(Math.Round(actions.Count(a => Status(a) == "verified") / (double)counted, 4), summary["shareVerified"]!.GetValue<double>());
        Assert.Equal(ByStatus(actions), summary["byStatus"]!.ToJsonString());
        Assert.Equal(
            new[] { "green", "yellow", "red", "" }.Select(light => open.Count(a => $"{a["prognosis"]}" == light)),
            summary["byPrognosis"]!.AsObject().Select(p => p.Value!.GetValue<int>()));

        int Number(string name) => summary[name]!.GetValue<int>();
    }

    [Fact]
    public async Task The_sections_stand_in_the_plans_order_and_last_what_is_in_none()
    {
        var summary = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200);
        var actions = await ActionsAsync();

        Assert.Equal(
            new[] { "halsa", "stress", "tom", "" }.Select(area => (area, Actions: actions.Where(a => $"{a["focusArea"]}" == area).ToList())).Select(a =>
                $"{a.area} {(a.area.Length > 0 ? "Om " + a.area : "")} {a.Actions.Count} {a.Actions.Count(IsOpen)} {a.Actions.Count(IsOverdue)} {ByStatus(a.Actions)}"),
            summary["focusAreas"]!.AsArray().Select(a => $"{a!["focusArea"]} {a["title"]} {a["total"]} {a["open"]} {a["overdue"]} {a["byStatus"]!.ToJsonString()}"));
    }

    [Fact]
    public async Task Those_with_most_left_to_do_are_the_first_owners()
    {
        var summary = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200);

        Assert.Equal(
            (await ActionsAsync()).Where(a => Owner(a).Length > 0).GroupBy(Owner)
                .Select(g => (Name: g.First()["owner"]!.ToString(), Actions: g.ToList()))
                .OrderByDescending(o => o.Actions.Count(IsOpen)).ThenBy(o => o.Name, StringComparer.Ordinal)
                .Select(o => $"{o.Name} {o.Actions.Count(IsOpen)} {o.Actions.Count(IsOverdue)} {o.Actions.Count(IsSoon)} {o.Actions.Count(a => Status(a) is "done" or "verified")}"),
            summary["owners"]!.AsArray().Select(o => $"{o!["owner"]} {o["open"]} {o["overdue"]} {o["dueSoon"]} {o["done"]}"));
    }

    [Fact]
    public async Task The_coverage_tells_of_each_category_of_the_catalogue_what_the_plan_takes_up()
    {
        var summary = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200);
        var measures = (await host.Admin.GetAsync("/measures?limit=1000")).Must(200)["items"]!.AsArray();
        var adopted = (await ActionsAsync()).Where(a => Status(a) is not "cancelled" and not "rejected").Select(a => $"{a["measureNumber"]}").ToHashSet();

        Assert.Equal(5, summary["categories"]!.AsArray().Count);
        Assert.Equal(
            measures.GroupBy(m => m!["category"]!.ToString()).Select(g => $"{g.Key} {g.Count()} {g.Count(m => adopted.Contains($"{m!["number"]}"))}"),
            summary["categories"]!.AsArray().Select(c => $"{c!["category"]} {c["measures"]} {c["adopted"]}"));
        Assert.Contains(summary["categories"]!.AsArray(), c => c!["adopted"]!.GetValue<int>() > 0);
    }

    [Fact]
    public async Task Each_link_leads_to_as_many_as_the_figure_says()
    {
        var summary = (await host.Admin.GetAsync("/plans/soc-2026/summary")).Must(200);

        Assert.Equal(["dueSoon GET", "gaps GET", "overdue GET", "owners GET", "self GET", "up GET", "withoutOwner GET"], summary.Links());
        foreach (var figure in new[] { "overdue", "dueSoon", "withoutOwner" })
            Assert.Equal(summary[figure]!.GetValue<int>(), (await FollowAsync(figure))["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Equal(summary["owners"]!.AsArray().Count, (await FollowAsync("owners"))["_meta"]!["totalRecords"]!.GetValue<int>());

        async Task<JsonNode> FollowAsync(string relation) => (await host.Admin.GetAsync(new Uri(summary.Link(relation)!).PathAndQuery[Settings.BasePath.Length..])).Must(200);
    }

    [Fact]
    public async Task A_plan_without_actions_has_no_shares()
    {
        var summary = (await host.Admin.GetAsync($"/plans/{await host.PlanAsync()}/summary")).Must(200);

        Assert.Equal((0, null, null), (summary["total"]!.GetValue<int>(), summary["shareDone"], summary["shareVerified"]));
        Assert.Empty(summary["focusAreas"]!.AsArray());
        Assert.Empty(summary["owners"]!.AsArray());
        Assert.All(summary["categories"]!.AsArray(), c => Assert.Equal(0, c!["adopted"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_key_bound_to_another_department_is_told_of_no_plan()
    {
        var vof = await host.WithNewKeyAsync("reader", "vof");

        (await vof.GetAsync("/plans/soc-2026/summary")).MustBeProblem(404, "not-found");
        (await host.Admin.GetAsync("/plans/soc-1999/summary")).MustBeProblem(404, "not-found");
        Assert.Equal(1, (await vof.GetAsync("/plans/vof-2026/summary")).Must(200)["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_is_304_until_the_figures_change()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var first = await host.Admin.GetAsync($"/plans/{plan}/summary");
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "y" })).Must(200);
        Assert.Equal(304, (await host.Admin.GetAsync($"/plans/{plan}/summary", ("If-None-Match", first.ETag!))).Status);

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "done" })).Must(200);

        Assert.Equal(1, (await host.Admin.GetAsync($"/plans/{plan}/summary", ("If-None-Match", first.ETag!))).Must(200)["shareDone"]!.GetValue<double>());
    }

    async Task<List<JsonNode>> ActionsAsync() => [.. (await host.Admin.GetAsync("/plans/soc-2026/actions?limit=1000")).Must(200)["items"]!.AsArray().Select(a => a!)];

    static string Status(JsonNode action) => action["status"]!.ToString();

    static string Owner(JsonNode action) => $"{action["owner"]}".ToLowerInvariant().Replace("-", "").Replace(" ", "");

    static bool IsOpen(JsonNode action) => Status(action) is "proposed" or "planned" or "inProgress" or "paused";

    static bool IsOverdue(JsonNode action) => action["isOverdue"]!.GetValue<bool>();

    static bool IsSoon(JsonNode action) => IsOpen(action) && action["dueDate"]?.ToString() is { } day
        && string.CompareOrdinal(day, "2026-04-01") >= 0 && string.CompareOrdinal(day, "2026-05-01") <= 0;

    static string ByStatus(IEnumerable<JsonNode> actions) => "{" + string.Join(',', Statuses.Select(s => $"\"{s}\":{actions.Count(a => Status(a) == s)}")) + "}";
}
