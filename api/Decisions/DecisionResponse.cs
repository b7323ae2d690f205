using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Decisions;

/// <summary>A decision on a proposal or a trial: what, why, by whom and when.</summary>
public sealed class DecisionResponse : Resource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = "id, plan || '-' || number as action, plan, date, outcome, reason, note, decided_by, author, created_at, department";

    /// <summary>Its id (UUID version 7).</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>Key of the action's plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The day it was decided.</summary>
    /// <example>2016-01-15</example>
    public required DateOnly Date { get; init; }

    /// <summary>Of a proposal: accepted or rejected. Of a trial: carryOn, widen or stop.</summary>
    /// <example>accepted</example>
    public required string Outcome { get; init; }

    /// <summary>Why.</summary>
    /// <example>Ryms i budgeten för 2016</example>
    public required string? Reason { get; init; }

    /// <summary>What follows from it: how a trial is widened, on which conditions it goes on.</summary>
    /// <example>Alla enheter från och med hösten</example>
    public required string? Note { get; init; }

    /// <summary>Who decided.</summary>
    /// <example>Förvaltningschefen</example>
    public required string? DecidedBy { get; init; }

    /// <summary>Who told of it.</summary>
    /// <example>Nämndsekreteraren</example>
    public required string Author { get; init; }

    /// <summary>When it was stored.</summary>
    /// <example>2016-01-16T08:30:00.000Z</example>
    [JsonPropertyOrder(90)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The plan's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("decision", Id.ToString(), Department, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/actions/{Action}/decisions/{Id}")
        .Add("collection", $"/actions/{Action}/decisions")
        .Add("up", $"/actions/{Action}");
}
