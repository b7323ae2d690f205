using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;

namespace ActionPlan.Plans;

/// <summary>What differs in a plan between two moments: the page of a report to the board (nämnd).</summary>
public sealed class ComparisonResponse : Resource
{
    const int Most = 10_000_000;

    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The earlier moment.</summary>
    /// <example>2015-03-01T22:59:59.999Z</example>
    public required DateTimeOffset From { get; init; }

    // No part of the ETag: unless told it is now, and as long as nothing else differs, that is no other answer.
    /// <summary>The later moment.</summary>
    /// <example>2015-09-01T21:59:59.999Z</example>
    [Derived]
    public required DateTimeOffset To { get; init; }

    /// <summary>Actions that have come.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedAction> Added { get; init; }

    /// <summary>Actions that have been deleted.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedAction> Removed { get; init; }

    /// <summary>Actions that have become done, verified ones too.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedAction> NewlyDone { get; init; }

    /// <summary>Actions that a check has verified.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedAction> NewlyVerified { get; init; }

    /// <summary>Open actions that were not late then and are now.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedAction> BecameOverdue { get; init; }

    /// <summary>Actions whose last day has been moved, and how often.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<MovedDeadline> DeadlineMoved { get; init; }

    /// <summary>Actions that somebody else is accountable for.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ChangedText> OwnerChanged { get; init; }

    /// <summary>Actions that stand elsewhere.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ChangedText> StatusChanged { get; init; }

    /// <summary>Follow-ups that were stored in between.</summary>
    [MaxLength(Most)]
    public required IReadOnlyList<ComparedFollowUp> FollowUps { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("comparison", Plan, null, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/plans/{Plan}/comparison?from={Json.Instant(From)}&to={Json.Instant(To)}")
        .Add("up", $"/plans/{Plan}")
        .Add("presentations", $"/plans/{Plan}/presentations");
}

/// <summary>An action in a comparison.</summary>
public sealed class ComparedAction
{
    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>Its title.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }
}

/// <summary>A text of an action that differs.</summary>
public sealed class ChangedText
{
    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>Its title.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What it was.</summary>
    /// <example>Chefer</example>
    [MaxLength(200)]
    public required string? From { get; init; }

    /// <summary>What it is.</summary>
    /// <example>HR-enheten</example>
    [MaxLength(200)]
    public required string? To { get; init; }
}

/// <summary>A last day that has been moved.</summary>
public sealed class MovedDeadline
{
    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>Its title.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What it was.</summary>
    /// <example>2015-06-30</example>
    public required DateOnly? From { get; init; }

    /// <summary>What it is.</summary>
    /// <example>2015-11-30</example>
    public required DateOnly? To { get; init; }

    /// <summary>How many days later (or, below zero, earlier) it is; null where one of them is unknown.</summary>
    /// <example>153</example>
    [Range(-4_000_000, 4_000_000)]
    public required int? Days { get; init; }

    /// <summary>How often it was moved.</summary>
    /// <example>2</example>
    [Range(0, int.MaxValue)]
    public required int Times { get; init; }
}

/// <summary>A follow-up in a comparison.</summary>
public sealed class ComparedFollowUp
{
    /// <summary>Its id.</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>The action's title.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>The day it was made.</summary>
    /// <example>2015-08-20</example>
    public required DateOnly Date { get; init; }

    /// <summary>Progress, check or evaluation.</summary>
    /// <example>check</example>
    [AllowedValues("progress", "check", "evaluation")]
    public required string Kind { get; init; }

    /// <summary>Whether the action helped.</summary>
    /// <example>improved</example>
    [AllowedValues("improved", "unchanged", "worsened", "tooEarly", "notMeasurable", null)]
    public required string? Effect { get; init; }

    /// <summary>The traffic light that it gave.</summary>
    /// <example>green</example>
    [AllowedValues("green", "yellow", "red", null)]
    public required string? Prognosis { get; init; }
}
