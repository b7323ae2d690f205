using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Indicators;

/// <summary>What an indicator is to reach.</summary>
public sealed record IndicatorTarget : IPart
{
    /// <summary>How the value is to stand to the number.</summary>
    /// <example>&lt;=</example>
    public string? Operator { get; set; }

    /// <summary>The number, in the indicator's unit of measure.</summary>
    /// <example>5.5</example>
    public decimal? Value { get; set; }

    /// <summary>The day by which it is to be reached, if one is set.</summary>
    /// <example>2016-12-31</example>
    public DateOnly? By { get; set; }

    /// <summary>True if a value reaches it.</summary>
    public bool IsMetBy(decimal value) => Operator switch
    {
        "<=" => value <= Value,
        ">=" => value >= Value,
        _ => value == Value,
    };

    /// <summary>The rules.</summary>
    public static IValidator<IndicatorTarget> Rules { get; } = new Validator();

    sealed class Validator : AbstractValidator<IndicatorTarget>
    {
        public Validator()
        {
            RuleFor(t => t.Operator).NotEmpty().OneOf(["<=", ">=", "="]);
            RuleFor(t => t.Value).NotNull().Number();
        }
    }
}
