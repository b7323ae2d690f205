using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ActionPlan.Actions;
using ActionPlan.Deadlines;
using ActionPlan.Exports;
using ActionPlan.Http;
using ActionPlan.Language;

namespace ActionPlan.Imports;

/// <summary>Reads the cells of each row into what the API says of an action. What cannot be read is a fault of the row.</summary>
sealed partial class RowReader(IReadOnlyList<Column> columns, bool isJson, Period period)
{
    const int LongestTitle = 300;

    static readonly Dictionary<string, JsonPropertyInfo> Properties = Json.Properties(typeof(ActionInput)).ToDictionary(p => p.Name);

    readonly List<Column> used = [.. columns.Where(column => column.Use != "ignored")];

    /// <summary>The property of an action's input.</summary>
    public static JsonPropertyInfo Property(string name) => Properties[name];

    /// <summary>Faults of the columns themselves: one field in two of them, or no field that says which action.</summary>
    public static void Check(IReadOnlyList<Column> columns, Table table, bool hasActions, List<Fault> faults)
    {
        foreach (var twice in columns.Where(c => c.Use == "field" && !Headings.Joined.Contains(c.Field!)).GroupBy(c => c.Field).Where(g => g.Count() > 1))
            faults.Add(Faults.InCell(table.HeadingRow, twice.Last().Heading, table.IsJson ? "" : $"/columns/{twice.Last().Number}", "fieldTwice", twice.Key, string.Join(", ", twice.Select(c => c.Heading))));
        // Where nothing is to be changed, what is new needs a title.
        if (!columns.Any(c => c.Use == "field" && (c.Field is "title" or "measureNumber" || (hasActions && c.Field is "externalId" or Headings.Key))))
            faults.Add(Faults.InCell(table.HeadingRow, null, "", "noTitleColumn", string.Join(", ", columns.Select(c => c.Heading))));
    }

    /// <summary>What a row says.</summary>
    public ImportRow Read(Row row)
    {
        var read = new ImportRow { Number = row.Number };
        foreach (var column in used)
        {
            if (column.Number > row.Cells.Length || row.Cells[column.Number - 1] is not { } cell) continue;
            var text = Even(cell);
            if (!isJson && Error().IsMatch(text)) Add(read, column, "errorCell", text);
            else if (text == Row.WithoutValue) Add(read, column, "formulaWithoutValue");
            else if (column.Use == "description") Keep(read, column, text);
            else Read(read, column, text, cell);
        }

        Complete(read);
        return read;
    }

    /// <summary>Adds a fault at a column of a row.</summary>
    public void Add(ImportRow row, Column? column, string code, params object?[] values) =>
        row.Faults.Add(Faults.InCell(row.Number, column?.Heading, Pointer(row.Number, column), code, values));

    /// <summary>Adds faults of an action's properties, each at the column that set it.</summary>
    public void Add(ImportRow row, Faults faults)
    {
        foreach (var fault in faults)
        {
            var field = fault.Pointer!.Split('/').ElementAtOrDefault(1);
            var column = used.Find(c => c.Field == field);
            row.Faults.Add(Faults.InCell(row.Number, column?.Heading ?? field, column is null ? Pointer(row.Number, null) + "/" + field : Pointer(row.Number, column), fault));
        }
    }

    string Pointer(int row, Column? column) => isJson
        ? $"/{row - 1}{(column is null ? "" : "/" + column.Heading.Replace("~", "~0").Replace("/", "~1"))}"
        : $"/rows/{row}{(column is null ? "" : "/" + (column.Field ?? column.Heading.Replace("~", "~0").Replace("/", "~1")))}";

    void Read(ImportRow row, Column column, string text, string list)
    {
        var line = Lines().Replace(text, " ");
        switch (column.Field)
        {
            case Headings.Key:
                row.Key = line.Length == 0 ? null : line;
                break;
            case "title":
                Set(row, "title", ReadTitle(row, column, text));
                break;
            case "description" or Headings.FollowUp when text.Length == 0:
                if (column.Field == "description" && !row.Says("description", out _)) Set(row, "description", null);
                break;
            case "description":
                Replace(row, "description", row.Says("description", out var before) && before is string known ? $"{known}\n{text}" : text);
                break;
            // "Klart 2026-03-31" is a comment. Most are, and trying each as a day takes half the time of the whole import.
            case Headings.FollowUp when Alone().IsMatch(line) && Day(line) is { } next && (!row.Says("nextFollowUpDate", out var said) || said is null):
                Replace(row, "nextFollowUpDate", next);
                break;
            case Headings.FollowUp:
                row.Note = row.Note is null ? text : $"{row.Note}\n{text}";
                break;
            case "focusArea":
                row.FocusArea = line;
                break;
            case "participants" when row.Says("participants", out var first):
                Replace(row, "participants", (string[])[.. (string[])first!, .. CellList.Split(list)]);
                break;
            case "participants" or "tags":
                Set(row, column.Field, CellList.Split(list).ToArray());
                break;
            case "expectedEffect" or "statusReason":
                Set(row, column.Field, text.Length == 0 ? null : text);
                break;
            case "deadline":
                Set(row, "deadline", text.Length == 0 ? null : Dates.Serial(text) is { } serial ? Dates.Iso(serial) : Dates.WithoutTime(line));
                break;
            case "owner":
                Set(row, "owner", text.Length == 0 ? null : Lines().Replace(text, ", "));
                break;
            case "status" or "priority" or "recurrence" or "followUpInterval" or "isHighlighted" or "isTrial" or "measureNumber":
                ReadCode(row, column, line);
                break;
            case "startDate" or "dueDate" or "decisionDueDate" or "completedOn" or "nextFollowUpDate" or "evaluationDueDate" or Headings.VerifiedOn:
                ReadDate(row, column, line);
                break;
            default:
                Set(row, column.Field!, line.Length == 0 ? null : line);
                break;
        }
    }

