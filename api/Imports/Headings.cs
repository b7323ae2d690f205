using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using ActionPlan.Actions;
using ActionPlan.Exports;
using ActionPlan.Http;

namespace ActionPlan.Imports;

/// <summary>Which field a heading means (DOMAIN: Columns of real plans; and the headings of our own exports).</summary>
static partial class Headings
{
    /// <summary>Fields that no action has: the row's own action, the day of its check, and the text that becomes a follow-up.</summary>
    public const string Key = "key", VerifiedOn = "verifiedOn", FollowUp = "followUp";

    /// <summary>Fields whose columns are joined when there are several.</summary>
    public static readonly IReadOnlyList<string> Joined = ["description", "participants", FollowUp];

    /// <summary>What an export shows and an import leaves alone.</summary>
    public static readonly FrozenSet<string> ReadOnly = Json.Properties(typeof(ActionResponse)).Select(p => p.Name)
        .Except(Json.Properties(typeof(ActionInput)).Select(p => p.Name)).Except([Key, VerifiedOn]).ToFrozenSet();

    static readonly FrozenDictionary<string, string> Fields = new (string Field, string Words)[]
    {
        ("title", "åtgärd|åtgärder|föreslagen åtgärd|aktivitet|aktiviteter|aktiviteter/åtgärder|insats|uppdrag|handling|uppgift|vad|vad ska göras"),
        ("description", "beskrivning|problem|brist|risk|risker|avvikelse|bakgrund|hur"),
        ("focusArea", "område|fokusområde|frågeområde|förbättringsområde|utvecklingsområde|prioriterat område|mål|målområde"),
        ("owner", "ansvarig|ansvarig person|ansvarig funktion|vem|utförare|tilldelad"),
        ("participants", "medverkande|samverkan|berörda|viktiga partners"),
        ("startDate", "start|startdatum|påbörjas"),
        ("deadline", "klart senast|klart när|när|slutdatum|tidplan|tidsplan|tidsperiod|deadline|färdigdatum|önskat färdigdatum"),
        ("status", "status|aktuell status|läge|genomförandegrad"),
        ("nextFollowUpDate", "uppföljningsdatum|avstämningsdatum|följs upp"),
        (FollowUp, "uppföljning|avstämning|resultat|resultat och kommentarer|kommentar|kommentarer"),
        ("completedOn", "åtgärdad datum|klart datum"),
        (VerifiedOn, "kontrollerad|kontrollerad datum"),
        ("expectedEffect", "effekt|avsett resultat|förväntad effekt|indikator|syfte"),
        ("priority", "prioritet|prio|allvarlighet"),
        ("statusReason", "orsak|skäl|anledning"),
        ("externalId", "nr|löpnummer|id"),
    }
        .SelectMany(entry => entry.Words.Split('|'), (entry, word) => (Heading: word, entry.Field))
        .Concat(ActionColumns.All.SelectMany(column => (string[])[column.Heading, column.Field], (column, heading) => (Heading: heading.ToLowerInvariant(), column.Field)))
        .Concat(ReadOnly.Append(FollowUp).Select(name => (Heading: name.ToLowerInvariant(), Field: name)))
        .Distinct().ToFrozenDictionary(entry => entry.Heading, entry => entry.Field);

    /// <summary>The headings of the column that says what is to be done, in any case.</summary>
    public static readonly FrozenSet<string> Titles = Fields.Where(entry => entry.Value == "title").Select(entry => entry.Key).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field, or null when no heading is spelled so.</summary>
    public static string? FieldOf(string heading) => Fields.GetValueOrDefault(Even(heading));

    /// <summary>
    /// The field of a heading that is no word of the table, but says one with more beside it: <c>Ansvarig (namn/funktion)</c>,
    /// <c>Åtgärd/aktivitet</c>, a word divided at the end of a line. Null when it says several things, or what the description keeps anyway.
    /// </summary>
    public static string? Loosely(string heading)
    {
        var even = Beside().Replace(Even(heading).Replace("- ", ""), " ").Trim();
        return Alternatives().Split(even).Select(FieldOf).Distinct().ToList() is [{ } field] && field is not (Key or "description") && !ReadOnly.Contains(field) ? field : null;
    }

    /// <summary>How many of a row's cells are headings that are known.</summary>
    public static int Known(IEnumerable<string?> cells) => FieldsOf(cells).Count();

    /// <summary>True if one of a row's cells is a heading that says which action a row is of.</summary>
    public static bool NameActions(IEnumerable<string?> cells) => FieldsOf(cells).Any(field => field is "title" or "externalId" or "measureNumber" or Key);

    static IEnumerable<string> FieldsOf(IEnumerable<string?> cells) => cells.Where(cell => cell is { Length: > 0 and < 100 }).Select(cell => FieldOf(cell!) ?? Loosely(cell!)).OfType<string>();

    static string Even(string heading) => Space().Replace(Dropped().Replace(heading.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormC), ""), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"[?:*.\u00AD\u200B\uFEFF]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"\s*[(\[][^)\]]*[)\]]?")]
    private static partial Regex Beside();

    [GeneratedRegex(" ?/ ?| och | eller ")]
    private static partial Regex Alternatives();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
