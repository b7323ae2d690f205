namespace ActionPlan.Tests.CalendarFeeds;

public class DeleteCalendarFeedTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Its_address_shows_nothing_any_more_and_its_history_stays()
    {
        var feed = (await host.Admin.PostAsync("/calendar-feeds", new { name = "Bort" })).Must(201);
        var path = "/" + new Uri(feed["url"]!.ToString()).AbsolutePath;
        Assert.Equal(200, (await host.Anonymous.GetAsync(path)).Status);

        (await (await host.WithNewKeyAsync("editor", "soc")).DeleteAsync($"/calendar-feeds/{feed["id"]}")).MustBeProblem(404);
        (await host.Admin.DeleteAsync($"/calendar-feeds/{feed["id"]}", ("If-Match", "\"7\""))).MustBeProblem(412);
        (await host.Admin.DeleteAsync($"/calendar-feeds/{feed["id"]}")).Must(204);

        (await host.Anonymous.GetAsync(path)).MustBeProblem(404);
        (await host.Admin.GetAsync($"/calendar-feeds/{feed["id"]}")).MustBeProblem(404);
        Assert.Equal(["created", "deleted"], (await host.Admin.GetAsync("/changes?resource=calendarFeed")).Items("kind"));
    }
}
