using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Decisions;

/// <summary>What may be said of a decision on a proposal or a trial. It cannot be changed afterwards: correct it by adding another.</summary>
public sealed class DecisionInput : Input<DecisionInput>, IInput<DecisionInput>
{
    /// <summary>Of a proposal: accepted or rejected. Of a trial: carryOn, widen or stop.</summary>
    /// <example>accepted</example>
    public string? Outcome { get; set; }

    /// <summary>Why. Rejecting and stopping need one; it becomes the action's statusReason.</summary>
    /// <example>Ryms i budgeten för 2016</example>
    public string? Reason { get; set; }

    /// <summary>What follows from it: how a trial is widened, on which conditions it goes on.</summary>
    /// <example>Alla enheter från och med hösten</example>
    public string? Note { get; set; }

    /// <summary>Who decided: the nämnd, a role.</summary>
    /// <example>Förvaltningschefen</example>
    public string? DecidedBy { get; set; }

    /// <summary>The day it was decided; today unless told, and never one to come.</summary>
    /// <example>2016-01-15</example>
    public DateOnly? Date { get; set; }

    /// <summary>Who tells of it; the key's name unless told.</summary>
    /// <example>Nämndsekreteraren</example>
    public string? Author { get; set; }

    /// <inheritdoc />
    public static IValidator<DecisionInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(DecisionResponse);

    sealed class Validator : AbstractValidator<DecisionInput>
    {
        public Validator()
        {
            RuleFor(d => d.Outcome).NotEmpty().OneOf(Outcomes.All);
            RuleFor(d => d.Reason).Paragraphs(2000)
                .Must((d, reason) => reason is not null || !Outcomes.NeedsReason(d.Outcome)).WithErrorCode("outcomeReasonRequired").WithState(d => new object[] { d.Outcome! });
            RuleFor(d => d.Note).Paragraphs(20_000);
            RuleFor(d => d.DecidedBy).Line(200);
            RuleFor(d => d.Author).Line(200);
        }
    }
}
