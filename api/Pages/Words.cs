using System.Globalization;
using System.Text.Json;
using ActionPlan.Exports;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>How the pages say what the API says in codes: an action's fields as in an exported sheet, the rest here.</summary>
static class Words
{
    static readonly Dictionary<string, ActionColumn> Columns = ActionColumns.All.ToDictionary(c => c.Field);

    static readonly Dictionary<string, string> Others = new()
    {
        ["action"] = "Åtgärdens nyckel",
        ["author"] = "Gjord av",
        ["date"] = "Dag",
        ["decisionDueBefore"] = "Beslut före",
        ["department"] = "Förvaltning",
        ["dueAfter"] = "Klart efter",
        ["dueBefore"] = "Klart före",
        ["dueWithin"] = "Klart inom",
        ["effect"] = "Effekt",
        ["gap"] = "Brist",
        ["kind"] = "Slag",
        ["measureNumber"] = "Insats",
        ["missing"] = "Saknar",
        ["note"] = "Anteckning",
        ["open"] = "Öppen",
        ["overdue"] = "Försenad",
        ["participant"] = "Medverkande",
        ["q"] = "Sökord",
        ["tag"] = "Etikett",
        ["trial"] = "Försök",
        ["updatedSince"] = "Ändrad sedan",
    };

    static readonly Dictionary<string, string> Codes = new()
    {
        ["effect.improved"] = "Bättre",
        ["effect.unchanged"] = "Oförändrat",
        ["effect.worsened"] = "Sämre",
        ["effect.tooEarly"] = "För tidigt att säga",
        ["effect.notMeasurable"] = "Går inte att mäta",
        ["kind.progress"] = "Avstämning",
        ["kind.check"] = "Kontroll",
        ["kind.evaluation"] = "Utvärdering",
        ["outcome.accepted"] = "Förslaget antogs",
        ["outcome.rejected"] = "Förslaget förkastades",
        ["outcome.carryOn"] = "Försöket blir permanent",
        ["outcome.widen"] = "Försöket utvidgas",
        ["outcome.stop"] = "Försöket avslutas",
        ["change.created"] = "Skapad",
        ["change.updated"] = "Ändrad",
        ["change.deleted"] = "Borttagen",
        ["change.restored"] = "Återställd",
        ["plan.draft"] = "Utkast",
        ["plan.adopted"] = "Beslutad",
        ["plan.closed"] = "Avslutad",
        ["missing.owner"] = "ansvarig",
        ["missing.deadline"] = "sista dag",
        ["missing.followUp"] = "uppföljning i tid",
        ["missing.verification"] = "kontroll",
    };

    /// <summary>The heading of a field or a filter.</summary>
    public static string Field(string name) => Others.GetValueOrDefault(name) ?? Columns.GetValueOrDefault(name)?.Heading ?? name;

    /// <summary>The word for a code of a field; whatever else it holds as it is.</summary>
    public static string Of(string field, string? code) => code is null ? "–"
        : field == "gap" && Gap.All.Any(gap => gap.Code == code) ? Language.Text.Of("Gap." + code)
        : Codes.GetValueOrDefault($"{field}.{code}") ?? Columns.GetValueOrDefault(field)?.Words.GetValueOrDefault(code)
        ?? code switch { "true" => ActionColumns.YesNo(true), "false" => ActionColumns.YesNo(false), _ => code };

    /// <summary>A value of a field in a change.</summary>
    public static string Of(string field, JsonElement? value) => value switch
    {
        null => "–",
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() == 0 ? "–" : string.Join(", ", list.EnumerateArray()),
        { ValueKind: JsonValueKind.String } text when Json.TryInstant(text.GetString()!, out var instant) => Instant(instant),
        { ValueKind: JsonValueKind.String } text => Of(field, text.GetString()),
        { } other => Of(field, other.GetRawText()),
    };

    /// <summary>A day: 2015-11-30.</summary>
    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A day in words: 30 november 2015.</summary>
    public static string LongDay(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("sv-SE"));

    /// <summary>An instant by the clock in Stockholm: 2015-11-30 14.05.</summary>
    public static string Instant(DateTimeOffset instant) => Caller.Local(instant).ToString("yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture);

    /// <summary>A share: 43 %.</summary>
    public static string Percent(double? share) => share is { } part ? $"{Math.Round(part * 100):0} %" : "–";

    /// <summary>A measured number: 1 234,5.</summary>
    public static string Number(decimal number) => number.ToString("#,0.######", CultureInfo.GetCultureInfo("sv-SE"));

    /// <summary>A stretch of time, as exactly as people say it: 12 dagar, 3 månader, 2 år.</summary>
    public static string Time(int days) => days switch
    {
        < 90 => Count(days, "dag", "dagar"),
        < 730 => $"{days / 30} månader",
        _ => $"{days / 365} år",
    };

    /// <summary>A number with its noun: 1 dag, 12 dagar.</summary>
    public static string Count(int number, string one, string many) => $"{number.ToString("#,0", CultureInfo.GetCultureInfo("sv-SE"))} {(number == 1 ? one : many)}";
}
