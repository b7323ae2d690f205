using System.ComponentModel.DataAnnotations;

namespace ActionPlan.Imports;

/// <summary>How a column was understood.</summary>
public sealed class Column
{
    /// <summary>Its place, from 1.</summary>
    /// <example>4</example>
    [Range(1, 100_000)]
    public required int Number { get; init; }

    /// <summary>Its heading as it is written; of a column without one, its letter.</summary>
    /// <example>Klart senast</example>
    [MaxLength(1000)]
    public required string Heading { get; init; }

    /// <summary>The action's field that it sets, or followUp for what becomes a follow-up; null when no field is called so.</summary>
    /// <example>deadline</example>
    [MaxLength(100)]
    public required string? Field { get; init; }

    /// <summary>What is done with its content: it sets the field; it is ignored, since the service sets the field itself; or, where there is no such field, it is kept in the description as "Heading: content".</summary>
    /// <example>field</example>
    [AllowedValues("field", "ignored", "description")]
    public required string Use { get; init; }

    /// <summary>The columns that the headings make.</summary>
    internal static IReadOnlyList<Column> Of(Table table, bool isNewPlan)
    {
        // Cells beyond the last heading are content too.
        var count = table.Rows.Count == 0 ? table.Headings.Count : Math.Max(table.Headings.Count, table.Rows.Max(row => row.Cells.Length));
        var fields = table.Headings.Select(Imports.Headings.FieldOf).ToList();
        // A heading that only resembles one gives way to one that is spelled so.
        for (var i = 0; i < fields.Count; i++)
            if (fields[i] is null && Imports.Headings.Loosely(table.Headings[i]) is { } field && (Imports.Headings.Joined.Contains(field) || !fields.Contains(field))) fields[i] = field;
        return [.. Enumerable.Range(0, count).Select(i => Of(i, table.Headings.ElementAtOrDefault(i) ?? "", fields.ElementAtOrDefault(i), isNewPlan)).Where(column => column.Heading.Length > 0)];

        Column Of(int i, string heading, string? field, bool ignoresKeys)
        {
            // A column that nobody has named or written in is none.
            if (heading.Length == 0) heading = table.Rows.Any(row => i < row.Cells.Length && !string.IsNullOrWhiteSpace(row.Cells[i])) ? "Kolumn " + Letter(i) : "";
            // In a new plan nothing can have a key yet.
            var isIgnored = field is not null && (Imports.Headings.ReadOnly.Contains(field) || (ignoresKeys && field == Imports.Headings.Key));
            return new Column { Number = i + 1, Heading = heading, Field = field, Use = field is null ? "description" : isIgnored ? "ignored" : "field" };
        }
    }

    static string Letter(int i) => i < 26 ? ((char)('A' + i)).ToString() : Letter(i / 26 - 1) + (char)('A' + i % 26);
}
