using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Actions;

/// <summary>An åtgärd: what will be done, who is responsible, by when, how it goes, whether it helped.</summary>
public sealed class ActionResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = $"""
        plan || '-' || number as key, plan, number, department, title, description, focus_area, status, status_reason,
        owner, owner_email, initiator, participants, deadline, start_date, due_date, recurrence, priority, prognosis,
        is_highlighted, expected_effect, source, measure_number, is_trial, decision_due_date, completed_on, verified_on,
        follow_up_interval, next_follow_up_date, evaluation_responsible, evaluation_due_date, evaluation_support,
        tags, external_id, {AuditColumns}, deleted_at,
        (select status from plan where plan.key = action.plan) as plan_status, predecessor_plan, predecessor_number,
        (select a.department from action as a where a.plan = action.predecessor_plan and a.number = action.predecessor_number and a.deleted_at is null) as predecessor_department
        """;

    /// <summary>What people call it: the plan's key and its number there.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Key { get; init; }

    /// <summary>Key of the plan.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string Plan { get; init; }

    /// <summary>Its number in the plan, given once and never again.</summary>
    /// <example>12</example>
    [Range(1, int.MaxValue)]
    public required int Number { get; init; }

    /// <summary>What will be done, in a line.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    public required string Title { get; init; }

    /// <summary>More about it: the problem, the way.</summary>
    /// <example>Mentorn är en erfaren kollega i samma arbetsgrupp.</example>
    public required string? Description { get; init; }

    /// <summary>Key of the section (frågeområde) it belongs to.</summary>
    /// <example>personalomsattning</example>
    public required string? FocusArea { get; init; }

    /// <summary>Where it stands: Föreslagen, Planerad, Pågår, Pausad, Genomförd, Kontrollerad, Avbruten, Förkastad.</summary>
    /// <example>planned</example>
    public required string Status { get; init; }

    /// <summary>Why it is paused, cancelled or rejected, or why it was reopened.</summary>
    /// <example>Väntar på beslut om budget</example>
    public required string? StatusReason { get; init; }

    /// <summary>The one who is accountable: a unit or role before a person.</summary>
    /// <example>HR-enheten</example>
    public required string? Owner { get; init; }

    /// <summary>Where the owner is reached.</summary>
    /// <example>hr-enheten@example.se</example>
    public required string? OwnerEmail { get; init; }

    /// <summary>Whose idea it was.</summary>
    /// <example>Arbetsplatsträff på utredningsenheten</example>
    public required string? Initiator { get; init; }

    /// <summary>Others who take part: unions in samverkan, partners.</summary>
    /// <example>["Fackliga organisationer", "Företagshälsovården"]</example>
    public required IReadOnlyList<string> Participants { get; init; }

    /// <summary>By when, as it was written.</summary>
    /// <example>hösten 2015</example>
    public required string? Deadline { get; init; }

    /// <summary>First day.</summary>
    /// <example>2015-09-01</example>
    public required DateOnly? StartDate { get; init; }

    /// <summary>Last day; overdue after it.</summary>
    /// <example>2015-11-30</example>
    public required DateOnly? DueDate { get; init; }

    /// <summary>How often it is done again; what is continuous has no last day.</summary>
    /// <example>none</example>
    public required string? Recurrence { get; init; }

    /// <summary>How important it is.</summary>
    /// <example>high</example>
    public required string? Priority { get; init; }

    /// <summary>The traffic light that the latest follow-up set.</summary>
    /// <example>green</example>
    [AllowedValues("green", "yellow", "red", null)]
    public required string? Prognosis { get; init; }

    /// <summary>True for those that a summary names first.</summary>
    /// <example>true</example>
    public required bool IsHighlighted { get; init; }

    /// <summary>True if it is open and today, in Stockholm, is after the due date.</summary>
    /// <example>false</example>
    [Derived]
    public bool IsOverdue { get; private set; }

    /// <summary>What it is meant to lead to.</summary>
    /// <example>Fler nyanställda stannar efter två år</example>
    public required string? ExpectedEffect { get; init; }

    /// <summary>Where it comes from: a decision, a document, a round.</summary>
    /// <example>Skyddsrond 2015</example>
    public required string? Source { get; init; }

    /// <summary>Number of the catalogue's measure that it carries out.</summary>
    /// <example>80</example>
    public required int? MeasureNumber { get; init; }

    /// <summary>True if it is tried out first.</summary>
    /// <example>false</example>
    public required bool IsTrial { get; init; }

    /// <summary>When a trial is decided on.</summary>
    /// <example>2016-06-30</example>
    public required DateOnly? DecisionDueDate { get; init; }

    /// <summary>The day it was done.</summary>
    /// <example>2015-11-12</example>
    public required DateOnly? CompletedOn { get; init; }

    /// <summary>The day a check told its effect.</summary>
    /// <example>2016-02-15</example>
    public required DateOnly? VerifiedOn { get; init; }

    /// <summary>How often it is followed up.</summary>
    /// <example>monthly</example>
    public required string? FollowUpInterval { get; init; }

    /// <summary>When it is followed up next.</summary>
    /// <example>2015-10-01</example>
    public required DateOnly? NextFollowUpDate { get; init; }

    /// <summary>Who documents the evaluation.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    public required string? EvaluationResponsible { get; init; }

    /// <summary>When the evaluation is done.</summary>
    /// <example>2016-12-01</example>
    public required DateOnly? EvaluationDueDate { get; init; }

    /// <summary>What support the evaluation needs.</summary>
    /// <example>Högskolan</example>
    public required string? EvaluationSupport { get; init; }

    /// <summary>Words to find it by.</summary>
    /// <example>["introduktion", "rekrytering"]</example>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Its number or id in the system or sheet that it came from.</summary>
    /// <example>A-17</example>
    public required string? ExternalId { get; init; }

    /// <summary>Where its status may go now by PATCH.</summary>
    /// <example>["inProgress", "paused", "done", "cancelled"]</example>
    [MaxLength(8), Derived]
    [AllowedValues(Actions.Status.Proposed, Actions.Status.Planned, Actions.Status.InProgress, Actions.Status.Paused, Actions.Status.Done, Actions.Status.Cancelled, Actions.Status.Rejected)]
    public IReadOnlyList<string> AllowedStatuses { get; private set; } = [];

    /// <summary>What deserves a look, in the language of the request: a deadline that gives no date, or others than there are.</summary>
    /// <example>[]</example>
    [MaxLength(20), Derived]
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>When it was deleted: only in a list that was asked for the deleted ones too, and only on those.</summary>
    /// <example>2016-01-08T07:15:00.000Z</example>
    [JsonPropertyOrder(95), Derived, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The plan's department.</summary>
    [JsonIgnore]
    public string Department { get; init; } = "";

    /// <summary>The plan's status: a closed plan's actions cannot be edited.</summary>
    [JsonIgnore]
    public string PlanStatus { get; init; } = "";

    /// <summary>Key of the plan, and the number there, of the action that this one goes on with; and whose that is, if it is still there.</summary>
    [JsonIgnore]
    public string? PredecessorPlan { get; init; }

    /// <inheritdoc cref="PredecessorPlan" />
    [JsonIgnore]
    public int? PredecessorNumber { get; init; }

    /// <inheritdoc cref="PredecessorPlan" />
    [JsonIgnore]
    public string? PredecessorDepartment { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("action", Key, Department, Plan);

    /// <inheritdoc />
    public override string? AlsoDependsOn() => PlanStatus + PredecessorDepartment;

    /// <inheritdoc />
    public override object Fold() => new
    {
        Owner = SearchText.Name(Owner),
        Text = SearchText.Fold(Title, Description, Owner),
        Participants = Participants.Select(SearchText.Name).OfType<string>().Distinct(),
        Tags = Tags.Select(SearchText.Name).OfType<string>().Distinct(),
    };

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        var isClosed = PlanStatus == Plans.PlanStatus.Closed;
        IsOverdue = Actions.Status.IsOpen(Status) && caller.Today > DueDate;
        AllowedStatuses = isClosed ? [] : Actions.Status.MovesFrom(Status);
        Warnings = [.. Deadlines.Deadline.Warnings(this).Select(warning => warning.Text())];

        if (DeletedAt is not null)
        {
            AllowedStatuses = [];
            links.Add("self", $"/actions/{Key}").Add("collection", $"/plans/{Plan}/actions").Add("up", $"/plans/{Plan}").Add("version-history", $"/actions/{Key}/changes");
            if (!isClosed) links.Add("createRestoration", $"/actions/{Key}/restorations", "POST", Role.Editor);
            return;
        }

        if (isClosed) links.Add("self", $"/actions/{Key}");
        else links.AddEditable($"/actions/{Key}");
        links.Add("collection", $"/plans/{Plan}/actions").Add("up", $"/plans/{Plan}");
        if (FocusArea is not null) links.Add("focusArea", $"/plans/{Plan}/focus-areas/{FocusArea}");
        links.Add("followUps", $"/actions/{Key}/follow-ups").Add("createFollowUp", $"/actions/{Key}/follow-ups", "POST", Role.Editor);
        links.Add("decisions", $"/actions/{Key}/decisions");
        if (!isClosed && Decisions.Outcomes.Of(Status, IsTrial).Count > 0) links.Add("createDecision", $"/actions/{Key}/decisions", "POST", Role.Editor);
        links.Add("version-history", $"/actions/{Key}/changes").Add("indicators", $"/indicators?action={Key}");
        if (PredecessorDepartment is { } department && (caller.Scope ?? department) == department) links.Add("predecessor-version", $"/actions/{PredecessorPlan}-{PredecessorNumber}");
        if (MeasureNumber is { } measure) links.Add("measure", $"/measures/{measure}");
    }
}
