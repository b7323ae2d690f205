using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Plans;

/// <summary>What may be set on a plan.</summary>
public sealed class PlanInput : Input<PlanInput>, IInput<PlanInput>
{
    /// <summary>Its key in addresses. Left out, it is made from department and the year the period starts in; never changed.</summary>
    /// <example>soc-2015</example>
    [OnlyAtCreation]
    public string? Key { get; set; }

    /// <summary>Key of the department that keeps it. May be left out by a key that is bound to one.</summary>
    /// <example>soc</example>
    public string? Department { get; set; }

    /// <summary>What the plan is called.</summary>
    /// <example>Åtgärdsplan 2015–2016</example>
    public string? Title { get; set; }

    /// <summary>First day of the period.</summary>
    /// <example>2015-01-01</example>
    public DateOnly? PeriodStart { get; set; }

    /// <summary>Last day of the period.</summary>
    /// <example>2016-12-31</example>
    public DateOnly? PeriodEnd { get; set; }

    /// <summary>draft until the board has adopted it; closed takes follow-ups only.</summary>
    /// <example>adopted</example>
    public string? Status { get; set; }

    /// <summary>Diarienummer: where the decision is registered.</summary>
    /// <example>SN 2015/0123</example>
    public string? RegistryNumber { get; set; }

    /// <summary>Why there is a plan: what was seen, asked and found.</summary>
    /// <example>Medarbetarundersökningen visade sjunkande värden.</example>
    public string? Background { get; set; }

    /// <summary>Key of the plan that this one follows.</summary>
    /// <example>soc-2013</example>
    public string? Predecessor { get; set; }

    /// <summary>What other departments may see of the measures that it has adopted: nothing, the titles, or status and effects too. Of a draft, nothing.</summary>
    /// <example>none</example>
    public string? Sharing { get; set; }

    /// <summary>open: the plan begins with the sections and the open actions of its predecessor, each linked to where it came from.</summary>
    /// <example>open</example>
    [OnlyAtCreation]
    public string? CarryOver { get; set; }

    /// <inheritdoc />
    public static IValidator<PlanInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(PlanResponse);

    /// <inheritdoc />
    public override void Settle()
    {
        Status ??= PlanStatus.Draft;
        Sharing ??= "none";
    }

    sealed class Validator : AbstractValidator<PlanInput>
    {
        public Validator()
        {
            RuleFor(p => p.Key).Key();
            RuleFor(p => p.Department).Key(40);
            RuleFor(p => p.Title).NotEmpty().Line(300);
            RuleFor(p => p.PeriodStart).Must((p, start) => !(start > p.PeriodEnd)).WithErrorCode("periodReversed");
            RuleFor(p => p.Status).OneOf(PlanStatus.All);
            RuleFor(p => p.RegistryNumber).Line(100);
            RuleFor(p => p.Background).Paragraphs(20_000);
            RuleFor(p => p.Predecessor).Key()
                .Must((p, predecessor) => predecessor is not null || p.CarryOver is null).WithErrorCode("predecessorRequired");
            RuleFor(p => p.CarryOver).OneOf(["open"]);
            RuleFor(p => p.Sharing).OneOf(["none", "titles", "effects"]);
        }
    }
}

/// <summary>Where a plan stands.</summary>
public static class PlanStatus
{
    /// <summary>Being written.</summary>
    public const string Draft = "draft";

    /// <summary>Decided by the board, and followed.</summary>
    public const string Adopted = "adopted";

    /// <summary>Over: it takes follow-ups and nothing else.</summary>
    public const string Closed = "closed";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Draft, Adopted, Closed];
}
