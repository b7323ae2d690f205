using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Deadlines;

/// <summary>How a wording is read.</summary>
public sealed class DeadlineResponse : Resource
{
    /// <summary>The wording, as it was asked about.</summary>
    /// <example>hösten/vintern 2015</example>
    [MaxLength(200)]
    public required string Text { get; init; }

    /// <summary>First day, or null when the wording names none.</summary>
    /// <example>2015-09-01</example>
    public required DateOnly? StartDate { get; init; }

    /// <summary>Last day, or null when there is none or it cannot be told.</summary>
    /// <example>2015-12-31</example>
    public required DateOnly? DueDate { get; init; }

    /// <summary>How often it is done again; what is continuous has no last day. null when the wording cannot be read.</summary>
    /// <example>none</example>
    [AllowedValues("none", "monthly", "quarterly", "tertial", "termly", "halfYearly", "yearly", "continuous", null)]
    public required string? Recurrence { get; init; }

    /// <summary>True if the wording says so: ca, cirka, preliminärt.</summary>
    /// <example>false</example>
    public required bool Approximate { get; init; }

    /// <summary>Why there is no date and what to write instead, in the language of the request.</summary>
    /// <example>[]</example>
    [MaxLength(20)]
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The plan whose period it was held against.</summary>
    [JsonIgnore]
    public string? Plan { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("deadline", Text, null, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        var text = Uri.EscapeDataString(Text);
        links.Add("self", Plan is null ? $"/deadlines?text={text}" : $"/deadlines?text={text}&plan={Plan}");
        if (Plan is not null) links.Add("up", $"/plans/{Plan}");
    }
}
