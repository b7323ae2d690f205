using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.FollowUps;

/// <summary>What may be said in a follow-up. It cannot be changed afterwards: correct it by adding another.</summary>
public sealed class FollowUpInput : Input<FollowUpInput>, IInput<FollowUpInput>
{
    /// <summary>The day it was made; today unless told.</summary>
    /// <example>2015-10-01</example>
    public DateOnly? Date { get; set; }

    /// <summary>progress (avstämning) unless told, check (kontroll) or evaluation (utvärdering).</summary>
    /// <example>check</example>
    public string? Kind { get; set; }

    /// <summary>What was seen. No clients' data.</summary>
    /// <example>Alla som börjat sedan i våras har en mentor.</example>
    public string? Note { get; set; }

    /// <summary>Who made it; the key's name unless told.</summary>
    /// <example>Verksamhetsutvecklaren</example>
    public string? Author { get; set; }

    /// <summary>The traffic light that the action gets.</summary>
    /// <example>green</example>
    public string? Prognosis { get; set; }

    /// <summary>Whether it helped. A check with an effect verifies an action that is done; tooEarly keeps it done.</summary>
    /// <example>improved</example>
    public string? Effect { get; set; }

    /// <summary>When it is followed up next; one follow-up interval later unless told. A check that was made too early needs it.</summary>
    /// <example>2016-04-01</example>
    public DateOnly? NextFollowUpDate { get; set; }

    /// <inheritdoc />
    public static IValidator<FollowUpInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(FollowUpResponse);

    /// <inheritdoc />
    public override void Settle() => Kind ??= FollowUpKind.Progress;

    sealed class Validator : AbstractValidator<FollowUpInput>
    {
        public Validator()
        {
            RuleFor(f => f.Kind).OneOf(FollowUpKind.All);
            RuleFor(f => f.Note).Paragraphs(20_000);
            RuleFor(f => f.Author).Line(200);
            RuleFor(f => f.Prognosis).OneOf(["green", "yellow", "red"]);
            RuleFor(f => f.Effect).OneOf(Effects.All);
            RuleFor(f => f.NextFollowUpDate)
                .Must((f, next) => !(next < f.Date)).WithErrorCode("nextBeforeDate")
                .Must((f, next) => next is not null || f is not { Kind: FollowUpKind.Check, Effect: Effects.TooEarly }).WithErrorCode("nextRequired");
        }
    }
}

/// <summary>What a follow-up is for.</summary>
public static class FollowUpKind
{
    /// <summary>Avstämning: how it goes.</summary>
    public const string Progress = "progress";

    /// <summary>Kontroll: whether what was done is done, and helped. The law asks for it.</summary>
    public const string Check = "check";

    /// <summary>Utvärdering: what came of it.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Progress, Check, Evaluation];
}
