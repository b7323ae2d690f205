using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

public class GetGapsTests(GetGapsTests.MixedHost host) : IClassFixture<GetGapsTests.MixedHost>
{
    const string Codes = "missingOwner missingDeadline unreadableDeadline unverified followUpPast overdueWithoutReason pausedWithoutEnd";

    /// <summary>It is 1 April 2026. Each action of soc-2026 is called what it lacks; those that lack nothing are called –.</summary>
    public sealed class MixedHost : PlanHost
    {
        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Clock.StopAt("2026-04-01T08:00:00Z");
            foreach (var action in new object[]
            {
                new { title = "–", owner = "HR", dueDate = "2026-04-01", nextFollowUpDate = "2026-04-01" },
                new { title = "–", owner = "HR", recurrence = "continuous" },
                new { title = "–", owner = "HR", deadline = "löpande", recurrence = "continuous" },
                new { title = "–", status = "cancelled", statusReason = "x", dueDate = "2020-01-01", nextFollowUpDate = "2020-01-01" },
                new { title = "–", status = "rejected", statusReason = "x", nextFollowUpDate = "2020-01-01" },
                new { title = "–", owner = "HR", status = "paused", statusReason = "x", deadline = "2026-05-01" },
                new { title = "–", owner = "HR", dueDate = "2026-03-31", statusReason = "Väntar på nämnden" },
                new { title = "missingOwner", dueDate = "2026-05-01" },
                new { title = "missingOwner missingDeadline", status = "proposed" },
                new { title = "missingOwner", owner = "---", status = "inProgress", dueDate = "2026-05-01" },
                new { title = "missingDeadline", owner = "HR" },
                new { title = "missingDeadline", owner = "HR", recurrence = "monthly" },
                new { title = "unreadableDeadline", owner = "HR", deadline = "snarast" },
                new { title = "unreadableDeadline pausedWithoutEnd", owner = "HR", deadline = "vid behov", status = "paused", statusReason = "x" },
                new { title = "missingDeadline", owner = "HR", status = "paused", statusReason = "x", nextFollowUpDate = "2026-05-01" },
                new { title = "unverified", status = "done", dueDate = "2020-01-01" },
                new { title = "unverified followUpPast", status = "done", nextFollowUpDate = "2026-03-31" },
                new { title = "followUpPast", owner = "HR", dueDate = "2026-05-01", nextFollowUpDate = "2026-03-31" },
                new { title = "overdueWithoutReason", owner = "HR", dueDate = "2026-03-31" },
                new { title = "missingOwner followUpPast overdueWithoutReason", dueDate = "2026-03-31", nextFollowUpDate = "2026-01-01" },
            })
                await this.ActionAsync("soc-2026", action);
            var verified = (await this.ActionAsync("soc-2026", new { title = "–", status = "done" }))["key"]!.ToString();
            await this.FollowUpAsync(verified, new { kind = "check", effect = "improved" });
            var deleted = (await this.ActionAsync("soc-2026", new { title = "Borttagen" }))["key"]!.ToString();
            (await Admin.DeleteAsync($"/actions/{deleted}")).Must(204);
            await this.ActionAsync("vof-2026", new { title = "En annan förvaltnings" });
        }
    }

    [Fact]
    public async Task Each_kind_of_gap_is_counted_by_what_each_action_lacks()
    {
        var gaps = (await host.Admin.GetAsync("/plans/soc-2026/gaps")).Must(200);
        var titles = (await host.Admin.GetAsync("/plans/soc-2026/actions?limit=1000")).Items("title").SelectMany(t => t!.Split(' ')).ToList();

        Assert.Equal("plan date count gaps _links", string.Join(' ', gaps.Properties()));
        Assert.Equal(("soc-2026", "2026-04-01"), (gaps["plan"]!.ToString(), gaps["date"]!.ToString()));
        Assert.Equal(
            Codes.Split(' ').Select(code => $"{code} {titles.Count(t => t == code)}"),
            gaps["gaps"]!.AsArray().Select(i => $"{i!["code"]} {i["count"]}"));
        Assert.Equal(titles.Count(t => t != "–"), gaps["count"]!.GetValue<int>());
        Assert.All(gaps["gaps"]!.AsArray(), i => Assert.InRange(i!["count"]!.GetValue<int>(), 1, 10));
    }

    [Fact]
    public async Task Each_leads_to_the_actions_that_have_it()
    {
        var gaps = (await host.Admin.GetAsync("/plans/soc-2026/gaps")).Must(200);

        foreach (var item in gaps["gaps"]!.AsArray().Select(i => i!))
        {
            var path = new Uri(item.Link("actions")!).PathAndQuery[Settings.BasePath.Length..];
            var found = await host.Admin.GetAsync(path);
            Assert.Equal(item["count"]!.GetValue<int>(), found["_meta"]!["totalRecords"]!.GetValue<int>());
            Assert.All(found.Items("title"), title => Assert.Contains(item["code"]!.ToString(), title!.Split(' ')));
        }

        Assert.Equal(["self GET", "up GET"], gaps.Links());
    }

    [Fact]
    public async Task Each_says_the_rule_it_rests_on_and_whether_it_is_the_law()
    {
        var swedish = Items(await host.Admin.GetAsync("/plans/soc-2026/gaps"));
        var english = Items(await host.Admin.GetAsync("/plans/soc-2026/gaps", ("Accept-Language", "en")));

        Assert.Equal("missingOwner missingDeadline unreadableDeadline unverified", string.Join(' ', swedish.Where(i => i["isLaw"]!.GetValue<bool>()).Select(i => i["code"])));
        Assert.All(swedish.Concat(english), i => Assert.Equal(i["isLaw"]!.GetValue<bool>(), i["rule"]!.ToString().StartsWith("AFS 2023:1", StringComparison.Ordinal)));
        Assert.Equal("Öppna åtgärder utan ansvarig", swedish[0]["title"]!.ToString());
        Assert.Equal("Open actions without owner", english[0]["title"]!.ToString());
        Assert.Equal(14, swedish.Concat(english).Select(i => i["title"]!.ToString()).Distinct().Count());
        Assert.Equal(14, swedish.Concat(english).Select(i => i["rule"]!.ToString()).Distinct().Count());

        static List<JsonNode> Items(Answer answer) => [.. answer.Must(200)["gaps"]!.AsArray().Select(i => i!)];
    }

    [Fact]
    public async Task A_plan_without_actions_lacks_nothing()
    {
        var gaps = (await host.Admin.GetAsync($"/plans/{await host.PlanAsync()}/gaps")).Must(200);

        Assert.Equal(0, gaps["count"]!.GetValue<int>());
        Assert.Equal(Codes.Split(' ').Select(code => $"{code} 0"), gaps["gaps"]!.AsArray().Select(i => $"{i!["code"]} {i["count"]}"));
    }

    [Fact]
    public async Task Of_a_closed_plan_they_are_still_told()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.CloseAsync(plan);

        Assert.Equal(2, (await host.Admin.GetAsync($"/plans/{plan}/gaps")).Must(200)["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_key_bound_to_another_department_is_told_of_no_plan()
    {
        var vof = await host.WithNewKeyAsync("reader", "vof");

        (await vof.GetAsync("/plans/soc-2026/gaps")).MustBeProblem(404, "not-found");
        (await host.Admin.GetAsync("/plans/soc-1999/gaps")).MustBeProblem(404, "not-found");
        Assert.Equal(2, (await vof.GetAsync("/plans/vof-2026/gaps")).Must(200)["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_is_304_until_the_figures_or_the_day_change()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        await own.Host.ActionAsync("soc-2026", new { title = "x", owner = "HR", dueDate = "2026-03-31" });
        own.Host.Clock.StopAt("2026-03-31T21:00:00Z");
        var first = await own.Host.Admin.GetAsync("/plans/soc-2026/gaps");
        (await own.Host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "y" })).Must(200);
        Assert.Equal(304, (await own.Host.Admin.GetAsync("/plans/soc-2026/gaps", ("If-None-Match", first.ETag!))).Status);

        own.Host.Clock.StopAt("2026-03-31T22:00:00Z");
        var second = await own.Host.Admin.GetAsync("/plans/soc-2026/gaps", ("If-None-Match", first.ETag!));
        Assert.Equal((0, 1), (first["count"]!.GetValue<int>(), second.Must(200)["count"]!.GetValue<int>()));

        (await own.Host.Admin.PatchAsync("/actions/soc-2026-1", new { statusReason = "Väntar" })).Must(200);
        Assert.Equal(0, (await own.Host.Admin.GetAsync("/plans/soc-2026/gaps", ("If-None-Match", second.ETag!))).Must(200)["count"]!.GetValue<int>());
    }
}
