using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Pages;

public partial class ReportPageTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly (string, string) Html = ("Accept", "text/html");

    [Theory]
    [InlineData("")]
    [InlineData("?asOf=2015-12-31&from=2015-08-31")]
    [InlineData("?asOf=2016-06-15T10:00:00Z")]
    public async Task Its_figures_are_those_of_the_api(string query)
    {
        var asOf = query.Length == 0 ? "" : "?" + query.Split('?', '&')[1];
        var summary = (await host.Admin.GetAsync($"/plans/soc-2015/summary{asOf}")).Must(200);
        var gaps = (await host.Admin.GetAsync($"/plans/soc-2015/gaps{asOf}")).Must(200);
        var comparison = (await host.Admin.GetAsync($"/plans/soc-2015/comparison?from=2015-08-31{(asOf.Length == 0 ? "" : "&to=" + asOf.Split('=')[1])}")).Must(200);

        var page = (await host.Admin.GetAsync($"//reports/soc-2015{query}", Html)).MustBe(200);

        var figures = Figures(page);
        Assert.Equal((int)summary["total"]!, figures["Åtgärder"]);
        Assert.Equal((int)summary["byStatus"]!["done"]! + (int)summary["byStatus"]!["verified"]!, figures["Klara"]);
        foreach (var (name, label) in new[] { ("open", "Öppna"), ("overdue", "Försenade"), ("dueSoon", "Ska vara klara inom 30 dagar"), ("withoutOwner", "Utan ansvarig") })
            Assert.Equal((int)summary[name]!, figures[label]);
        foreach (var (name, label) in new[]
        {
            ("added", "Nya"), ("removed", "Borttagna"), ("newlyDone", "Blivit klara"), ("newlyVerified", "Kontrollerade"), ("becameOverdue", "Blivit försenade"),
            ("deadlineMoved", "Fått ny tid"), ("ownerChanged", "Fått ny ansvarig"), ("statusChanged", "Fått ny status"), ("followUps", "Uppföljningar"),
        })
            Assert.Equal(comparison[name]!.AsArray().Count, figures[label]);

        var areas = Table(page, "areas");
        Assert.Equal(summary["focusAreas"]!.AsArray().Select(Counts).Append(Counts(summary.AsObject())), areas);
        Assert.Equal(gaps["gaps"]!.AsArray().Select(gap => gap!["count"]!.ToString()), Table(page, "wordy").Select(row => row.Split(' ')[^1]));
        Assert.All(summary["owners"]!.AsArray(), owner => Assert.Contains($">{owner!["owner"]}</a></th>", page, StringComparison.Ordinal));
        Assert.All(summary["categories"]!.AsArray(), category => Assert.Contains(category!["category"]!.ToString(), page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_was_is_what_it_was_shown_as_then()
    {
        await using var own = await OwnHost.StartAsync(new ApiHost([("Seeds:Load", "demo")]));
        var admin = own.Host.Admin;
        own.Host.Clock.StopAt("2027-03-01T10:00:00Z");
        (await admin.PostAsync("/plans/soc-2015/presentations", new { date = "2027-01-15", board = "Socialnämnden", paragraph = "§ 12" })).Must(201);
        (await admin.PostAsync("/plans/soc-2015/actions", new { title = "Prova dubbelbemanning", isTrial = true, decisionDueDate = "2027-06-01", status = "inProgress", dueDate = "2027-03-20", isHighlighted = true })).Must(201);
        (await admin.PostAsync("/indicators", new { key = "kort", department = "soc", name = "Kort sjukfrånvaro", unitOfMeasure = "procent", direction = "lowerIsBetter", interval = "monthly", target = new { @operator = "<=", value = 3.5 }, actions = (string[])["soc-2015-2"] })).Must(201);
        foreach (var (period, unit, value) in new[] { ("2026-11", null, 4.25), ("2026-12", (string?)null, 4.1), ("2027-02", null, 3.4), ("2026-12", "Barn & unga", 5) })
            (await admin.SendAsync("PUT", $"/indicators/kort/values/{period}", new { value, unit })).Must(201);
        var then = await admin.GetAsync("//reports/soc-2015", Html);

        own.Host.Clock.StopAt("2027-05-01T10:00:00Z");
        (await admin.PostAsync("/plans/soc-2015/presentations", new { date = "2027-03-01", board = "Kommunfullmäktige" })).Must(201);
        (await admin.PostAsync("/plans/soc-2015/actions", new { title = "Något nytt", status = "proposed", isHighlighted = true, owner = "En ny enhet" })).Must(201);
        (await admin.PatchAsync("/actions/soc-2015-2", new { status = "done", owner = "Rektor", dueDate = "2027-04-01" })).Must(200);
        (await admin.DeleteAsync("/actions/soc-2015-3")).Must(204);
        (await admin.SendAsync("PUT", "/indicators/kort/values/2027-01", new { value = 9.9 })).Must(201);
        (await admin.PatchAsync("/indicators/kort", new { target = new { @operator = "<=", value = 2 } })).Must(200);
        (await admin.PostAsync("/actions/soc-2015-2/follow-ups", new { kind = "check", effect = "improved" })).Must(201);
        (await admin.PatchAsync("/plans/soc-2015", new { title = "En annan titel", registryNumber = "SN 2027/1" })).Must(200);
        (await admin.PatchAsync("/plans/soc-2015/focus-areas/moten", new { title = "Andra möten" })).Must(200);
        var since = await admin.GetAsync("//reports/soc-2015", Html);
        var asOf = await admin.GetAsync("//reports/soc-2015?asOf=2027-03-01T10:00:30Z", Html);

        Assert.NotEqual(Moment().Replace(then.MustBe(200), ""), Moment().Replace(since.MustBe(200), ""));
        Assert.Contains("Läget den 1 mars 2027</p>", then.Text, StringComparison.Ordinal);
        Assert.Contains("Läget den 1 mars 2027 kl. 11.00</p>", asOf.Text, StringComparison.Ordinal);
        // Save the line that tells the moment, and the links, which go on to the same.
        Assert.Equal(Moment().Replace(then.Text, ""), Moment().Replace(asOf.MustBe(200), ""));
    }

    [Fact]
    public async Task An_indicator_is_drawn_with_its_target_its_gaps_and_every_value_in_a_table()
    {
        await using var own = await OwnHost.StartAsync(new ApiHost([("Seeds:Load", "demo")]));
        var admin = own.Host.Admin;
        own.Host.Clock.StopAt("2027-04-10T10:00:00Z");
        (await admin.PostAsync("/indicators", new { key = "kort", department = "soc", name = "Kort <b>sjukfrånvaro</b>", unitOfMeasure = "procent", direction = "lowerIsBetter", interval = "monthly", target = new { @operator = "<=", value = 3.5 }, actions = (string[])["soc-2015-2"] })).Must(201);
        foreach (var (period, unit, value) in new[] { ("2026-11", (string?)null, 4.25), ("2026-12", null, 4.1), ("2027-02", null, 3.4), ("2027-03", "Barn & unga", 1200.5) })
            (await admin.SendAsync("PUT", $"/indicators/kort/values/{period}", new { value, unit })).Must(201);
        var indicator = (await admin.GetAsync("/indicators/kort")).Must(200);

        var page = (await admin.GetAsync("//reports/soc-2015", Html)).MustBe(200).Replace("&#xA0;", "\u00a0").Split("Kort &lt;b&gt;sjukfrånvaro&lt;/b&gt;</h3>")[1].Split("</article>")[0];

        Assert.Equal(2, (int)indicator["missingCount"]!);
        Assert.Contains("procent · lägre är bättre · mål: högst 3,5 · 2 värden saknas", page, StringComparison.Ordinal);
        Assert.Contains("2027-02: 3,4, målet är nått. 0,85 lägre än 2026-11, alltså bättre.", page, StringComparison.Ordinal);
        Assert.Contains("2027-03: 1\u00a0200,5, målet är inte nått.", page, StringComparison.Ordinal);
        var charts = page.Split("<svg")[1..];
        Assert.Equal(2, charts.Length);
        Assert.Equal((2, 2, 3, 1), (Count(charts[0], "<polyline"), Count(charts[0], "class=\"gap\""), Count(charts[0], "<circle"), Count(charts[0], "class=\"target\"")));
        Assert.Equal((1, 0, 1, 1), (Count(charts[1], "<polyline"), Count(charts[1], "class=\"gap\""), Count(charts[1], "<circle"), Count(charts[1], "class=\"target\"")));
        Assert.Equal(
            ["4,25 –", "4,1 –", "saknas –", "3,4 –", "saknas 1\u00a0200,5"],
            Row().Matches(page.Split("<tbody>")[1]).Select(row => string.Join(' ', Cell().Matches(row.Value).Select(cell => cell.Groups[1].Value))));

        // Long afterwards the drawing still shows the values, and that none has come since.
        own.Host.Clock.StopAt("2037-04-10T10:00:00Z");
        var late = (await admin.GetAsync("//reports/soc-2015", Html)).MustBe(200).Split("sjukfrånvaro&lt;/b&gt;</h3>")[1].Split("</article>")[0].Split("<svg")[1];
        Assert.Equal((3, 7), (Count(late, "<circle"), Count(late, "class=\"gap\"")));
        Assert.Contains(">2027-08</text>", late, StringComparison.Ordinal);

        static int Count(string text, string what) => text.Split(what).Length - 1;
    }

    [Fact]
    public async Task It_begins_where_the_plan_was_presented_last_or_where_it_is_told()
    {
        Assert.Contains("Jämfört med den 31 augusti 2015, då planen redovisades för Socialnämnden.", await PageAsync(""), StringComparison.Ordinal);
        Assert.Contains("Jämfört med den 1 september 2015.", await PageAsync("?from=2015-09-01"), StringComparison.Ordinal);
        Assert.Contains("Planen har inte redovisats tidigare. Jämfört med den 31 januari 2015, då den skapades.", await PageAsync("?asOf=2015-08-31"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_department_is_that_of_the_plan_or_there_is_no_such_report()
    {
        Assert.Equal(await PageAsync(""), await PageAsync("?department=soc"));
        (await host.Admin.GetAsync("//reports/soc-2015?department=vof", Html)).MustBe(404, "Finns inte");
    }

    [Theory]
    [InlineData("?from=2015-09-02&asOf=2015-09-01", "<strong>from</strong>")]
    [InlineData("?asOf=2999-01-01", "<strong>asOf</strong>")]
    [InlineData("?from=i%20fjol&to=nu", "<strong>to</strong>")]
    public async Task A_moment_that_cannot_be_is_a_page_that_says_so(string query, string text)
    {
        (await host.Admin.GetAsync("//reports/soc-2015" + query, Html)).MustBe(400, text);
    }

    async Task<string> PageAsync(string query) => (await host.Admin.GetAsync("//reports/soc-2015" + query, Html)).MustBe(200);

    static string Counts(JsonNode? counts)
    {
        var by = counts!["byStatus"]!;
        return string.Join(' ', new[] { counts["total"], by["verified"], by["done"], by["inProgress"], by["planned"], by["proposed"], by["paused"], (int)by["cancelled"]! + (int)by["rejected"]!, counts["overdue"] }.Select(n => n!.ToString()));
    }

    static Dictionary<string, int> Figures(string page) => Figure().Matches(page).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    // The numbers of each row of the body and the foot.
    static IEnumerable<string> Table(string page, string name) =>
        Row().Matches(Regex.Match(page, $"<table class=\"{name}\">.*?</table>", RegexOptions.Singleline).Value.Split("</thead>")[1])
            .Select(row => string.Join(' ', Cell().Matches(row.Value).Select(cell => Tag().Replace(cell.Groups[1].Value, "").Trim())));

    [GeneratedRegex("<dt>([^<]*)</dt>\\s*<dd>(\\d+)")]
    private static partial Regex Figure();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<p class=\"as-of\">.*?</p>|(\\?|&amp;)asOf=[^\"&]*")]
    private static partial Regex Moment();
}
