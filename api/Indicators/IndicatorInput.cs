using ActionPlan.Data;
using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Indicators;

/// <summary>What may be set on an indicator. A name is enough to create one.</summary>
public sealed class IndicatorInput : Input<IndicatorInput>, IInput<IndicatorInput>
{
    /// <summary>Its key in addresses. Left out, it follows from department and name. Cannot be changed.</summary>
    /// <example>soc-korttidssjukfranvaro</example>
    [OnlyAtCreation]
    public string? Key { get; set; }

    /// <summary>Key of the department; may be left out by a key that is bound to one. Cannot be changed.</summary>
    /// <example>soc</example>
    [OnlyAtCreation]
    public string? Department { get; set; }

    /// <summary>What is measured.</summary>
    /// <example>Korttidssjukfrånvaro</example>
    public string? Name { get; set; }

    /// <summary>What a value is counted in.</summary>
    /// <example>procent av ordinarie arbetstid</example>
    public string? UnitOfMeasure { get; set; }

    /// <summary>Which way is better; lowerIsBetter unless told.</summary>
    /// <example>lowerIsBetter</example>
    public string? Direction { get; set; }

    /// <summary>How often it is measured; monthly unless told. Cannot be changed while there are values.</summary>
    /// <example>monthly</example>
    public string? Interval { get; set; }

    /// <summary>Whom it is reported to.</summary>
    /// <example>Socialnämnden</example>
    public string? ReportedTo { get; set; }

    /// <summary>How far it can be trusted.</summary>
    /// <example>Kommer ur lönesystemet den 10 i nästa månad och rättas ibland i efterhand.</example>
    public string? ReliabilityNote { get; set; }

    /// <summary>What it is to reach.</summary>
    public IndicatorTarget? Target { get; set; }

    /// <summary>Keys of the actions whose effect it is to show, all of its own department.</summary>
    /// <example>["soc-2015-12"]</example>
    [Beside]
    public IReadOnlyList<string>? Actions { get; set; }

    /// <inheritdoc />
    public static IValidator<IndicatorInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(IndicatorResponse);

    /// <inheritdoc />
    public override void Settle()
    {
        Direction ??= "lowerIsBetter";
        Interval ??= Indicators.Interval.Monthly;
        Actions = Actions?.Distinct().ToArray() ?? [];
    }

    sealed class Validator : AbstractValidator<IndicatorInput>
    {
        public Validator()
        {
            RuleFor(i => i.Key).Key();
            RuleFor(i => i.Department).Key(40);
            RuleFor(i => i.Name).NotEmpty().Line(200);
            RuleFor(i => i.UnitOfMeasure).Line(100);
            RuleFor(i => i.Direction).OneOf(["lowerIsBetter", "higherIsBetter"]);
            RuleFor(i => i.Interval).OneOf(Indicators.Interval.All);
            RuleFor(i => i.ReportedTo).Line(200);
            RuleFor(i => i.ReliabilityNote).Paragraphs(2000);
            RuleFor(i => i.Target!).SetValidator(IndicatorTarget.Rules).When(i => i.Target is not null);
            this.Lines(i => i.Actions, 100, 80);
        }
    }
}
