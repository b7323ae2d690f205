using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;

namespace ActionPlan.Owners;

/// <summary>Someone who is accountable for actions, and how many.</summary>
public sealed class OwnerResponse : Resource
{
    /// <summary>The owner, as first written; case, hyphens and spaces do not make another one.</summary>
    /// <example>HR-enheten</example>
    [MaxLength(200)]
    public required string Owner { get; init; }

    /// <summary>Open actions.</summary>
    /// <example>12</example>
    [Range(0, int.MaxValue)]
    public required int Open { get; init; }

    /// <summary>Open actions whose due date has passed.</summary>
    /// <example>3</example>
    [Range(0, int.MaxValue)]
    public required int Overdue { get; init; }

    /// <summary>Open actions due today or within 30 days.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public required int DueSoon { get; init; }

    /// <summary>Actions that are done or verified.</summary>
    /// <example>7</example>
    [Range(0, int.MaxValue)]
    public required int Done { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("owner", Owner, null, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links.Add("actions", $"/actions?owner={Uri.EscapeDataString(Owner)}");
}
