using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActionPlan.Data;

namespace ActionPlan.Exports;

/// <summary>
/// iCalendar (RFC 5545): one all-day event for each action that has a due date. No alarms: whoever subscribes sets their
/// own. Everything in an event follows from the action, so that a calendar sees what has changed by <c>SEQUENCE</c>.
/// </summary>
sealed class CalendarFile(IBufferWriter<byte> output, ActionCells cells, ExportFacts facts) : ExportFile
{
    // What an event tells of its action unless fields names something else.
    static readonly string[] Told = ["status", "owner", "focusArea", "deadline", "participants", "expectedEffect", "description"];
    static readonly string[] Apart = ["key", "title", "dueDate", "tags"];

    readonly int[] told = [.. cells.Columns.Select((column, i) => (column.Field, Index: i))
        .Where(c => cells.Columns.Count >= ActionColumns.All.Count ? Told.Contains(c.Field) : !Apart.Contains(c.Field)).Select(c => c.Index)];

    bool hasEvents;

    public override void Begin()
    {
        var name = facts.CalendarName(cells.IsSwedish);
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Atgardsplan API//Atgardsplan//SV");
        Line("CALSCALE", "GREGORIAN");
        Line("NAME", Escape(name));
        Line("X-WR-CALNAME", Escape(name));
        Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        Line("X-PUBLISHED-TTL", "PT1H");
    }

    public override void Row(Utf8Row row)
    {
        if (!DateOnly.TryParseExact(Value(row, "dueDate"), "yyyy-MM-dd", out var day)) return;
        var (key, created, changed) = (Value(row, "key"), Stamp(Value(row, "createdAt")), Stamp(Value(row, "updatedAt")));

        hasEvents = true;
        Line("BEGIN", "VEVENT");
        // With the time, since a key may be used again when its plan has been deleted.
        Line("UID", $"{key}-{created}@action-plan");
        Line("DTSTAMP", changed);
        Line("CREATED", created);
        Line("LAST-MODIFIED", changed);
        Line("SEQUENCE", Value(row, "version"));
        Line("DTSTART;VALUE=DATE", day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        if (day < DateOnly.MaxValue) Line("DTEND;VALUE=DATE", day.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        Line("SUMMARY", Escape(Value(row, "title")));
        Line("DESCRIPTION", Escape(Description(row)));
        Line("URL", $"{facts.Host}/actions/{key}");
        if (JsonSerializer.Deserialize<string[]>(Value(row, "tags")) is { Length: > 0 } tags) Line("CATEGORIES", string.Join(',', tags.Select(Escape)));
        Line("STATUS", Value(row, "deletedAt").Length > 0 ? "CANCELLED" : Value(row, "status") switch
        {
            "proposed" => "TENTATIVE",
            "cancelled" or "rejected" => "CANCELLED",
            _ => "CONFIRMED",
        });
        // A day when something is to be ready is no day when nobody has time.
        Line("TRANSP", "TRANSPARENT");
        Line("END", "VEVENT");
    }

    public override void End()
    {
        if (!hasEvents) NoEvents();
        Line("END", "VCALENDAR");
    }

    // RFC 5545, 3.6: a calendar holds some component; one without events can hold a time zone.
    void NoEvents()
    {
        Line("BEGIN", "VTIMEZONE");
        Line("TZID", "UTC");
        Line("BEGIN", "STANDARD");
        Line("DTSTART", "19700101T000000");
        Line("TZOFFSETFROM", "+0000");
        Line("TZOFFSETTO", "+0000");
        Line("END", "STANDARD");
        Line("END", "VTIMEZONE");
    }

    string Description(Utf8Row row)
    {
        var lines = new List<string>();
        foreach (var i in told)
        {
            var text = Encoding.UTF8.GetString(cells[row, i]);
            if (text.Length > 0) lines.Add($"{(cells.IsSwedish ? cells.Columns[i].Heading : cells.Columns[i].Field)}: {text}");
        }

        return string.Join('\n', lines);
    }

    static string Value(Utf8Row row, string field) => Encoding.UTF8.GetString(row[ActionCells.Ordinal(field)]);

    // 2015-09-01T08:30:00.000Z is 20150901T083000Z: RFC 5545 has no parts of seconds.
    static string Stamp(string instant) => instant[..19].Replace("-", "").Replace(":", "") + "Z";

    // RFC 5545, 3.3.11.
    static string Escape(string text) =>
        text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").Replace("\r\n", "\\n").Replace("\n", "\\n").Replace("\r", "\\n");

    // RFC 5545, 3.1: a line holds at most 75 octets, and goes on behind a space in the next; no character is torn apart.
    void Line(string name, string value)
    {
        var rest = Encoding.UTF8.GetBytes($"{name}:{value}").AsSpan();
        for (var room = 75; rest.Length > room; room = 74)
        {
            while ((rest[room] & 0xC0) == 0x80) room--;
            output.Write(rest[..room]);
            output.Write("\r\n "u8);
            rest = rest[room..];
        }

        output.Write(rest);
        output.Write("\r\n"u8);
    }
}
