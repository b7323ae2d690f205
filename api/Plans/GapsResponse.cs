using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;
using ActionPlan.Language;

namespace ActionPlan.Plans;

/// <summary>Where a plan falls short, as an internal audit asks.</summary>
public sealed class GapsResponse : Resource
{
    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The day it was looked at.</summary>
    /// <example>2015-10-01</example>
    public required DateOnly Date { get; init; }

    /// <summary>All gaps together; an action may have several.</summary>
    /// <example>9</example>
    [Range(0, int.MaxValue)]
    public int Count => Gaps.Sum(i => i.Count);

    /// <summary>One for each kind of gap, also where there is none.</summary>
    [MaxLength(7)]
    public required IReadOnlyList<GapCount> Gaps { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("gaps", Plan, null, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        links.Add("self", $"/plans/{Plan}/gaps").Add("up", $"/plans/{Plan}");
        foreach (var gap in Gaps) gap.Links = new Links(caller).Add("actions", $"/plans/{Plan}/actions?gap={gap.Code}");
    }
}

/// <summary>A kind of gap: how many actions have it, and the rule it rests on.</summary>
public sealed class GapCount
{
    /// <summary>What is lacking; the action lists take it as <c>gap</c>.</summary>
    /// <example>missingOwner</example>
    [AllowedValues("missingOwner", "missingDeadline", "unreadableDeadline", "unverified", "followUpPast", "overdueWithoutReason", "pausedWithoutEnd")]
    public required string Code { get; init; }

    /// <summary>The same in the language of the request.</summary>
    /// <example>Öppna åtgärder utan ansvarig</example>
    [MaxLength(200)]
    public string Title => Text.Of("Gap." + Code);

    /// <summary>The rule it rests on, in the language of the request.</summary>
    /// <example>AFS 2023:1: planen ska säga vem som ser till att åtgärden genomförs.</example>
    [MaxLength(500)]
    public string Rule => Text.Of("Rule." + Code);

    /// <summary>True if the law asks for it.</summary>
    /// <example>true</example>
    public required bool IsLaw { get; init; }

    /// <summary>Actions that have this gap.</summary>
    /// <example>3</example>
    [Range(0, int.MaxValue)]
    public required int Count { get; init; }

    /// <summary>Those actions.</summary>
    [JsonPropertyName("_links"), Derived]
    public Links? Links { get; set; }
}
