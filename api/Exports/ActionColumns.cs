using System.Text.Json;
using ActionPlan.Actions;

namespace ActionPlan.Exports;

/// <summary>What the cells of a column hold.</summary>
public enum CellKind
{
    /// <summary>Text as it was written.</summary>
    Text,

    /// <summary>One of a set of words; see <see cref="ActionColumn.Words"/>.</summary>
    Word,

    /// <summary>A calendar day, <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>An instant, RFC 3339 in UTC with three decimals.</summary>
    Instant,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Ja or Nej, true or false.</summary>
    YesNo,

    /// <summary>Several texts in one cell; see <see cref="CellList"/>.</summary>
    List,
}

/// <summary>A column of an exported action: what leaves under it, and what the importer knows again by it.</summary>
/// <param name="Field">The property of the API, and the heading in the dialect rfc4180.</param>
/// <param name="Heading">The heading in Swedish.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="Width">How wide it is in a workbook, in characters.</param>
public sealed record ActionColumn(string Field, string Heading, CellKind Kind, int Width)
{
    /// <summary>True if it is shown and never written back: the importer recognises and ignores it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The Swedish word for each code, in the order of the codes; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>What is read for it.</summary>
    internal string Sql { get; init; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(Field);
}

/// <summary>The columns of an exported action, in their order: one table for CSV, workbooks and flat JSON, and for the importer.</summary>
public static class ActionColumns
{
    static readonly Dictionary<string, string> Statuses = new()
    {
        ["proposed"] = "Föreslagen",
        ["planned"] = "Planerad",
        ["inProgress"] = "Pågår",
        ["paused"] = "Pausad",
        ["done"] = "Genomförd",
        ["verified"] = "Kontrollerad",
        ["cancelled"] = "Avbruten",
        ["rejected"] = "Förkastad",
    };

    static readonly Dictionary<string, string> Recurrences = new()
    {
        ["none"] = "Nej",
        ["monthly"] = "Månadsvis",
        ["quarterly"] = "Kvartalsvis",
        ["tertial"] = "Varje tertial",
        ["termly"] = "Varje termin",
        ["halfYearly"] = "Varje halvår",
        ["yearly"] = "Årligen",
        ["continuous"] = "Löpande",
    };

    static readonly Dictionary<string, string> Intervals = new(Recurrences.Where(word => word.Key is not ("termly" or "continuous")));
    static readonly Dictionary<string, string> Priorities = new() { ["low"] = "Låg", ["normal"] = "Normal", ["high"] = "Hög" };
    static readonly Dictionary<string, string> Prognoses = new() { ["green"] = "Grön", ["yellow"] = "Gul", ["red"] = "Röd" };

    /// <summary>All of them, in order.</summary>
    public static readonly IReadOnlyList<ActionColumn> All =
    [
        new("key", "Nyckel", CellKind.Text, 16) { Sql = "plan || '-' || number as key" },
        new("plan", "Plan", CellKind.Text, 14) { IsReadOnly = true },
        new("number", "Åtgärdsnummer", CellKind.Integer, 15) { IsReadOnly = true },
        new("title", "Åtgärd", CellKind.Text, 50),
        new("description", "Beskrivning", CellKind.Text, 60),
        new("focusArea", "Område", CellKind.Text, 25),
        new("status", "Status", CellKind.Word, 14) { Words = Statuses },
        new("statusReason", "Orsak", CellKind.Text, 30),
        new("owner", "Ansvarig", CellKind.Text, 25),
        new("ownerEmail", "Ansvarigs e-post", CellKind.Text, 28),
        new("initiator", "Initiativtagare", CellKind.Text, 25),
        new("participants", "Medverkande", CellKind.List, 35),
        new("deadline", "Tidplan", CellKind.Text, 20),
        new("startDate", "Startdatum", CellKind.Date, 12),
        new("dueDate", "Sista dag", CellKind.Date, 12),
        new("recurrence", "Återkommer", CellKind.Word, 14) { Words = Recurrences },
        new("priority", "Prioritet", CellKind.Word, 11) { Words = Priorities },
        new("prognosis", "Prognos", CellKind.Word, 11) { Words = Prognoses, IsReadOnly = true },
        new("isHighlighted", "Lyfts fram", CellKind.YesNo, 12),
        new("isOverdue", "Försenad", CellKind.YesNo, 11) { IsReadOnly = true, Sql = $"case when due_date < @Today and {Status.OpenSql} then 1 else 0 end as is_overdue" },
        new("expectedEffect", "Förväntad effekt", CellKind.Text, 40),
        new("source", "Källa", CellKind.Text, 25),
        new("measureNumber", "Insatsnummer", CellKind.Integer, 14),
        new("isTrial", "Försök", CellKind.YesNo, 10),
        new("decisionDueDate", "Beslut senast", CellKind.Date, 14),
        new("completedOn", "Klart datum", CellKind.Date, 13),
        new("verifiedOn", "Kontrollerad datum", CellKind.Date, 19),
        new("followUpInterval", "Uppföljningsintervall", CellKind.Word, 21) { Words = Intervals },
        new("nextFollowUpDate", "Uppföljningsdatum", CellKind.Date, 19),
        new("evaluationResponsible", "Utvärderas av", CellKind.Text, 25),
        new("evaluationDueDate", "Utvärderas senast", CellKind.Date, 18),
        new("evaluationSupport", "Stöd för utvärdering", CellKind.Text, 25),
        new("tags", "Etiketter", CellKind.List, 25),
        new("externalId", "Externt id", CellKind.Text, 14),
        new("createdAt", "Skapad", CellKind.Instant, 25) { IsReadOnly = true },
        new("createdBy", "Skapad av", CellKind.Text, 22) { IsReadOnly = true },
        new("updatedAt", "Ändrad", CellKind.Instant, 25) { IsReadOnly = true },
        new("updatedBy", "Ändrad av", CellKind.Text, 22) { IsReadOnly = true },
        new("version", "Version", CellKind.Integer, 9) { IsReadOnly = true },
    ];

    /// <summary>When it was deleted: only in a list that was asked for the deleted ones too.</summary>
    public static readonly ActionColumn Deleted = new("deletedAt", "Borttagen", CellKind.Instant, 25) { IsReadOnly = true };

    /// <summary>What is read of a row: all columns, in their order, and <see cref="Deleted"/>.</summary>
    internal static readonly string Sql = string.Join(", ", All.Append(Deleted).Select(column => column.Sql));

    /// <summary>The Swedish word for true or false.</summary>
    public static string YesNo(bool value) => value ? "Ja" : "Nej";
}

/// <summary>Several texts in one cell, so that they can be told apart again.</summary>
public static class CellList
{
    /// <summary>
    /// Joined by "; ". If one of them holds a semicolon or a comma they stand on a line each; a lone
    /// one then ends in a line break, so that it is seen to be one.
    /// </summary>
    public static string Join(IReadOnlyList<string> texts) =>
        !texts.Any(text => text.AsSpan().ContainsAny(';', ',')) ? string.Join("; ", texts)
        : texts.Count == 1 ? texts[0] + "\n"
        : string.Join('\n', texts);

    /// <summary>What <see cref="Join"/> joined, or people wrote: split at line breaks if there are any, else at semicolons, else at commas.</summary>
    public static IReadOnlyList<string> Split(string cell)
    {
        var separator = cell.Contains('\n') ? '\n' : cell.Contains(';') ? ';' : ',';
        return cell.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
