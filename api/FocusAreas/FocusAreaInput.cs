using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.FocusAreas;

/// <summary>What may be set on a focus area.</summary>
public sealed class FocusAreaInput : Input<FocusAreaInput>, IInput<FocusAreaInput>
{
    /// <summary>Its key in addresses, unique within the plan. Left out, it is made from the title; never changed.</summary>
    /// <example>halsa-och-stress</example>
    [OnlyAtCreation]
    public string? Key { get; set; }

    /// <summary>The section's heading.</summary>
    /// <example>Hälsa och stress</example>
    public string? Title { get; set; }

    /// <summary>What the section is about.</summary>
    /// <example>Chefer ska se tidiga signaler och ge stöd efter behov.</example>
    public string? Introduction { get; set; }

    /// <summary>Place in the plan, from 1. Left out, it comes last. Setting it moves no other.</summary>
    /// <example>2</example>
    public int? Position { get; set; }

    /// <inheritdoc />
    public static IValidator<FocusAreaInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(FocusAreaResponse);

    sealed class Validator : AbstractValidator<FocusAreaInput>
    {
        public Validator()
        {
            RuleFor(f => f.Key).Key();
            RuleFor(f => f.Title).NotEmpty().Line(200);
            RuleFor(f => f.Introduction).Paragraphs(20_000);
            RuleFor(f => f.Position).InclusiveBetween(1, 10_000);
        }
    }
}
