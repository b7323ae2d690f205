using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.FocusAreas;

/// <summary>A section of a plan (frågeområde).</summary>
public sealed class FocusAreaResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = $"""
        key, plan, title, introduction, position, {AuditColumns},
        (select department from plan where plan.key = focus_area.plan) as department,
        (select status from plan where plan.key = focus_area.plan) as plan_status
        """;

    /// <summary>Its key in addresses, unique within the plan; never changed.</summary>
    /// <example>halsa-och-stress</example>
    public required string Key { get; init; }

    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    public required string Plan { get; init; }

    /// <summary>The section's heading.</summary>
    /// <example>Hälsa och stress</example>
    public required string Title { get; init; }

    /// <summary>What the section is about.</summary>
    /// <example>Chefer ska se tidiga signaler och ge stöd efter behov.</example>
    public required string? Introduction { get; init; }

    /// <summary>Place in the plan, from 1; areas with the same place stand in the order of their keys.</summary>
    /// <example>2</example>
    public required int Position { get; init; }

    /// <summary>The plan's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <summary>The plan's status: a closed plan's areas cannot be edited.</summary>
    [JsonIgnore]
    public string PlanStatus { get; init; } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("focusArea", $"{Plan}/{Key}", Department, Plan);

    /// <inheritdoc />
    public override string? AlsoDependsOn() => PlanStatus;

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        var path = $"/plans/{Plan}/focus-areas/{Key}";
        if (PlanStatus == Plans.PlanStatus.Closed) links.Add("self", path);
        else links.AddEditable(path);
        links.Add("collection", $"/plans/{Plan}/focus-areas")
            .Add("up", $"/plans/{Plan}")
            .Add("actions", $"/plans/{Plan}/actions?focusArea={Key}");
    }
}
