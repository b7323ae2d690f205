using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.Departments;

/// <summary>What may be set on a department.</summary>
public sealed class DepartmentInput : Input<DepartmentInput>, IInput<DepartmentInput>
{
    /// <summary>Its key in addresses: a–z, 0–9 and hyphens. Chosen when it is created, never changed.</summary>
    /// <example>soc</example>
    [OnlyAtCreation]
    public string? Key { get; set; }

    /// <summary>The förvaltning's name.</summary>
    /// <example>Socialförvaltningen</example>
    public string? Name { get; set; }

    /// <summary>The municipality it belongs to.</summary>
    /// <example>Exempelkommunen</example>
    public string? Municipality { get; set; }

    /// <inheritdoc />
    public static IValidator<DepartmentInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(DepartmentResponse);

    sealed class Validator : AbstractValidator<DepartmentInput>
    {
        public Validator()
        {
            RuleFor(d => d.Key).NotEmpty().Key(40);
            RuleFor(d => d.Name).NotEmpty().Line(200);
            RuleFor(d => d.Municipality).Line(200);
        }
    }
}
