using ActionPlan.Http;
using FluentValidation;

namespace ActionPlan.ApiKeys;

/// <summary>What may be chosen for a new key.</summary>
public sealed class ApiKeyInput : Input<ApiKeyInput>, IInput<ApiKeyInput>
{
    /// <summary>Who or what uses it. It stands as createdBy and updatedBy on what the key writes.</summary>
    /// <example>Sitevision intranät</example>
    public string? Name { get; set; }

    /// <summary>reader: every GET. editor: and the content of plans. admin: and departments and keys.</summary>
    /// <example>reader</example>
    public string? Role { get; set; }

    /// <summary>Key of the department it is bound to, and sees nothing beyond; left out, it sees all.</summary>
    /// <example>soc</example>
    public string? Department { get; set; }

    /// <summary>When it stops working; left out, never.</summary>
    /// <example>2027-12-31T23:00:00Z</example>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <inheritdoc />
    public static IValidator<ApiKeyInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(ApiKeyResponse);

    sealed class Validator : AbstractValidator<ApiKeyInput>
    {
        public Validator()
        {
            RuleFor(k => k.Name).NotEmpty().Line(200);
            RuleFor(k => k.Role).NotEmpty().OneOf(Http.Role.All);
            RuleFor(k => k.Department).Key(40);
        }
    }
}
