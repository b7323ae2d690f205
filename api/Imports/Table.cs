using System.Text.RegularExpressions;

namespace ActionPlan.Imports;

/// <summary>A row as it stood in the file.</summary>
/// <param name="Number">Its number as a spreadsheet shows it, or its place in a JSON array, from 1.</param>
/// <param name="Cells">Its cells as text; null where the file says nothing of the cell.</param>
sealed record Row(int Number, string?[] Cells)
{
    /// <summary>True if nothing is written in it.</summary>
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);

    /// <summary>A cell without the apostrophe that an export put before what a spreadsheet would run as a formula.</summary>
    public static string Restored(string cell) => cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\'', ..] ? cell[1..] : cell;
}

/// <summary>What a file holds: headings, the rows under them, and what stood beside the table.</summary>
sealed partial class Table
{
    /// <summary>How many rows are taken: what is larger is no plan.</summary>
    public const int MostRows = 250_000;

    // A title, a date, who was there: headings come soon.
    const int SearchedRows = 40;

    /// <summary>The headings, as they are written.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>The rows that are not blank.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The first line above the headings: most often what the plan is called.</summary>
    public string? Title { get; init; }

    /// <summary>True if the rows came as JSON, whose values mean what they say and whose places have pointers.</summary>
    public bool IsJson { get; init; }

    /// <summary>The plan's own facts, from the second sheet of an exported workbook, by the API's names.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>The table that begins with the first row that looks like headings, or null if no row does.</summary>
    public static Table? Find(IReadOnlyList<Row> rows)
    {
        var searched = rows.Where(row => !row.IsBlank).Take(SearchedRows).ToList();
        var head = searched.Find(row => Imports.Headings.Known(row.Cells) > 1)
            ?? searched.Find(row => Imports.Headings.Known(row.Cells) == 1);
        if (head is null) return null;

        return new Table
        {
            Headings = [.. head.Cells.Select(cell => Spaces().Replace(cell ?? "", " ").Trim())],
            Rows = [.. rows.Where(row => row.Number > head.Number && !row.IsBlank)],
            Title = searched.TakeWhile(row => row != head).SelectMany(row => row.Cells).FirstOrDefault(cell => !string.IsNullOrWhiteSpace(cell))?.Trim(),
        };
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
