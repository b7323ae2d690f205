using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Deadlines;

public class DeadlineTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("""{"deadline":"2027-03-31"}""", " 2027-03-31 none 0", "2027-03-31")]
    [InlineData("""{"deadline":"våren 2027"}""", "2027-03-01 2027-05-31 none 0", "våren 2027")]
    [InlineData("""{"deadline":"  Våren  2027. "}""", "2027-03-01 2027-05-31 none 0", "  Våren  2027. ")]
    [InlineData("""{"deadline":"senast 31 mars"}""", " 2026-03-31 none 0", "senast 31 mars")]
    [InlineData("""{"deadline":"löpande"}""", "2026-01-01  continuous 0", "löpande")]
    [InlineData("""{"deadline":"månadsvis"}""", "2026-01-01 2026-12-31 monthly 0", "månadsvis")]
    [InlineData("""{"deadline":"snarast"}""", "   1", "snarast")]
    [InlineData("""{"deadline":"vintern 2026"}""", "   1", "vintern 2026")]
    [InlineData("""{"deadline":null}""", "   0", null)]
    // Dates alone get a wording.
    [InlineData("""{"dueDate":"2027-03-31"}""", " 2027-03-31 none 0", "31 mars 2027")]
    [InlineData("""{"startDate":"2027-01-01","dueDate":"2027-03-31"}""", "2027-01-01 2027-03-31 none 0", "1 januari–31 mars 2027")]
    [InlineData("""{"startDate":"2027-01-01"}""", "2027-01-01   0", null)]
    // Together, the dates win, and a warning says if they differ.
    [InlineData("""{"deadline":"2027-03-31","startDate":"2027-01-01"}""", "2027-01-01 2027-03-31 none 0", "2027-03-31")]
    [InlineData("""{"deadline":"2027-03-31","dueDate":"2027-04-30"}""", " 2027-04-30 none 1", "2027-03-31")]
    [InlineData("""{"deadline":"våren 2027","dueDate":"2027-05-31"}""", "2027-03-01 2027-05-31 none 0", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027","dueDate":"2027-06-15"}""", " 2027-06-15 none 1", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027","dueDate":"2027-01-31"}""", " 2027-01-31 none 1", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027","startDate":"2027-04-01"}""", "2027-04-01 2027-05-31 none 1", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027","recurrence":"monthly"}""", "2027-03-01 2027-05-31 monthly 0", "våren 2027")]
    [InlineData("""{"deadline":"snarast","dueDate":"2027-03-31"}""", " 2027-03-31  0", "snarast")]
    [InlineData("""{"deadline":"löpande","dueDate":"2026-03-31"}""", "2026-01-01 2026-03-31 none 1", "löpande")]
    [InlineData("""{"deadline":"hösten","dueDate":"2027-11-30"}""", " 2027-11-30 none 1", "hösten")]
    [InlineData("""{"deadline":"månadsvis","dueDate":"2026-06-30"}""", "2026-01-01 2026-06-30 monthly 0", "månadsvis")]
    public async Task An_action_is_created_with_what_its_wording_and_its_dates_say(string body, string dates, string? wording)
    {
        var given = JsonNode.Parse(body)!.AsObject();
        given["title"] = "x";

        var action = await host.ActionAsync("soc-2026", given.ToJsonString());

        Assert.Equal((dates, wording), (Dates(action), action["deadline"]?.ToString()));
    }

    [Theory]
    // A new wording takes the place of what followed from the old one.
    [InlineData("""{"deadline":"våren 2027"}""", """{"deadline":"2027-10-01"}""", " 2027-10-01 none 0", "2027-10-01")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"deadline":"snarast"}""", "   1", "snarast")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"deadline":null}""", "   0", null)]
    [InlineData("""{"deadline":"våren 2027"}""", """{"deadline":"löpande"}""", "2026-01-01  continuous 0", "löpande")]
    [InlineData("""{"deadline":"månadsvis"}""", """{"deadline":"våren 2027"}""", "2027-03-01 2027-05-31 none 0", "våren 2027")]
    [InlineData("""{"deadline":"hösten"}""", """{"deadline":"snarast"}""", "   1", "snarast")]
    [InlineData("""{"deadline":"före 1 januari"}""", """{"deadline":"snarast"}""", "   1", "snarast")]
    [InlineData("""{"dueDate":"2027-03-31"}""", """{"deadline":null}""", "   0", null)]
    [InlineData("""{"startDate":"2027-03-01","dueDate":"2027-04-30"}""", """{"deadline":"2027-01-01"}""", " 2027-01-01 none 0", "2027-01-01")]
    // What was given by hand stays until a wording names another.
    [InlineData("""{"deadline":"snarast","dueDate":"2027-03-31"}""", """{"deadline":"omgående"}""", " 2027-03-31  0", "omgående")]
    [InlineData("""{"deadline":"snarast","dueDate":"2027-03-31"}""", """{"deadline":null}""", " 2027-03-31 none 0", "31 mars 2027")]
    [InlineData("""{"deadline":"snarast","dueDate":"2027-03-31"}""", """{"deadline":"våren 2027"}""", "2027-03-01 2027-05-31 none 0", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027","recurrence":"monthly"}""", """{"deadline":"hösten 2027"}""", "2027-09-01 2027-11-30 monthly 0", "hösten 2027")]
    [InlineData("""{"deadline":"2027-03-31","startDate":"2027-01-01"}""", """{"deadline":"2027-04-30"}""", "2027-01-01 2027-04-30 none 0", "2027-04-30")]
    [InlineData("""{"deadline":"våren 2027","dueDate":"2027-06-15"}""", """{"deadline":"våren 2027"}""", " 2027-06-15 none 1", "våren 2027")]
    // New dates: a wording made here follows them, one in people's own words stays.
    [InlineData("""{"dueDate":"2027-03-31"}""", """{"startDate":"2027-03-01"}""", "2027-03-01 2027-03-31 none 0", "1–31 mars 2027")]
    [InlineData("""{"dueDate":"2027-03-31"}""", """{"dueDate":null}""", "  none 0", null)]
    [InlineData("""{}""", """{"dueDate":"2027-03-31"}""", " 2027-03-31 none 0", "31 mars 2027")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"dueDate":"2027-06-15"}""", "2027-03-01 2027-06-15 none 1", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"dueDate":null}""", "2027-03-01  none 1", "våren 2027")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"deadline":"hösten 2027","dueDate":"2027-12-24"}""", " 2027-12-24 none 1", "hösten 2027")]
    [InlineData("""{"deadline":"våren 2027"}""", """{"title":"y"}""", "2027-03-01 2027-05-31 none 0", "våren 2027")]
    public async Task An_action_is_changed_as_its_new_wording_or_its_new_dates_say(string body, string patch, string dates, string? wording)
    {
        var given = JsonNode.Parse(body)!.AsObject();
        given["title"] = "x";
        var key = (await host.ActionAsync("soc-2026", given.ToJsonString()))["key"];

        var action = (await host.Admin.PatchAsync($"/actions/{key}", patch)).Must(200);

        Assert.Equal((dates, wording), (Dates(action), action["deadline"]?.ToString()));
    }

    [Fact]
    public async Task A_wording_that_names_a_day_before_the_first_is_a_fault_and_not_stored()
    {
        Assert.Equal(["/startDate startAfterDue"], (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "x", startDate = "2027-03-01", deadline = "2027-01-01" })).Faults());

        var key = (await host.ActionAsync("soc-2026", new { title = "x", deadline = "2027-04-30", startDate = "2027-03-01" }))["key"];
        var refused = await host.Admin.PatchAsync($"/actions/{key}", new { deadline = "2027-01-01" });

        Assert.Equal((400, "/startDate startAfterDue"), (refused.Status, refused.Faults().Single()));
        Assert.Equal("2027-04-30", (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["dueDate"]!.ToString());
    }

    [Fact]
    public async Task A_plan_whose_period_moves_leaves_the_dates_of_its_actions_alone()
    {
        var plan = Given.Key();
        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "x", periodStart = "2026-01-01", periodEnd = "2026-12-31" })).Must(201);
        var autumn = await host.ActionAsync(plan, new { title = "x", deadline = "hösten" });
        var monthly = await host.ActionAsync(plan, new { title = "x", deadline = "varje månad" });

        (await host.Admin.PatchAsync($"/plans/{plan}", new { periodStart = "2027-01-01", periodEnd = "2028-12-31" })).Must(200);

        Assert.Equal(autumn.Without(), (await host.Admin.GetAsync($"/actions/{autumn["key"]}")).Must(200).Without());
        Assert.Equal(monthly.Without(), (await host.Admin.GetAsync($"/actions/{monthly["key"]}")).Must(200).Without());
        Assert.Equal("2027-01-01 2028-12-31 monthly 0", Dates(await host.ActionAsync(plan, new { title = "x", deadline = "varje månad" })));
        Assert.Equal("   1", Dates(await host.ActionAsync(plan, new { title = "x", deadline = "hösten" })));
    }

    [Fact]
    public async Task A_warning_is_told_in_the_language_of_the_request()
    {
        var key = (await host.ActionAsync("soc-2026", new { title = "x", deadline = "vintern 2026" }))["key"];

        var swedish = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        var english = (await host.Admin.GetAsync($"/actions/{key}", ("Accept-Language", "en"))).Must(200);

        Assert.Equal("Tidsangivelsen ”vintern 2026” kan betyda flera saker och ger därför inget datum. Skriv till exempel ”vintern 2025/2026” eller ”vintern 2026/2027”.", swedish["warnings"]![0]!.ToString());
        Assert.Equal("The deadline \"vintern 2026\" may mean several things, so it gives no date. Write for example \"vintern 2025/2026\" or \"vintern 2026/2027\".", english["warnings"]![0]!.ToString());
    }

    [Theory]
    [InlineData("senast 15 juni 2026", "2026-06-15T21:59:59Z", "2026-06-15T22:00:00Z")]
    [InlineData("årsskiftet 2026/27", "2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z")]
    [InlineData("28 mars 2026", "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z")]
    [InlineData("vecka 13 2026", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z")]
    [InlineData("24 oktober 2026", "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z")]
    [InlineData("vecka 43 2026", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z")]
    public async Task It_is_overdue_from_the_midnight_in_Stockholm_after_the_last_day(string wording, string last, string after)
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        var key = (await own.Host.ActionAsync("soc-2026", new { title = "x", deadline = wording }))["key"]!.ToString();
        await own.Host.ActionAsync("soc-2026", new { title = "x", deadline = "löpande" });
        var due = DateOnly.Parse((await own.Host.Admin.GetAsync($"/actions/{key}")).Must(200)["dueDate"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var (before, later) = ($"{due.AddDays(-1):yyyy-MM-dd}", $"{due.AddDays(1):yyyy-MM-dd}");

        own.Host.Clock.StopAt(last);
        Assert.Equal((false, false, true, true), await SeenAsync());
        own.Host.Clock.StopAt(after);
        Assert.Equal((true, true, false, true), await SeenAsync());

        async Task<(bool IsOverdue, bool Overdue, bool Within, bool Between)> SeenAsync() => (
            (await own.Host.Admin.GetAsync($"/actions/{key}")).Must(200)["isOverdue"]!.GetValue<bool>(),
            await ShowsAsync("overdue=true"), await ShowsAsync("dueWithin=0d"), await ShowsAsync($"dueAfter={before}&dueBefore={later}"));

        async Task<bool> ShowsAsync(string filter)
        {
            var shown = (await own.Host.Admin.GetAsync("/actions?" + filter)).Items("key").ToList();
            Assert.All(shown, found => Assert.Equal(key, found));
            return shown.Count == 1;
        }
    }

    static string Dates(JsonNode action) => $"{action["startDate"]} {action["dueDate"]} {action["recurrence"]} {action["warnings"]!.AsArray().Count}";
}
