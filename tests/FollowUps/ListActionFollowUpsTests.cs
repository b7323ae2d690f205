namespace ActionPlan.Tests.FollowUps;

public class ListActionFollowUpsTests(ListActionFollowUpsTests.FourHost host) : IClassFixture<ListActionFollowUpsTests.FourHost>
{
    /// <summary>Four follow-ups of soc-2026-1, stored in the order of their notes, and one of soc-2026-2.</summary>
    public sealed class FourHost : PlanHost
    {
        // Before anything is written: time never goes back, and within a millisecond no order is promised.
        public FourHost() => Clock.StopAt("2026-04-02T08:00:00Z");

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            await this.ActionAsync("soc-2026", new { title = "Mentor", status = "done" });
            await this.ActionAsync("soc-2026");
            await this.FollowUpAsync("soc-2026-1", new { note = "A", date = "2026-03-02", prognosis = "red" });
            await this.FollowUpAsync("soc-2026-1", new { note = "B", date = "2026-03-01", kind = "evaluation", effect = "unchanged" });
            Clock.Advance(TimeSpan.FromMinutes(1));
            await this.FollowUpAsync("soc-2026-1", new { note = "C", date = "2026-03-02", kind = "check", effect = "tooEarly", nextFollowUpDate = "2026-04-01" });
            await this.FollowUpAsync("soc-2026-1", new { note = "D", date = "2026-04-01", kind = "check", effect = "improved", prognosis = "green" });
            await this.FollowUpAsync("soc-2026-2", new { note = "Den andras" });
        }
    }

    [Theory]
    [InlineData("", "D C A B")]
    [InlineData("?kind=check", "D C")]
    [InlineData("?kind=check,evaluation", "D C B")]
    [InlineData("?effect=improved", "D")]
    [InlineData("?effect=unchanged,tooEarly", "C B")]
    [InlineData("?prognosis=red", "A")]
    [InlineData("?prognosis=red,green", "D A")]
    [InlineData("?prognosis=yellow", "")]
    [InlineData("?date=2026-03-02", "C A")]
    [InlineData("?dateAfter=2026-03-01", "D C A")]
    [InlineData("?dateAfter=2026-04-01", "")]
    [InlineData("?dateBefore=2026-03-02", "B")]
    [InlineData("?dateAfter=2026-03-01&dateBefore=2026-04-01&kind=progress", "A")]
    [InlineData("?limit=2", "D C")]
    [InlineData("?limit=2&page=2", "A B")]
    [InlineData("?page=0", "")]
    [InlineData("?page=9", "")]
    public async Task The_latest_comes_first_and_a_filter_finds(string query, string notes)
    {
        var answer = await host.Admin.GetAsync($"/actions/soc-2026-1/follow-ups{query}");

        Assert.Equal(notes, string.Join(' ', answer.Items("note")));
        if (!query.Contains("page") && !query.Contains("limit")) Assert.Equal(answer.Items("note").Count(), answer["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("kind=kontroll", "kind unknownValue")]
    [InlineData("effect=", "effect unknownValue")]
    [InlineData("prognosis=none", "prognosis unknownValue")]
    [InlineData("date=ig%C3%A5r&dateAfter=2026-02-30&dateBefore=", "date wrongType, dateAfter wrongType, dateBefore wrongType")]
    [InlineData("due=30d", "due unknownParameter")]
    [InlineData("date=2026-01-01&date=2026-01-02", "date repeatedParameter")]
    public async Task A_faulty_parameter_is_told(string query, string faults)
    {
        var answer = await host.Admin.GetAsync($"/actions/soc-2026-1/follow-ups?{query}");

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
    }

    [Fact]
    public async Task Each_is_as_a_single_read_shows_it()
    {
        foreach (var item in (await host.Admin.GetAsync("/actions/soc-2026-1/follow-ups")).Must(200)["items"]!.AsArray())
            Assert.Equal((await host.Admin.GetAsync($"/actions/soc-2026-1/follow-ups/{item!["id"]}")).Must(200).Without(), item.Without());
    }

    [Fact]
    public async Task Links_say_who_may_add()
    {
        var reader = await host.WithNewKeyAsync("reader");

        var page = (await host.Admin.GetAsync("/actions/soc-2026-1/follow-ups")).Must(200);

        Assert.Equal(["create POST", "first GET", "last GET", "self GET", "up GET"], page.Links());
        Assert.Equal(["first GET", "last GET", "self GET", "up GET"], (await reader.GetAsync("/actions/soc-2026-1/follow-ups")).Must(200).Links());
        Assert.Equal($"{host.Address}action-plan/v1/actions/soc-2026-1", page.Link("up"));
    }

    [Theory]
    [InlineData("soc-2026-999")]
    [InlineData("soc-2026-01")]
    [InlineData("soc-1999-1")]
    [InlineData("x")]
    public async Task An_unknown_action_is_404(string key)
    {
        (await host.Admin.GetAsync($"/actions/{key}/follow-ups")).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task It_is_304_until_something_is_written()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var etag = (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).ETag!;
        Assert.Equal(304, (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups", ("If-None-Match", etag))).Status);

        await host.FollowUpAsync($"{plan}-1");

        Assert.Single((await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups", ("If-None-Match", etag))).Items("id"));
    }

    [Fact]
    public async Task Of_a_deleted_action_there_are_none()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.FollowUpAsync($"{plan}-1");
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).MustBeProblem(404);
        Assert.Empty((await host.Admin.GetAsync($"/follow-ups?plan={plan}")).Items("id"));
    }
}
