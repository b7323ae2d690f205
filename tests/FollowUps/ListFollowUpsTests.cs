namespace ActionPlan.Tests.FollowUps;

/// <summary>What was made, and what is expected, over six actions that no test changes.</summary>
public class ListFollowUpsTests(ListFollowUpsTests.SixHost host) : IClassFixture<ListFollowUpsTests.SixHost>
{
    /// <summary>
    /// It is 1 April 2026, half past midnight in Stockholm. Expected are Alfa (HR, late), Beta (done, today), Gamma (in a month) and
    /// Delta (vof, within the week); Epsilon is cancelled and Zeta has no day.
    /// </summary>
    public sealed class SixHost : PlanHost
    {
        public Api Vof { get; private set; } = null!;

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Clock.StopAt("2026-03-31T22:30:00Z");
            await this.ActionAsync("soc-2026", new { title = "Alfa", owner = "HR-enheten" });
            await this.ActionAsync("soc-2026", new { title = "Beta", status = "done", owner = "Ekonomi" });
            await this.ActionAsync("soc-2026", new { title = "Gamma" });
            await this.ActionAsync("soc-2026", new { title = "Epsilon", nextFollowUpDate = "2026-03-01", status = "cancelled", statusReason = "Utgår" });
            await this.ActionAsync("soc-2026", new { title = "Zeta" });
            await this.ActionAsync("vof-2026", new { title = "Delta", owner = "hr enheten" });
            await this.FollowUpAsync("soc-2026-1", new { note = "A", date = "2026-02-01", prognosis = "red", nextFollowUpDate = "2026-03-31" });
            await this.FollowUpAsync("soc-2026-2", new { note = "B", date = "2026-03-01", kind = "check", effect = "tooEarly", nextFollowUpDate = "2026-04-01" });
            await this.FollowUpAsync("soc-2026-3", new { note = "C", date = "2026-01-01", nextFollowUpDate = "2026-05-01" });
            await this.FollowUpAsync("vof-2026-1", new { note = "D", date = "2026-02-02", kind = "evaluation", effect = "improved", prognosis = "green", nextFollowUpDate = "2026-04-07" });
            Vof = await WithNewKeyAsync("editor", "vof");
        }
    }

    [Theory]
    [InlineData("", "B D A C")]
    [InlineData("plan=soc-2026", "B A C")]
    [InlineData("plan=soc-2026,vof-2026", "B D A C")]
    [InlineData("plan=soc-1999", "")]
    [InlineData("department=vof", "D")]
    [InlineData("owner=HR%20enheten", "D A")]
    [InlineData("owner=hrenheten&owner=ekonomi", "B D A")]
    [InlineData("owner=---", "")]
    [InlineData("owner=HR-enheten&department=soc", "A")]
    [InlineData("kind=check,evaluation", "B D")]
    [InlineData("effect=improved", "D")]
    [InlineData("prognosis=red,green", "D A")]
    [InlineData("date=2026-02-02", "D")]
    [InlineData("dateAfter=2026-02-01&dateBefore=2026-03-01", "D")]
    [InlineData("limit=1&page=2", "D")]
    public async Task Of_what_was_made_the_latest_comes_first(string query, string notes)
    {
        Assert.Equal(notes, string.Join(' ', (await host.Admin.GetAsync($"/follow-ups?{query}")).Items("note")));
    }

    [Theory]
    [InlineData("due=0d", "Alfa Beta")]
    [InlineData("due=5d", "Alfa Beta")]
    [InlineData("due=6d", "Alfa Beta Delta")]
    [InlineData("due=1w", "Alfa Beta Delta")]
    [InlineData("due=1m", "Alfa Beta Delta Gamma")]
    [InlineData("due=29d", "Alfa Beta Delta")]
    [InlineData("due=30d", "Alfa Beta Delta Gamma")]
    [InlineData("due=9999m", "Alfa Beta Delta Gamma")]
    [InlineData("due=30d&plan=soc-2026", "Alfa Beta Gamma")]
    [InlineData("due=30d&department=vof", "Delta")]
    [InlineData("due=30d&owner=HR-enheten", "Alfa Delta")]
    [InlineData("due=30d&owner=ekonomi&owner=hrenheten&plan=soc-2026", "Alfa Beta")]
    [InlineData("due=30d&limit=2&page=2", "Delta Gamma")]
    public async Task Of_what_is_expected_the_most_urgent_comes_first(string query, string titles)
    {
        var answer = await host.Admin.GetAsync($"/follow-ups?{query}");

        Assert.Equal(titles, string.Join(' ', answer.Items("title")));
        if (!query.Contains("limit")) Assert.Equal(answer.Items("title").Count(), answer["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_expected_says_of_what_and_when_and_leads_to_where_it_is_made()
    {
        var items = (await host.Admin.GetAsync("/follow-ups?due=0d")).Must(200)["items"]!.AsArray();

        Assert.Equal(Body.Spelled(
            """
            {
              "id": null, "action": "soc-2026-1", "plan": "soc-2026", "title": "Alfa", "owner": "HR-enheten", "date": "2026-03-31", "kind": "progress",
              "note": null, "author": null, "prognosis": "red", "effect": null, "nextFollowUpDate": "2026-03-31", "createdAt": null
            }
            """), items[0]!.Without("_links"));
        Assert.Equal(["create POST", "up GET"], items[0]!.Links());
        Assert.Equal($"{host.Address}action-plan/v1/actions/soc-2026-1/follow-ups", items[0]!.Link("create"));
        // What is done is to be checked.
        Assert.Equal("check", items[1]!["kind"]!.ToString());
        var reader = await host.WithNewKeyAsync("reader");
        Assert.Equal(["up GET"], (await reader.GetAsync("/follow-ups?due=0d")).Must(200)["items"]![0]!.Links());
    }

    [Fact]
    public async Task What_is_late_is_what_missing_and_gap_say_too()
    {
        foreach (var query in new[] { "missing=followUp", "gap=followUpPast" })
            Assert.Equal(["Alfa"], (await host.Admin.GetAsync($"/actions?{query}")).Items("title"));
    }

    [Fact]
    public async Task A_key_bound_to_a_department_sees_and_counts_its_own_alone()
    {
        foreach (var (query, title) in new[] { ("", "Delta"), ("due=1m", "Delta"), ("owner=HR-enheten", "Delta"), ("due=1m&owner=HR-enheten", "Delta"), ("plan=soc-2026", ""), ("due=1m&department=soc", "") })
        {
            var answer = await host.Vof.GetAsync($"/follow-ups?{query}");
            Assert.Equal(title, string.Join(' ', answer.Items("title")));
            Assert.Equal(title.Length > 0 ? 1 : 0, answer["_meta"]!["totalRecords"]!.GetValue<int>());
        }
    }

    [Theory]
    [InlineData("due=30", "due wrongType")]
    [InlineData("due=", "due wrongType")]
    [InlineData("due=99999m", "due tooLong")]
    [InlineData("due=1d&due=2d", "due repeatedParameter")]
    [InlineData("due=30d&kind=check&dateAfter=2026-01-01", "dateAfter notWithDue, kind notWithDue")]
    [InlineData("due=30d&effect=improved&prognosis=red&date=2026-01-01&dateBefore=2026-01-01", "date notWithDue, dateBefore notWithDue, effect notWithDue, prognosis notWithDue")]
    [InlineData("kind=kontroll&colour=red", "colour unknownParameter, kind unknownValue")]
    public async Task A_faulty_parameter_is_told(string query, string faults)
    {
        var answer = await host.Admin.GetAsync($"/follow-ups?{query}");

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
    }

    [Fact]
    public async Task In_both_languages_it_is_said_why_a_filter_does_not_go_with_due()
    {
        Assert.Equal("Gäller uppföljningar som är gjorda och kan inte anges tillsammans med due.", await DetailAsync("sv"));
        Assert.Equal("Is about follow-ups that have been made, and cannot be given together with due.", await DetailAsync("en"));

        async Task<string> DetailAsync(string language) =>
            (await host.Admin.GetAsync("/follow-ups?due=30d&kind=check", ("Accept-Language", language)))["errors"]![0]!["detail"]!.ToString();
    }

    [Fact]
    public async Task It_is_304_until_something_is_written_or_a_day_has_passed()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2026-03-31T21:30:00Z");
        await own.Host.ActionAsync("soc-2026", new { title = "x", nextFollowUpDate = "2026-04-01" });
        var today = await own.Host.Admin.GetAsync("/follow-ups?due=0d");
        Assert.Empty(today.Items("title"));
        Assert.Equal(304, (await own.Host.Admin.GetAsync("/follow-ups?due=0d", ("If-None-Match", today.ETag!))).Status);

        own.Host.Clock.StopAt("2026-03-31T22:30:00Z");

        Assert.Equal(["x"], (await own.Host.Admin.GetAsync("/follow-ups?due=0d", ("If-None-Match", today.ETag!))).Items("title"));
    }
}
