using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Actions;

/// <summary>What may be set on an action. A title is enough to create one, and so is the number of a measure.</summary>
public sealed class ActionInput : Input<ActionInput>, IInput<ActionInput>
{
    /// <summary>What will be done, in a line; the measure's title if measureNumber is given and this is not.</summary>
    /// <example>Alla nyanställda får en mentor</example>
    public string? Title { get; set; }

    /// <summary>More about it: the problem, the way. No clients' data.</summary>
    /// <example>Mentorn är en erfaren kollega i samma arbetsgrupp.</example>
    public string? Description { get; set; }

    /// <summary>Key of the section (frågeområde) it belongs to.</summary>
    /// <example>personalomsattning</example>
    public string? FocusArea { get; set; }

    /// <summary>Where it stands; planned unless told. verified is reached by a check alone.</summary>
    /// <example>planned</example>
    public string? Status { get; set; }

    /// <summary>Why it is paused, cancelled or rejected, or why it was reopened.</summary>
    /// <example>Väntar på beslut om budget</example>
    public string? StatusReason { get; set; }

    /// <summary>The one who is accountable: a unit or role before a person.</summary>
    /// <example>HR-enheten</example>
    public string? Owner { get; set; }

    /// <summary>Where the owner is reached.</summary>
    /// <example>hr-enheten@example.se</example>
    public string? OwnerEmail { get; set; }

    /// <summary>Whose idea it was.</summary>
    /// <example>Arbetsplatsträff på utredningsenheten</example>
    public string? Initiator { get; set; }

    /// <summary>Others who take part: unions in samverkan, partners.</summary>
    /// <example>["Fackliga organisationer", "Företagshälsovården"]</example>
    public IReadOnlyList<string>? Participants { get; set; }

    /// <summary>By when, in the words people use.</summary>
    /// <example>hösten 2015</example>
    public string? Deadline { get; set; }

    /// <summary>First day.</summary>
    /// <example>2015-09-01</example>
    public DateOnly? StartDate { get; set; }

    /// <summary>Last day; overdue after it.</summary>
    /// <example>2015-11-30</example>
    public DateOnly? DueDate { get; set; }

    /// <summary>How often it is done again; what is continuous has no last day.</summary>
    /// <example>none</example>
    public string? Recurrence { get; set; }

    /// <summary>How important it is.</summary>
    /// <example>high</example>
    public string? Priority { get; set; }

    /// <summary>True for those that a summary names first.</summary>
    /// <example>true</example>
    public bool? IsHighlighted { get; set; }

    /// <summary>What it is meant to lead to.</summary>
    /// <example>Fler nyanställda stannar efter två år</example>
    public string? ExpectedEffect { get; set; }

    /// <summary>Where it comes from: a decision, a document, a round.</summary>
    /// <example>Skyddsrond 2015</example>
    public string? Source { get; set; }

    /// <summary>Number of the catalogue's measure that it carries out.</summary>
    /// <example>80</example>
    public int? MeasureNumber { get; set; }

    /// <summary>True if it is tried out first.</summary>
    /// <example>false</example>
    public bool? IsTrial { get; set; }

    /// <summary>When a trial is decided on.</summary>
    /// <example>2016-06-30</example>
    public DateOnly? DecisionDueDate { get; set; }

    /// <summary>The day it was done; the day it is set to done unless told.</summary>
    /// <example>2015-11-12</example>
    public DateOnly? CompletedOn { get; set; }

    /// <summary>How often it is followed up.</summary>
    /// <example>monthly</example>
    public string? FollowUpInterval { get; set; }

    /// <summary>When it is followed up next.</summary>
    /// <example>2015-10-01</example>
    public DateOnly? NextFollowUpDate { get; set; }

    /// <summary>Who documents the evaluation.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    public string? EvaluationResponsible { get; set; }

    /// <summary>When the evaluation is done.</summary>
    /// <example>2016-12-01</example>
    public DateOnly? EvaluationDueDate { get; set; }

    /// <summary>What support the evaluation needs.</summary>
    /// <example>Högskolan</example>
    public string? EvaluationSupport { get; set; }

    /// <summary>Words to find it by.</summary>
    /// <example>["introduktion", "rekrytering"]</example>
    public IReadOnlyList<string>? Tags { get; set; }

    /// <summary>Its number or id in the system or sheet that it came from.</summary>
    /// <example>A-17</example>
    public string? ExternalId { get; set; }

    /// <inheritdoc />
    public static IValidator<ActionInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(ActionResponse);

    /// <inheritdoc />
    public override void Settle()
    {
        Status ??= Actions.Status.Planned;
        Participants ??= [];
        Tags ??= [];
        IsHighlighted ??= false;
        IsTrial ??= false;
    }

    sealed class Validator : AbstractValidator<ActionInput>
    {
        public Validator()
        {
            RuleFor(a => a.Title).Line(300);
            RuleFor(a => a.Title).NotEmpty().When(a => a.MeasureNumber is null);
            RuleFor(a => a.Description).Paragraphs(20_000);
            RuleFor(a => a.FocusArea).Key();
            RuleFor(a => a.Status).OneOf(Actions.Status.All);
            RuleFor(a => a.StatusReason).Paragraphs(2000)
                .Must((a, reason) => reason is not null || a.Status is null || !Actions.Status.NeedsReason(a.Status)).WithErrorCode("reasonRequired").WithState(a => new object[] { a.Status! });
            RuleFor(a => a.Owner).Line(200);
            RuleFor(a => a.OwnerEmail).Line(254).EmailAddress();
            RuleFor(a => a.Initiator).Line(200);
            this.Lines(a => a.Participants, 50, 200);
            RuleFor(a => a.Deadline).Line(200);
            RuleFor(a => a.StartDate).Must((a, start) => !(start > a.DueDate)).WithErrorCode("startAfterDue");
            RuleFor(a => a.Recurrence).OneOf(["none", "monthly", "quarterly", "tertial", "termly", "halfYearly", "yearly", "continuous"]);
            RuleFor(a => a.Priority).OneOf(["low", "normal", "high"]);
            RuleFor(a => a.ExpectedEffect).Paragraphs(5000);
            RuleFor(a => a.Source).Line(500);
            RuleFor(a => a.MeasureNumber).InclusiveBetween(1, 10_000);
            RuleFor(a => a.CompletedOn)
                .Must((a, day) => day is null || a.Status is null or Actions.Status.Done or Actions.Status.Verified).WithErrorCode("completedOnNeedsDone").WithState(a => new object[] { a.Status! });
            RuleFor(a => a.FollowUpInterval).OneOf(FollowUps.FollowUpInterval.All);
            RuleFor(a => a.EvaluationResponsible).Line(200);
            RuleFor(a => a.EvaluationSupport).Line(500);
            this.Lines(a => a.Tags, 50, 60);
            RuleFor(a => a.ExternalId).Line(100);
        }
    }
}
