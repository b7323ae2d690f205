using System.Text.RegularExpressions;

namespace ActionPlan.Imports;

/// <summary>A row as it stood in the file.</summary>
/// <param name="Number">Its number as a spreadsheet shows it, or its place in a JSON array, from 1.</param>
/// <param name="Cells">Its cells as text; null where the file says nothing of the cell.</param>
/// <param name="Spans">How many columns its widest cell is merged across.</param>
sealed record Row(int Number, string?[] Cells, int Spans = 1)
{
    /// <summary>True if nothing is written in it.</summary>
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);

    /// <summary>Stands in a cell whose formula nobody has worked out: a character that no text has.</summary>
    public const string WithoutValue = "\uE000";
}

/// <summary>What a file holds: headings, the rows under them, and what stood beside the table.</summary>
sealed partial record Table
{
    /// <summary>How many rows are taken: what is larger is no plan.</summary>
    public const int MostRows = 250_000;

    /// <summary>How many columns are taken.</summary>
    public const int MostColumns = 500;

    // A title, a date, who was there: headings come soon.
    public const int SearchedRows = 40;

    /// <summary>The certainty of headings that are several and name the action.</summary>
    public const int Certain = 3;

    /// <summary>The headings, as they are written.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>The number of the row that holds them.</summary>
    public int HeadingRow { get; init; } = 1;

    /// <summary>How sure it is that they are headings: <see cref="Certain"/> when several are known and one names the action, 2 when several are known, else 1.</summary>
    public int Certainty { get; init; }

    /// <summary>The sheet of a workbook that was read.</summary>
    public string? Sheet { get; init; }

    /// <summary>What deserves a look in the file as a whole, in the language of the request.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The rows that are not blank.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The first line above the headings that is no label of something else: most often what the plan is called.</summary>
    public string? Title { get; init; }

    /// <summary>True if the rows came as JSON, whose values mean what they say and whose places have pointers.</summary>
    public bool IsJson { get; init; }

    /// <summary>The plan's own facts, from the second sheet of an exported workbook, by the API's names.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>The table that begins with the first row that looks like headings, or null if no row does.</summary>
    public static Table? Find(IReadOnlyList<Row> rows)
    {
        var searched = rows.Where(row => !row.IsBlank).Take(SearchedRows).ToList();
        // The first of those that look most like it: "Ansvarig: förvaltningschef, Status: beslutad" may stand above.
        var head = searched.MaxBy(Likeness);
        if (head is null || Likeness(head) is 0) return null;

        var under = searched.Find(row => row.Number == head.Number + 1 && Divides(row, head));
        return Layout.Read(new Table
        {
            Headings = [.. Enumerable.Range(0, Math.Max(head.Cells.Length, under?.Cells.Length ?? 0)).Select(i => under is null || Heading(under, i).Length == 0 ? Heading(head, i) : Heading(under, i))],
            Rows = [.. rows.Where(row => row.Number > (under ?? head).Number && !row.IsBlank)],
            HeadingRow = (under ?? head).Number,
            Certainty = Likeness(head),
            Title = searched.TakeWhile(row => row != head).Select(row => row.Cells.First(cell => !string.IsNullOrWhiteSpace(cell))!.Trim()).FirstOrDefault(text => !text.EndsWith(':') && text != Row.WithoutValue),
        });

        static string Heading(Row row, int column) => row.Cells.ElementAtOrDefault(column) is { } cell and not Row.WithoutValue ? Spaces().Replace(cell, " ").Trim() : "";

        // Headings in two rows: "Tidplan" above "Start" and "Slutdatum", and nothing, or the same, beneath what is to be done.
        static bool Divides(Row row, Row head)
        {
            var filled = row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell));
            var (title, known) = (Array.FindIndex(head.Cells, cell => Imports.Headings.Titles.Contains(cell?.Trim() ?? "")), Imports.Headings.Known(row.Cells));
            return filled > 1 && known > 0 && known * 2 >= filled && title >= 0 && (Heading(row, title) is "" || Heading(row, title) == Heading(head, title));
        }

        static int Likeness(Row row) => Imports.Headings.Known(row.Cells) switch { 0 => 0, 1 => 1, _ => Imports.Headings.NameActions(row.Cells) ? Certain : 2 };
    }

    /// <summary>Refuses more rows than are taken.</summary>
    /// <exception cref="UnreadableFileException">There are too many.</exception>
    public static void Limit(int rows)
    {
        if (rows > MostRows) throw new UnreadableFileException("tooManyRows", MostRows);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
