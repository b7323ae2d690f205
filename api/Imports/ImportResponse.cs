using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;

namespace ActionPlan.Imports;

/// <summary>What an import did, or would do.</summary>
public sealed class ImportResponse
{
    /// <summary>Key of the plan.</summary>
    /// <example>soc-2026</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>True if nothing was stored: this is what would happen.</summary>
    /// <example>false</example>
    public required bool DryRun { get; init; }

    /// <summary>How many actions are new.</summary>
    /// <example>12</example>
    [Range(0, Table.MostRows)]
    public required int Created { get; init; }

    /// <summary>How many actions have changed.</summary>
    /// <example>3</example>
    [Range(0, Table.MostRows)]
    public required int Updated { get; init; }

    /// <summary>How many stand as they stood.</summary>
    /// <example>40</example>
    [Range(0, Table.MostRows)]
    public required int Unchanged { get; init; }

    /// <summary>How many rows cannot be taken; then nothing is stored.</summary>
    /// <example>0</example>
    [Range(0, Table.MostRows)]
    public required int Failed { get; init; }

    /// <summary>Keys of the focus areas that were not there.</summary>
    /// <example>["halsa-och-stress"]</example>
    [MaxLength(Table.MostRows)]
    public required IReadOnlyList<string> FocusAreas { get; init; }

    /// <summary>The sheet of a workbook that was read; null of other files.</summary>
    /// <example>Handlingsplan</example>
    [MaxLength(100)]
    public required string? Sheet { get; init; }

    /// <summary>What deserves a look in the file as a whole, in the language of the request: a sheet that was not read, lines that are no actions.</summary>
    /// <example>[]</example>
    [MaxLength(Faults.Most)]
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How each column was understood.</summary>
    [MaxLength(Faults.Most)]
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>What became of each row, in the file's order; of an import that was refused, the rows that stop it.</summary>
    [MaxLength(Table.MostRows)]
    public required IEnumerable<ImportedRow> Rows { get; init; }

    internal static ImportResponse Of(Import import, string plan, bool isDryRun)
    {
        var counts = import.Outcomes.CountBy(outcome => outcome.Kind).ToDictionary();
        // A heading that is wrong stops everything, and no row was looked at.
        var isRefused = import.Faults.Count > 0;
        return new ImportResponse
        {
            Plan = plan,
            DryRun = isDryRun,
            Created = counts.GetValueOrDefault(Outcome.Created),
            Updated = counts.GetValueOrDefault(Outcome.Updated),
            Unchanged = counts.GetValueOrDefault(Outcome.Unchanged),
            Failed = counts.GetValueOrDefault(Outcome.Failed),
            FocusAreas = [.. import.NewAreas.Select(area => area.Key!)],
            Sheet = import.Table.Sheet,
            Warnings = [.. import.Table.Warnings.Take(Faults.Most)],
            Columns = [.. import.Columns.Take(Faults.Most)],
            // Made one by one as they are sent.
            Rows = import.Outcomes.Where(outcome => !isRefused || outcome.Kind == Outcome.Failed).Take(isRefused ? Faults.Most : int.MaxValue).Select(outcome => ImportedRow.Of(outcome, plan)),
        };
    }
}

/// <summary>What became of a row.</summary>
public sealed class ImportedRow
{
    /// <summary>Its number as the file has it: the line that a spreadsheet shows, or its place in a JSON array, from 1.</summary>
    /// <example>7</example>
    [Range(1, int.MaxValue)]
    public required int Row { get; init; }

    /// <summary>What it did.</summary>
    /// <example>created</example>
    [AllowedValues(Imports.Outcome.Created, Imports.Outcome.Updated, Imports.Outcome.Unchanged, Imports.Outcome.Failed)]
    public required string Outcome { get; init; }

    /// <summary>Key of the action; null of a row that failed and names none.</summary>
    /// <example>soc-2026-12</example>
    [MaxLength(80)]
    public required string? Key { get; init; }

    /// <summary>What deserves a look, in the language of the request.</summary>
    /// <example>[]</example>
    [MaxLength(Faults.Most)]
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What is wrong with it.</summary>
    [MaxLength(Faults.Most)]
    public required IReadOnlyList<Fault> Errors { get; init; }

    internal static ImportedRow Of(Outcome outcome, string plan) => new()
    {
        Row = outcome.Row,
        Outcome = outcome.Kind,
        Key = outcome.Number > 0 ? $"{plan}-{outcome.Number}" : null,
        Warnings = outcome.Warnings,
        Errors = outcome.Faults,
    };
}