    // What is longer than a title can be is a description that begins with one.
    static string? ReadTitle(ImportRow row, Column column, string text)
    {
        var line = Lines().Replace(text, " ");
        if (line.EnumerateRunes().Count() <= LongestTitle) return line.Length == 0 ? null : line;
        row.Kept.Add((column.Heading, text));
        row.Warnings.Add(Text.Of("Warning.titleCut", LongestTitle));
        var cut = string.Concat(line.EnumerateRunes().Take(LongestTitle - 1));
        return cut[..(cut.LastIndexOf(' ') is > 100 and var at ? at : cut.Length)] + "…";
    }

    void ReadCode(ImportRow row, Column column, string text)
    {
        var isSeverity = column.Heading.StartsWith("allvar", StringComparison.OrdinalIgnoreCase);
        if (IsDash(text)) text = "";
        object? value = text.Length == 0 ? null : column.Field switch
        {
            "status" => Words.StatusOf(text),
            "priority" => Words.PriorityOf(text, isSeverity),
            "recurrence" => Words.RecurrenceOf(text),
            "followUpInterval" => Words.IntervalOf(text),
            "measureNumber" => Dates.Whole(text),
            _ => Words.AnswerOf(text),
        };
        if (text.Length > 0 && value is null)
        {
            Add(row, column, "unknownWord", text, column.Field switch
            {
                "status" => Words.KnownStatuses,
                "priority" => "låg, normal, hög",
                "measureNumber" => "1–10000",
                "isHighlighted" or "isTrial" => "ja, nej",
                "recurrence" => "ingen, månadsvis, kvartalsvis, varje tertial, varje termin, varje halvår, årligen, löpande",
                _ => "ingen, månadsvis, kvartalsvis, varje tertial, varje halvår, årligen",
            });
            return;
        }

        // An empty status says nothing: there is always one.
        if (column.Field == "status" && value is null) return;
        row.IsContinuous |= column.Field == "status" && Words.IsContinuous(text);
        Set(row, column.Field!, value);
    }

    void ReadDate(ImportRow row, Column column, string text)
    {
        if (IsDash(text)) text = "";
        var day = Day(text);
        if (day is not null && Dates.IsEitherWay(text)) row.Warnings.Add(Text.Of("Warning.dateRead", column.Heading, Text.Quote(text, 200), Dates.Iso(day.Value)));
        if (text.Length > 0 && day is null)
        {
            var reading = Wording.Read(text, period);
            day = column.Field == "startDate" ? reading.StartDate ?? reading.DueDate : reading.DueDate;
            if (column.Field == "nextFollowUpDate" && Words.IntervalOf(text) is { } interval)
            {
                if (!row.Says("followUpInterval", out _)) Set(row, "followUpInterval", interval);
                return;
            }

            if (day is null)
            {
                Add(row, column, "notADate", text);
                return;
            }

            row.Warnings.Add(Text.Of("Warning.dateRead", column.Heading, Text.Quote(text, 200), Dates.Iso(day.Value)));
        }

        if (column.Field == Headings.VerifiedOn) row.VerifiedOn = day;
        else if (column.Field == "nextFollowUpDate" && (day is not null || !row.Says("nextFollowUpDate", out _))) Replace(row, "nextFollowUpDate", day);
        else if (column.Field != "nextFollowUpDate") Set(row, column.Field!, day);
    }

    static void Keep(ImportRow row, Column column, string text)
    {
        if (text.Length > 0) row.Kept.Add((column.Heading, text));
    }

    // What follows from several columns together.
    static void Complete(ImportRow row)
    {
        var hasStatus = row.Says("status", out var status);
        var isChecked = row.VerifiedOn is not null && (!hasStatus || status is Status.Done);
        if (isChecked) Replace(row, "status", Status.Verified);
        else if (!hasStatus && row.Says("completedOn", out var day) && day is not null)
        {
            Set(row, "status", Status.Done);
            row.IsDoneByItsDay = true;
        }
    }

    // What people write where there is nothing to write.
    static bool IsDash(string text) => text is "-" or "–" or "—";

    DateOnly? Day(string text) => text.Length == 0 ? null : Dates.Read(text, period);

    static void Set(ImportRow row, string property, object? value) => row.Values.Add((Properties[property], value));

    static void Replace(ImportRow row, string property, object? value)
    {
        row.Values.RemoveAll(v => v.Property.Name == property);
        Set(row, property, value);
    }

    // One kind of line break, and none around.
    static string Even(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Replace('\v', '\n').Trim();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Lines();

    [GeneratedRegex(@"\A(?:senast )?(?:den )?[0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex Alone();

    [GeneratedRegex(@"\A#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|REFERENS!|SAKNAS!|VÄRDEFEL!|DIVISION/0!|NAMN\?|OGILTIGT!|SKÄRNING!)\z")]
    private static partial Regex Error();
}
