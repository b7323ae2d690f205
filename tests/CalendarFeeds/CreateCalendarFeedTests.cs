using ActionPlan.Actions;
using ActionPlan.CalendarFeeds;
using ActionPlan.Http;

namespace ActionPlan.Tests.CalendarFeeds;

public class CreateCalendarFeedTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Every_filter_of_the_list_may_stand_beside_the_name_and_is_shown_as_it_was_understood()
    {
        var answer = await host.Admin.PostAsync("/calendar-feeds", new
        {
            name = "Allt",
            q = "mentor & chef",
            plan = "soc-2026,vof-2026",
            department = "soc",
            focusArea = "halsa",
            status = "planned,inProgress",
            open = true,
            owner = "HR-enheten",
            participant = "Facken, alla",
            tag = "å=ä",
            measureNumber = "80",
            priority = "high",
            prognosis = "red",
            overdue = false,
            dueAfter = "2026-01-01",
            dueBefore = "2026-12-31",
            dueWithin = "3m",
            updatedSince = "2026-01-01T01:00:00+01:00",
            missing = "owner",
            gap = "missingOwner",
        });

        var feed = answer.Must(201);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/calendar/[0-9A-Za-z]{43}\.ics$", feed["url"]!.ToString());
        Assert.Equal("mentor & chef|soc-2026,vof-2026|planned,inProgress|true|Facken, alla|å=ä|false|2026-01-01|2026-01-01T00:00:00.000Z",
            string.Join('|', new[] { "q", "plan", "status", "open", "participant", "tag", "overdue", "dueAfter", "updatedSince" }.Select(name => feed[name]!.ToString())));
        Assert.Equal(feed.Link("self"), answer.Headers["Location"]);
        Assert.Equal(["collection GET", "delete DELETE", "related GET", "self GET"], feed.Links());
    }

    [Fact]
    public void Whatever_filters_the_list_filters_a_feed()
    {
        string[] form = ["page", "limit", "format", "dialect", "sort", "fields", "asOf", "deleted"];
        Assert.Equal(ActionQuery.Parameters.Select(p => p.Name).Except(form).Order(), Json.Properties(typeof(CalendarFeedInput)).Select(p => p.Name).Except(["name"]).Order());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_as_the_list_would_tell_it()
    {
        var answer = await host.Admin.PostAsync("/calendar-feeds", new { status = "klar", dueWithin = "snart", measureNumber = "x", open = "ja", url = "x", sort = "title" });

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(["/dueWithin wrongType", "/measureNumber wrongType", "/name required", "/open wrongType", "/sort unknownProperty", "/status unknownValue", "/url readOnlyProperty"], answer.Faults());
    }

    [Fact]
    public async Task Its_address_is_nowhere_to_be_read_afterwards()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var feed = (await host.Admin.PostAsync("/calendar-feeds", new { name = "En gång" }, key)).Must(201);
        var token = feed["url"]!.ToString().Split('/')[^1][..^4];

        var again = await host.Admin.PostAsync("/calendar-feeds", new { name = "En gång" }, key);
        var shown = await host.Admin.GetAsync($"/calendar-feeds/{feed["id"]}");

        Assert.Equal((201, feed["id"]!.ToString()), (again.Status, again["id"]!.ToString()));
        Assert.DoesNotContain("\"url\"", again.Text + shown.Text + (await host.Admin.GetAsync("/calendar-feeds")).Text, StringComparison.Ordinal);
        foreach (var sql in new[] { "select * from calendar_feed", "select * from change", "select * from idempotency_key" })
            Assert.DoesNotContain(token, string.Concat((await host.RowsAsync(sql)).SelectMany(row => row.Values)), StringComparison.Ordinal);
    }
}
