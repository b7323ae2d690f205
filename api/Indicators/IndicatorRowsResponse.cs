using System.ComponentModel.DataAnnotations;

namespace ActionPlan.Indicators;

/// <summary>What became of values that were sent together.</summary>
public sealed class IndicatorRowsResponse
{
    /// <summary>How many are new.</summary>
    /// <example>12</example>
    [Range(0, IndicatorRows.Most)]
    public required int Created { get; init; }

    /// <summary>How many have changed.</summary>
    /// <example>1</example>
    [Range(0, IndicatorRows.Most)]
    public required int Updated { get; init; }

    /// <summary>How many stand as they stood.</summary>
    /// <example>24</example>
    [Range(0, IndicatorRows.Most)]
    public required int Unchanged { get; init; }

    /// <summary>How many rows of a CSV were left out, since they have no value yet.</summary>
    /// <example>0</example>
    [Range(0, IndicatorRows.Most)]
    public required int Skipped { get; init; }
}
