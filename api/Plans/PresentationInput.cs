using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Plans;

/// <summary>What may be said of an occasion when a plan was presented. It cannot be changed afterwards: correct it by adding another.</summary>
public sealed class PresentationInput : Input<PresentationInput>, IInput<PresentationInput>
{
    /// <summary>The day of the meeting; today unless told, and never one to come.</summary>
    /// <example>2015-03-01</example>
    public DateOnly? Date { get; set; }

    /// <summary>The nämnd that saw the plan.</summary>
    /// <example>Socialnämnden</example>
    public string? Board { get; set; }

    /// <summary>Diarienummer of the matter.</summary>
    /// <example>SN 2015/0123</example>
    public string? RegistryNumber { get; set; }

    /// <summary>The paragraph of the minutes.</summary>
    /// <example>§ 45</example>
    public string? Paragraph { get; set; }

    /// <summary>What was said or decided.</summary>
    /// <example>Nämnden vill se sjukfrånvaron per verksamhet nästa gång.</example>
    public string? Note { get; set; }

    /// <inheritdoc />
    public static IValidator<PresentationInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(PresentationResponse);

    sealed class Validator : AbstractValidator<PresentationInput>
    {
        public Validator()
        {
            RuleFor(p => p.Board).Line(200);
            RuleFor(p => p.RegistryNumber).Line(100);
            RuleFor(p => p.Paragraph).Line(50);
            RuleFor(p => p.Note).Paragraphs(20_000);
        }
    }
}
