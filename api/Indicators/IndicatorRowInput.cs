using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Indicators;

/// <summary>A value among several: of a unit, in a period.</summary>
public sealed class IndicatorRowInput : Input<IndicatorRowInput>, IInput<IndicatorRowInput>
{
    /// <summary>The period, as the indicator's interval has it.</summary>
    /// <example>2015-08</example>
    public string? Period { get; set; }

    /// <inheritdoc cref="IndicatorValueInput.Unit" />
    /// <example>Barn och ungdom</example>
    public string? Unit { get; set; }

    /// <inheritdoc cref="IndicatorValueInput.Value" />
    /// <example>5.9</example>
    public decimal? Value { get; set; }

    /// <inheritdoc cref="IndicatorValueInput.Note" />
    /// <example>Preliminär</example>
    public string? Note { get; set; }

    /// <inheritdoc />
    public static IValidator<IndicatorRowInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(IndicatorValueResponse);

    sealed class Validator : AbstractValidator<IndicatorRowInput>
    {
        public Validator()
        {
            RuleFor(v => v.Period).NotEmpty().Line(ReportingPeriod.MaxLength);
            RuleFor(v => v.Unit).Unit();
            RuleFor(v => v.Value).NotNull().Number();
            RuleFor(v => v.Note).Paragraphs(2000);
        }
    }
}
