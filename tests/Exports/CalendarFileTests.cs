using System.Text;

namespace ActionPlan.Tests.Exports;

public class CalendarFileTests(ExportHost host) : IClassFixture<ExportHost>
{
    [Fact]
    public async Task There_is_an_all_day_event_for_each_due_date_and_no_alarm()
    {
        var file = await host.FileAsync("format=ics");
        var events = Events(file);

        Assert.Equal("text/calendar; charset=utf-8", file.Headers["Content-Type"]);
        Assert.Equal(["20261130 20261201", "20260301 20260302", "18991231 19000101", "20260505 20260506"], events.Select(e => $"{e["DTSTART;VALUE=DATE"]} {e["DTEND;VALUE=DATE"]}"));
        Assert.Equal(["CONFIRMED", "CONFIRMED", "CANCELLED", "TENTATIVE"], events.Select(e => e["STATUS"]));
        Assert.DoesNotContain("VALARM", file.Text, StringComparison.Ordinal);
        Assert.Equal("CALSCALE:GREGORIAN|NAME:Åtgärdsplan Socialförvaltningen|X-WR-CALNAME:Åtgärdsplan Socialförvaltningen|REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            string.Join('|', Unfolded(file).Skip(3).Take(4)));
    }

    [Fact]
    public async Task An_event_tells_what_is_to_be_done_by_whom_and_where_to_read_on()
    {
        var first = Events(await host.FileAsync("format=ics"))[0];

        Assert.Equal("Allt på en gång", first["SUMMARY"]);
        Assert.Equal("""Beskrivning: Första raden\; "citat"\nAndra raden\, å ä ö 😀\nOmråde: Hälsa\; arbetsmiljö\nStatus: Pausad\nAnsvarig: HR-enheten\nMedverkande: Vision\, Kommunal\nFacken\nTidplan: hösten 2026\nFörväntad effekt: =1+1""", first["DESCRIPTION"]);
        Assert.Equal("ett,två", first["CATEGORIES"]);
        Assert.Matches("^https?://[^/]+/actions/soc-2026-1$", first["URL"]);
        Assert.Equal(@"a\;b", Events(await host.FileAsync("format=ics"))[1]["CATEGORIES"]);
    }

    [Fact]
    public async Task A_changed_action_is_the_same_event_with_a_higher_sequence()
    {
        var plan = await host.PlanAsync();
        var key = (await host.ActionAsync(plan, new { title = "Ett", dueDate = "2026-04-01" }))["key"];
        var before = Events(await host.Admin.GetAsync($"/plans/{plan}/actions?format=ics")).Single();
        (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Två" })).Must(200);
        var after = Events(await host.Admin.GetAsync($"/plans/{plan}/actions?format=ics")).Single();

        Assert.Equal((before["UID"], "1", "2", "Två"), (after["UID"], before["SEQUENCE"], after["SEQUENCE"], after["SUMMARY"]));
    }

    [Fact]
    public async Task No_line_is_longer_than_75_octets_nor_tears_a_character_apart()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = string.Concat(Enumerable.Repeat("å😀", 90)), dueDate = "2026-04-01" });

        var file = await host.Admin.GetAsync($"/plans/{plan}/actions?format=ics");

        // Bytes that are torn apart are no text.
        var lines = new UTF8Encoding(false, true).GetString(file.Bytes).Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain("\n", string.Concat(lines), StringComparison.Ordinal);
        Assert.Equal(string.Concat(Enumerable.Repeat("å😀", 90)), Events(file).Single()["SUMMARY"]);
    }

    [Fact]
    public async Task A_calendar_without_events_is_one_all_the_same()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Utan dag" });

        var file = await host.Admin.GetAsync($"/plans/{plan}/actions?format=ics");

        Assert.Empty(Events(file));
        Assert.Equal(["VCALENDAR", "VTIMEZONE", "STANDARD"], Unfolded(file).Where(line => line.StartsWith("BEGIN:", StringComparison.Ordinal)).Select(line => line[6..]));
    }

    // A strict reading of RFC 5545, 3.1: whatever is not NAME:VALUE, or stands outside its component, fails.
    static List<Dictionary<string, string>> Events(Answer file)
    {
        var events = new List<Dictionary<string, string>>();
        var open = new Stack<string>();
        foreach (var line in Unfolded(file))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..]);
            Assert.Matches("^[A-Z-]+(;[A-Z-]+=[A-Z-]+)?$", name);
            if (name == "END") Assert.Equal(open.Pop(), value);
            else if (name == "BEGIN") open.Push(value);
            else if (open.Peek() == "VEVENT") events[^1].Add(name, value);
            if (line == "BEGIN:VEVENT") events.Add([]);
        }

        Assert.Empty(open);
        Assert.All(events, e => Assert.Empty(((string[])["UID", "DTSTAMP", "SUMMARY", "SEQUENCE", "LAST-MODIFIED"]).Except(e.Keys)));
        return events;
    }

    static string[] Unfolded(Answer file) => Encoding.UTF8.GetString(file.Bytes).Replace("\r\n ", "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
