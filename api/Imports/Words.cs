using System.Collections.Frozen;
using System.Globalization;
using ActionPlan.Actions;
using ActionPlan.FollowUps;

namespace ActionPlan.Imports;

/// <summary>The words of real plans for what the API has codes for (DOMAIN: Status). Case, spaces and punctuation do not matter.</summary>
static class Words
{
    /// <summary>Status words that say that it never ends.</summary>
    static readonly FrozenSet<string> Continuous = Named("löpande|pågår kontinuerligt|pågår löpande").ToFrozenSet();

    static readonly FrozenDictionary<string, string> Statuses = Table(
        (Status.Proposed, "föreslagen|föreslaget|förslag|idé|proposed"),
        (Status.Planned, "ej påbörjad|ej påbörjat|inte påbörjad|inte påbörjat|planerad|planerat|beslutad|beslutat|ej genomförd|ej genomfört|inte genomförd|inte genomfört|not started|planned"),
        (Status.InProgress, "pågår|pågående|påbörjad|påbörjat|startad|startat|löpande|pågår kontinuerligt|pågår löpande|ej klar|ej klart|inte klar|inte klart|delvis klar|delvis klart|delvis genomförd|delvis genomfört|försenad|försenat|inProgress"),
        (Status.Paused, "pausad|pausat|vilande|paused"),
        (Status.Done, "klar|klart|klara|färdig|färdigt|färdigställd|färdigställt|genomförd|genomfört|genomförda|avslutad|avslutat|avklarad|avklarat|åtgärdad|åtgärdat|utförd|utfört|slutförd|slutfört|done|completed"),
        (Status.Verified, "uppföljd|uppföljt|kontrollerad|kontrollerat|utvärderad|utvärderat|verified"),
        (Status.Cancelled, "avbruten|avbrutet|inställd|inställt|utgår|utgått|ej aktuell|ej aktuellt|inte aktuell|inte aktuellt|cancelled"),
        (Status.Rejected, "förkastad|förkastat|avslagen|avslaget|avstyrkt|rejected"));

    static readonly FrozenDictionary<string, string> Priorities = Table(("low", "låg|låg prioritet|l|3|low"), ("normal", "normal|medel|mellan|m|2"), ("high", "hög|hög prioritet|h|1|high"));

    static readonly FrozenDictionary<string, string> Recurrences = Table(
        ("none", "none|ingen|nej|engång|engångs|återkommer inte|aldrig"), ("monthly", "monthly|månadsvis|varje månad|månatligen"),
        ("quarterly", "quarterly|kvartalsvis|varje kvartal"), ("tertial", "tertial|tertialvis|varje tertial"), ("termly", "termly|terminsvis|varje termin"),
        ("halfYearly", "halfYearly|halvårsvis|varje halvår"), ("yearly", "yearly|årligen|årsvis|varje år"),
        ("continuous", "continuous|löpande|kontinuerligt|fortlöpande|tills vidare"));

    static readonly FrozenDictionary<string, bool> Answers = Named("ja|true|x|1|sant|yes").Select(word => (word, true))
        .Concat(Named("nej|false|0|falskt|no").Select(word => (word, false))).ToFrozenDictionary(pair => pair.word, pair => pair.Item2);

    /// <summary>A word for each status, for whoever wrote another.</summary>
    public static string KnownStatuses { get; } = "föreslagen, planerad, pågår, pausad, genomförd, kontrollerad, avbruten, förkastad";

    /// <summary>The status that a word or a percentage means, or null.</summary>
    public static string? StatusOf(string text)
    {
        if (SearchText.Name(text) is { } name && Statuses.GetValueOrDefault(name) is { } status) return status;
        if (!decimal.TryParse(text.Replace(',', '.').TrimEnd('%', ' ', '\u00A0'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var percent)) return null;
        return percent switch
        {
            0 => Status.Planned,
            > 0 and < 100 => Status.InProgress,
            100 => Status.Done,
            _ => null,
        };
    }

    /// <summary>True if a status word says that it never ends: <c>löpande</c>.</summary>
    public static bool IsContinuous(string text) => SearchText.Name(text) is { } name && Continuous.Contains(name);

    /// <summary>The priority that a word or a number means, or null: 1 is the first, but the worst of a scale of severity is its last.</summary>
    public static string? PriorityOf(string text, bool isSeverity) => (Find(Priorities, text), isSeverity && text.Trim() is "1" or "3") switch
    {
        ("high", true) => "low",
        ("low", true) => "high",
        var (priority, _) => priority,
    };

    /// <summary>How often it is done again, or null.</summary>
    public static string? RecurrenceOf(string text) => Find(Recurrences, text);

    /// <summary>How often it is followed up, or null.</summary>
    public static string? IntervalOf(string text) => Find(Recurrences, text) is { } interval && FollowUpInterval.All.Contains(interval) ? interval : null;

    /// <summary>Yes or no, or null.</summary>
    public static bool? AnswerOf(string text) => SearchText.Name(text) is { } name && Answers.TryGetValue(name, out var answer) ? answer : null;

    static string? Find(FrozenDictionary<string, string> table, string text) => SearchText.Name(text) is { } name ? table.GetValueOrDefault(name) : null;

    static FrozenDictionary<string, string> Table(params (string Code, string Words)[] entries) =>
        entries.SelectMany(entry => Named(entry.Words), (entry, word) => KeyValuePair.Create(word, entry.Code)).ToFrozenDictionary();

    static IEnumerable<string> Named(string words) => words.Split('|').Select(word => SearchText.Name(word)!);
}
