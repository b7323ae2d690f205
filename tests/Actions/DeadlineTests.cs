namespace ActionPlan.Tests.Actions;

public class DeadlineTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("""{"title":"x","deadline":"2027-03-31"}""", null, "2027-03-31", "2027-03-31")]
    [InlineData("""{"title":"x","deadline":"2027-03-31","startDate":"2027-01-01"}""", "2027-01-01", "2027-03-31", "2027-03-31")]
    [InlineData("""{"title":"x","deadline":"våren 2027"}""", null, null, "våren 2027")]
    [InlineData("""{"title":"x","dueDate":"2027-03-31"}""", null, "2027-03-31", "2027-03-31")]
    [InlineData("""{"title":"x","startDate":"2027-01-01","dueDate":"2027-03-31"}""", "2027-01-01", "2027-03-31", "2027-01-01 – 2027-03-31")]
    [InlineData("""{"title":"x","deadline":"2027-03-31","dueDate":"2027-04-30"}""", null, "2027-04-30", "2027-03-31")]
    public async Task A_wording_that_is_a_date_gives_the_last_day_and_dates_without_a_wording_get_one(string body, string? start, string? due, string deadline)
    {
        var action = (await host.Admin.PostAsync("/plans/soc-2026/actions", body)).Must(201);

        Assert.Equal((start, due, deadline), (action["startDate"]?.ToString(), action["dueDate"]?.ToString(), action["deadline"]?.ToString()));
    }

    [Fact]
    public async Task A_wording_that_names_a_day_before_the_first_is_a_fault_and_not_stored()
    {
        Assert.Equal(["/startDate startAfterDue"], (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "x", startDate = "2027-03-01", deadline = "2027-01-01" })).Faults());

        var key = (await host.ActionAsync("soc-2026", new { title = "x", startDate = "2027-03-01", dueDate = "2027-04-30" }))["key"];
        var refused = await host.Admin.PatchAsync($"/actions/{key}", new { deadline = "2027-01-01" });

        Assert.Equal((400, "/startDate startAfterDue"), (refused.Status, refused.Faults().Single()));
        Assert.Equal("2027-04-30", (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["dueDate"]!.ToString());
    }
}
