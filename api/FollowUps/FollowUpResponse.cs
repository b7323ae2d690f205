using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Actions;
using ActionPlan.Http;

namespace ActionPlan.FollowUps;

/// <summary>A follow-up (uppföljning) of an action: one that was made or, in the list of what is due, one that is expected.</summary>
public sealed class FollowUpResponse : Resource
{
    /// <summary>What is read of one that was made.</summary>
    public const string Columns = """
        id, plan || '-' || number as action, plan, date, kind, note, author, prognosis, effect, next_follow_up_date, created_at, department,
        (select title from action where action.id = follow_up.action_id) as title,
        (select owner from action where action.id = follow_up.action_id) as owner
        """;

    /// <summary>What is read of an action of which one is expected.</summary>
    public const string ExpectedColumns = """
        null as id, plan || '-' || number as action, plan, number, next_follow_up_date as date, case status when 'done' then 'check' else 'progress' end as kind,
        null as note, null as author, prognosis, null as effect, next_follow_up_date, null as created_at, department, title, owner
        """;

    /// <summary>Its id; null while it is only expected.</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid? Id { get; init; }

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
    [MaxLength(300), Derived]
    public required string Title { get; init; }

    /// <summary>Who is accountable for the action.</summary>
    /// <example>HR-enheten</example>
    [MaxLength(200), Derived]
    public required string? Owner { get; init; }

    /// <summary>The day it was made, or is expected.</summary>
    /// <example>2015-10-01</example>
    public required DateOnly Date { get; init; }

    /// <summary>Progress (avstämning), check (kontroll) or evaluation (utvärdering). Of what is done, a check is expected.</summary>
    /// <example>check</example>
    public required string Kind { get; init; }

    /// <summary>What was seen.</summary>
    /// <example>Alla som börjat sedan i våras har en mentor.</example>
    public required string? Note { get; init; }

    /// <summary>Who made it.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    public required string? Author { get; init; }

    /// <summary>The traffic light that it gave the action, or the one that the action has while it is expected.</summary>
    /// <example>green</example>
    public required string? Prognosis { get; init; }

    /// <summary>Whether it helped.</summary>
    /// <example>improved</example>
    public required string? Effect { get; init; }

    /// <summary>When the action was to be followed up next.</summary>
    /// <example>2016-04-01</example>
    public required DateOnly? NextFollowUpDate { get; init; }

    /// <summary>When it was stored.</summary>
    /// <example>2015-10-01T08:30:00.000Z</example>
    [JsonPropertyOrder(90)]
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The plan's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("followUp", Id.ToString()!, Department, Plan);

    /// <inheritdoc />
    public override string? AlsoDependsOn() => $"{Title}\n{Owner}";

    /// <inheritdoc />
    public override object Fold() => new { Text = SearchText.Fold(Note) };

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        if (Id is { } id) links.Add("self", $"/actions/{Action}/follow-ups/{id}").Add("collection", $"/actions/{Action}/follow-ups");
        else links.Add("create", $"/actions/{Action}/follow-ups", "POST", Role.Editor);
        links.Add("up", $"/actions/{Action}");
    }
}
