using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using ActionPlan.FollowUps;
using ActionPlan.Http;

namespace ActionPlan.Measures;

/// <summary>
/// That a plan has a measure of the catalogue, and what came of it. Of another department's a bound key sees what the plan shares:
/// no keys and no links, and with sharing titles no status and no verdicts.
/// </summary>
public sealed class AdoptionResponse : Resource
{
    /// <summary>Number of the measure.</summary>
    /// <example>80</example>
    [Range(1, 10_000)]
    public required int Measure { get; init; }

    /// <summary>Title of the action that carries it out.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    [MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>Key of the action; null for another department's.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string? Action { get; init; }

    /// <summary>Key of the plan; null for another department's.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string? Plan { get; init; }

    /// <summary>Title of the plan.</summary>
    /// <example>Åtgärdsplan 2015–2016</example>
    [MaxLength(300)]
    public required string PlanTitle { get; init; }

    /// <summary>Key of the department; null for another.</summary>
    /// <example>soc</example>
    [MaxLength(40)]
    public required string? Department { get; init; }

    /// <summary>Name of the department.</summary>
    /// <example>Socialförvaltningen</example>
    [MaxLength(200)]
    public required string DepartmentName { get; init; }

    /// <summary>The municipality, if it is known.</summary>
    /// <example>Exempelkommunen</example>
    [MaxLength(200)]
    public required string? Municipality { get; init; }

    /// <summary>What the plan shares.</summary>
    /// <example>effects</example>
    [AllowedValues("none", "titles", "effects")]
    public required string Sharing { get; init; }

    /// <summary>Since when: the day on which the action was added, or its first day if that was earlier.</summary>
    /// <example>2015-09-01</example>
    public DateOnly Since => StartDate < Caller.Day(CreatedAt) ? StartDate.Value : Caller.Day(CreatedAt);

    /// <summary>Where it stands; null if it is not shared.</summary>
    /// <example>verified</example>
    [AllowedValues(Actions.Status.Planned, Actions.Status.InProgress, Actions.Status.Paused, Actions.Status.Done, Actions.Status.Verified, Actions.Status.Cancelled, null)]
    public required string? Status { get; init; }

    /// <summary>The latest verdict: whether it helped. Null if there is none, or it is not shared.</summary>
    /// <example>improved</example>
    [AllowedValues(Effects.Improved, Effects.Unchanged, Effects.Worsened, Effects.TooEarly, Effects.NotMeasurable, null)]
    public required string? Effect { get; init; }

    /// <summary>Every verdict of its follow-ups, the latest first; none if they are not shared.</summary>
    [MaxLength(10_000)]
    public IReadOnlyList<Verdict> Verdicts => [.. (VerdictList ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Verdict.Read)];

    /// <summary>The action's first day.</summary>
    [JsonIgnore]
    public DateOnly? StartDate { get; init; }

    /// <summary>When the action was added.</summary>
    [JsonIgnore]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The verdicts as they are read.</summary>
    [JsonIgnore]
    public string? VerdictList { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => throw new InvalidOperationException("An adoption is an action's, and not recorded beside it.");

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        if (Action is not null) links.Add("action", $"/actions/{Action}").Add("plan", $"/plans/{Plan}");
    }
}

/// <summary>What a follow-up said of whether an action helped.</summary>
public sealed class Verdict
{
    /// <summary>The day of the follow-up.</summary>
    /// <example>2016-02-15</example>
    public required DateOnly Date { get; init; }

    /// <summary>Progress (avstämning), check (kontroll) or evaluation (utvärdering).</summary>
    /// <example>check</example>
    [AllowedValues(FollowUpKind.Progress, FollowUpKind.Check, FollowUpKind.Evaluation)]
    public required string Kind { get; init; }

    /// <summary>Whether it helped.</summary>
    /// <example>improved</example>
    [AllowedValues(Effects.Improved, Effects.Unchanged, Effects.Worsened, Effects.TooEarly, Effects.NotMeasurable)]
    public required string Effect { get; init; }

    /// <summary>As it is read: <c>2016-02-15 check improved</c>.</summary>
    internal const string Sql = "cast(follow_up.date as text) || ' ' || follow_up.kind || ' ' || follow_up.effect";

    internal static Verdict Read(string text) => text.Split(' ') is [var date, var kind, var effect]
        ? new Verdict { Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), Kind = kind, Effect = effect }
        : throw new FormatException(text);
}
