namespace ActionPlan.Tests.CalendarFeeds;

public class GetCalendarFeedTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task It_is_there_for_its_maker_and_the_admins()
    {
        var maker = await host.WithNewKeyAsync("editor", "soc");
        var id = (await maker.PostAsync("/calendar-feeds", new { name = "Min", open = true })).Must(201)["id"];

        Assert.Equal("Min true", $"{(await maker.GetAsync($"/calendar-feeds/{id}")).Must(200)["name"]} {(await host.Admin.GetAsync($"/calendar-feeds/{id}")).Must(200)["open"]}");
        (await (await host.WithNewKeyAsync("editor", "soc")).GetAsync($"/calendar-feeds/{id}")).MustBeProblem(404);
        (await (await host.WithNewKeyAsync("admin", "vof")).GetAsync($"/calendar-feeds/{id}")).MustBeProblem(404);
        (await maker.GetAsync("/calendar-feeds/x")).MustBeProblem(404);
    }
}
