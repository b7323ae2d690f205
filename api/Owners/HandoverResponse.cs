using System.ComponentModel.DataAnnotations;

namespace ActionPlan.Owners;

/// <summary>What was handed over, or would be.</summary>
public sealed class HandoverResponse
{
    /// <summary>Keys of the actions, by plan and number.</summary>
    /// <example>["soc-2015-12", "soc-2015-14"]</example>
    [MaxLength(10_000_000)]
    public required IReadOnlyList<string> Moved { get; init; }

    /// <summary>How many they are.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public required int Count { get; init; }
}
