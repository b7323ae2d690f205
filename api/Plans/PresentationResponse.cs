using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Plans;

/// <summary>An occasion (redovisning) when the nämnd saw a plan: as it stood at the end of that day.</summary>
public sealed class PresentationResponse : Resource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = "id, plan, date, board, registry_number, paragraph, note, created_at, created_by, department";

    /// <summary>Its id (UUID version 7).</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The day of the meeting.</summary>
    /// <example>2015-03-01</example>
    public required DateOnly Date { get; init; }

    /// <summary>The nämnd that saw the plan.</summary>
    /// <example>Socialnämnden</example>
    public required string? Board { get; init; }

    /// <summary>Diarienummer of the matter.</summary>
    /// <example>SN 2015/0123</example>
    public required string? RegistryNumber { get; init; }

    /// <summary>The paragraph of the minutes.</summary>
    /// <example>§ 45</example>
    public required string? Paragraph { get; init; }

    /// <summary>What was said or decided.</summary>
    /// <example>Nämnden vill se sjukfrånvaron per verksamhet nästa gång.</example>
    public required string? Note { get; init; }

    /// <summary>When it was stored.</summary>
    /// <example>2015-03-02T08:30:00.000Z</example>
    [JsonPropertyOrder(90)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the key that stored it.</summary>
    /// <example>Nämndsekreteraren</example>
    [JsonPropertyOrder(91), MaxLength(200)]
    public required string CreatedBy { get; init; }

    /// <summary>The plan's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("presentation", Id.ToString(), Department, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/plans/{Plan}/presentations/{Id}")
        .Add("collection", $"/plans/{Plan}/presentations")
        .Add("up", $"/plans/{Plan}")
        // What has happened since. Not linked to from the plan, which may never have been presented.
        .Add("comparison", $"/plans/{Plan}/comparison?from={Date:yyyy-MM-dd}");
}
