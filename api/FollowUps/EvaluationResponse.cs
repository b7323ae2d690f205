using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.FollowUps;

/// <summary>An evaluation (utvärdering) of an action: one that was made or, in the list of what is due, one that is planned.</summary>
public sealed class EvaluationResponse : Resource
{
    /// <summary>What is read of one that was made.</summary>
    public const string Columns = """
        id, plan || '-' || number as action, plan, date, note, author, effect, created_at,
        (select title from action where action.id = action_id) as title,
        (select owner from action where action.id = action_id) as owner,
        (select evaluation_responsible from action where action.id = action_id) as evaluation_responsible,
        (select evaluation_due_date from action where action.id = action_id) as evaluation_due_date,
        (select evaluation_support from action where action.id = action_id) as evaluation_support
        """;

    /// <summary>What is read of an action of which one is planned.</summary>
    public const string PlannedColumns = """
        plan || '-' || number as action, plan, number, title, owner, evaluation_responsible, evaluation_due_date, evaluation_support
        """;

    /// <summary>Id of the follow-up that it is; null while it is only planned.</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public Guid? Id { get; init; }

    /// <summary>Key of the action.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Action { get; init; }

    /// <summary>Key of the action's plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>The action's title.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>Who is accountable for the action.</summary>
    /// <example>HR-enheten</example>
    [MaxLength(200)]
    public required string? Owner { get; init; }

    /// <summary>Who documents the evaluation.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    [MaxLength(200)]
    public required string? EvaluationResponsible { get; init; }

    /// <summary>When the evaluation is to be done.</summary>
    /// <example>2016-12-01</example>
    public required DateOnly? EvaluationDueDate { get; init; }

    /// <summary>What support it needs.</summary>
    /// <example>Högskolan</example>
    [MaxLength(500)]
    public required string? EvaluationSupport { get; init; }

    /// <summary>The day it was made; null while it is planned.</summary>
    /// <example>2016-11-20</example>
    public DateOnly? Date { get; init; }

    /// <summary>What came of it.</summary>
    /// <example>Nio av tio nyanställda är kvar efter ett år.</example>
    [MaxLength(20_000)]
    public string? Note { get; init; }

    /// <summary>Who made it.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    [MaxLength(200)]
    public string? Author { get; init; }

    /// <summary>Whether the action helped.</summary>
    /// <example>improved</example>
    [AllowedValues(Effects.Improved, Effects.Unchanged, Effects.Worsened, Effects.TooEarly, Effects.NotMeasurable, null)]
    public string? Effect { get; init; }

    /// <summary>When it was stored.</summary>
    /// <example>2016-11-20T08:30:00.000Z</example>
    [JsonPropertyOrder(90)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("followUp", Id.ToString()!, null, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        if (Id is { } id) links.Add("self", $"/actions/{Action}/follow-ups/{id}");
        else links.Add("create", $"/actions/{Action}/follow-ups", "POST", Role.Editor);
        links.Add("up", $"/actions/{Action}");
    }
}
