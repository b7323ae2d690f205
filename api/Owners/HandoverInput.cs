using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Owners;

/// <summary>Who hands over to whom.</summary>
public sealed class HandoverInput : Input<HandoverInput>, IInput<HandoverInput>
{
    /// <summary>The owner until now; case, hyphens and spaces do not matter.</summary>
    /// <example>Enhetschef barn och unga</example>
    public string? From { get; set; }

    /// <summary>The owner from now on, as it is to be written.</summary>
    /// <example>HR-enheten</example>
    public string? To { get; set; }

    /// <summary>Why; stands as the reason in each action's history.</summary>
    /// <example>Byter tjänst den 1 oktober</example>
    public string? Note { get; set; }

    /// <summary>Key of the plan to keep to; all plans that the key may see unless told.</summary>
    /// <example>soc-2015</example>
    public string? Plan { get; set; }

    /// <summary>True to see what would be moved, without moving it.</summary>
    /// <example>true</example>
    public bool? DryRun { get; set; }

    /// <inheritdoc />
    public static IValidator<HandoverInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(HandoverResponse);

    sealed class Validator : AbstractValidator<HandoverInput>
    {
        public Validator()
        {
            RuleFor(h => h.From).NotEmpty().Line(200).Must(IsName).WithErrorCode("noName");
            RuleFor(h => h.To).NotEmpty().Line(200).Must(IsName).WithErrorCode("noName");
            RuleFor(h => h.Note).Paragraphs(2000);
            RuleFor(h => h.Plan).Key();
        }

        // An owner of signs alone is none: the actions would be left without one.
        static bool IsName(string? name) => string.IsNullOrEmpty(name) || Actions.SearchText.Name(name) is not null;
    }
}
