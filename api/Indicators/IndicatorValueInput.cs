using ActionPlan.Actions;
using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Indicators;

/// <summary>The value of a unit in a period.</summary>
public sealed class IndicatorValueInput : Input<IndicatorValueInput>, IInput<IndicatorValueInput>
{
    /// <summary>The unit (verksamhet); left out, the whole. Case, hyphens and spaces do not matter.</summary>
    /// <example>Barn och ungdom</example>
    public string? Unit { get; set; }

    /// <summary>The value, in the indicator's unit of measure.</summary>
    /// <example>5.9</example>
    public decimal? Value { get; set; }

    /// <summary>What should be known about it.</summary>
    /// <example>Preliminär</example>
    public string? Note { get; set; }

    /// <inheritdoc />
    public static IValidator<IndicatorValueInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(IndicatorValueResponse);

    /// <summary>How a unit is told from others; empty for the whole.</summary>
    public static string KeyOf(string? unit) => SearchText.Name(unit) ?? "";

    sealed class Validator : AbstractValidator<IndicatorValueInput>
    {
        public Validator()
        {
            RuleFor(v => v.Unit).Unit();
            RuleFor(v => v.Value).NotNull().Number();
            RuleFor(v => v.Note).Paragraphs(2000);
        }
    }
}

/// <summary>The rule that units share.</summary>
static class Units
{
    /// <summary>A line with something in it to tell the unit by.</summary>
    public static void Unit<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Line(100).Must(unit => unit is null || SearchText.Name(unit) is not null).WithErrorCode("unitWithoutName");
}
