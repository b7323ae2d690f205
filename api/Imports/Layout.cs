using System.Text.RegularExpressions;

namespace ActionPlan.Imports;

/// <summary>
/// What people set between the actions so that a table reads well on paper: titles of sections, which are the focus areas of the
/// rows beneath; the headings again on each page; sums and page numbers. Whatever is not taken as an action is told.
/// </summary>
sealed partial class Layout
{
    const int LongestArea = 200;

    readonly Table table;
    readonly int title, area, number;
    readonly bool areNumbered, haveSmallLetters;
    readonly List<string> warnings = [];

    Layout(Table table, List<string?> fields)
    {
        this.table = table;
        (title, area, number) = (fields.IndexOf("title"), fields.IndexOf("focusArea"), fields.IndexOf("externalId"));
        var full = table.Rows.Where(row => !IsLone(row)).ToList();
        areNumbered = number >= 0 && full.Count > 1 && full.TrueForAll(row => At(row, number).Length > 0);
        haveSmallLetters = full.Exists(row => At(row, title).Any(char.IsLower));
    }

    /// <summary>The table of actions alone, the area of each in a column.</summary>
    /// <exception cref="UnreadableFileException">Another table begins below.</exception>
    public static Table Read(Table table)
    {
        var fields = table.Headings.Select(heading => Headings.FieldOf(heading) ?? Headings.Loosely(heading)).ToList();
        // Rows that name actions of ours come from an export: each means what it says.
        return fields.Contains("title") && !fields.Contains(Headings.Key) ? new Layout(table, fields).Read() : table;
    }

    Table Read()
    {
        var lines = table.Rows.Where(row => !IsHeadings(row) && !IsFoot(row)).ToList();
        var actions = new List<Row>(lines.Count);
        var at = area < 0 ? table.Headings.Count : area;
        var hasSections = false;
        string? section = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var (row, next) = (lines[i], lines.ElementAtOrDefault(i + 1));
            var isSection = IsSection(row);
            if (isSection && next is not null && !IsSection(next))
            {
                (section, hasSections) = (Spaces().Replace(First(row), " "), true);
                Warn("section", row);
            }
            // A last line in the column of the actions is one; elsewhere, or across, it is a note, as is a title right above another.
            else if (isSection && (next is not null || row.Spans > 1 || At(row, title).Length == 0)) Warn("lineSkipped", row);
            else
            {
                if (IsLone(row) && section is null && area < 0 && next is not null && !IsLone(next) && table.Headings.Count(heading => heading.Length > 0) > 2) Warn("titleAlone", row);
                actions.Add(section is null || At(row, at).Length > 0 ? row : With(row, at, section));
            }
        }

        if (!hasSections) FillDown(actions);
        return table with
        {
            Headings = hasSections && area < 0 ? [.. table.Headings, Language.Text.Of("Heading.sections")] : table.Headings,
            Rows = actions,
            Warnings = [.. table.Warnings, .. warnings],
        };
    }

    // An area that stands once, left of its actions, and empty cells beneath: that is what merged cells leave behind in CSV.
    void FillDown(List<Row> actions)
    {
        var named = area < 0 || area > title ? [] : actions.Select(row => At(row, area)).Where(text => text.Length > 0).ToList();
        if (named.Count < 2 || named.Count == actions.Count || At(actions[0], area).Length == 0 || named.Distinct().Count() < named.Count) return;
        for (var i = 1; i < actions.Count; i++)
            if (At(actions[i], area).Length == 0) actions[i] = With(actions[i], area, At(actions[i - 1], area));
        warnings.Add(Language.Text.Of("Warning.areasBelow", table.Headings[area]));
    }

    // A lone text of words: across several columns, in the column of areas or of numbers or in one without heading, or in that of
    // the actions, if it looks like no action: in capitals, "Fokusområde 1: Hälsa", without number where all others have one.
    bool IsSection(Row row)
    {
        if (!IsLone(row) || First(row) is not { Length: <= LongestArea } text || !Words().IsMatch(text)) return false;
        var at = Array.FindIndex(row.Cells, cell => !string.IsNullOrWhiteSpace(cell));
        var isAcross = table.Headings.Skip(at).Take(row.Spans).Count(heading => heading.Length > 0) > 1;
        if (isAcross || at == area || at == number || (at < title && table.Headings[at].Length == 0)) return true;
        return at == title && (areNumbered || (haveSmallLetters && !text.Any(char.IsLower) && text.Count(char.IsUpper) > 3)
            || (Named().Match(text) is { Success: true } match && Headings.FieldOf(match.Groups[1].Value) == "focusArea"));
    }

    // A page number, a sum, the number of a line that nobody has filled in.
    bool IsFoot(Row row)
    {
        var isFoot = Foot().IsMatch(First(row)) ? row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) <= 2 : IsLone(row) && At(row, number) is { Length: > 0 } text && !Words().IsMatch(text);
        if (isFoot) Warn("lineSkipped", row);
        return isFoot;
    }

    bool IsHeadings(Row row)
    {
        if (!Headings.Titles.Contains(At(row, title))) return false;
        if (table.Headings.Select((heading, i) => Spaces().Replace(At(row, i), " ") == heading).All(isSame => isSame)) return true;
        return Headings.Known(row.Cells) > 2 ? throw new UnreadableFileException("headingsAgain", row.Number, table.HeadingRow) : false;
    }

    void Warn(string code, Row row)
    {
        if (warnings.Count < Http.Faults.Most) warnings.Add(Language.Text.Of("Warning." + code, row.Number, Language.Text.Quote(First(row), 100)));
    }

    static bool IsLone(Row row)
    {
        var filled = 0;
        foreach (var cell in row.Cells)
            if (!string.IsNullOrWhiteSpace(cell) && ++filled > 1) return false;
        return true;
    }

    static string At(Row row, int column) => column >= 0 && column < row.Cells.Length ? row.Cells[column]?.Trim() ?? "" : "";

    static string First(Row row) => Array.Find(row.Cells, cell => !string.IsNullOrWhiteSpace(cell))!.Trim();

    static Row With(Row row, int column, string text)
    {
        var cells = new string?[Math.Max(row.Cells.Length, column + 1)];
        row.Cells.CopyTo(cells, 0);
        cells[column] = text;
        return row with { Cells = cells };
    }

    [GeneratedRegex(@"\p{L}{3}")]
    private static partial Regex Words();

    [GeneratedRegex(@"\A(\p{L}+)(?: ?[0-9]+[.:)]?| ?[:–—-])(?: |\z)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\A(?:(?:sida|sid|page)\.? [0-9]+(?: ?(?:av|of|/|\() ?[0-9]+\)?)?\z|(?:delsumma|summa|totalt?)(?: antal)?(?: åtgärder)?:?(?: ?[0-9].*)?\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Foot();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
