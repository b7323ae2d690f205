using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace ActionPlan.Http;

/// <summary>The rules that inputs share. Each has a code; the texts stand in the message files under <c>Fault.{code}</c>.</summary>
public static class Rules
{
    /// <summary>A line of text: at most <paramref name="max"/> characters, no control characters.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.AtMost(max).SetValidator(new PlainText<T>(false));

    /// <summary>Text of several lines: at most <paramref name="max"/> characters, no control characters but tab and line breaks.</summary>
    public static IRuleBuilderOptions<T, string?> Paragraphs<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.AtMost(max).SetValidator(new PlainText<T>(true));

    /// <summary>One of the known values, or null.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> known) =>
        rule.SetValidator(new OneOfKnown<T>(known));

    /// <summary>A key for an address: a–z, 0–9 and single hyphens between them.</summary>
    public static IRuleBuilderOptions<T, string?> Key<T>(this IRuleBuilder<T, string?> rule, int max = 60) =>
        rule.AtMost(max).Matches("^[a-z0-9]+(-[a-z0-9]+)*$").WithErrorCode("invalidKey")
            // In .NET a $ stands before a last line break too.
            .Must(key => key?.EndsWith('\n') != true).WithErrorCode("invalidKey");

    /// <summary>A list of at most <paramref name="max"/> lines, none empty.</summary>
    public static void Lines<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, IEnumerable<string?>?>> list, int max, int length)
    {
        var items = list.Compile();
        validator.RuleFor(list).SetValidator(new ItemLimit<T>(max));
        // Of a list that is too long by a hundred thousand it is enough to say so.
        validator.When(input => items(input)?.Count() <= max, () => validator.RuleForEach(list).NotEmpty().Line(length));
    }

    /// <summary>Moves what FluentValidation found over to <paramref name="faults"/>, unless the place is known to be faulty already.</summary>
    public static void Add(this Faults faults, ValidationResult result)
    {
        var known = faults.Select(f => f.Pointer).ToHashSet();
        foreach (var failure in result.Errors)
        {
            var pointer = Pointer(failure.PropertyName);
            if (known.Contains(pointer)) continue;
            var (code, values) = Describe(failure);
            faults.AddAt(pointer, code, values);
        }
    }

    static (string Code, object?[] Values) Describe(ValidationFailure failure)
    {
        var values = failure.FormattedMessagePlaceholderValues;
        return failure.ErrorCode switch
        {
            "NotEmptyValidator" or "NotNullValidator" => ("required", []),
            "tooLong" => ("tooLong", [values["Max"], values["Length"]]),
            "tooMany" => ("tooMany", [values["Max"]]),
            "EmailValidator" => ("invalidEmail", [failure.AttemptedValue]),
            "InclusiveBetweenValidator" => ("outOfRange", [values["From"], values["To"]]),
            OneOfKnown<object>.Code => (OneOfKnown<object>.Code, [failure.AttemptedValue, values["Known"]]),
            _ => (failure.ErrorCode, failure.CustomState as object[] ?? []),
        };
    }

    // "Participants[2]" is /participants/2.
    static string Pointer(string property) => "/" + string.Join('/', property
        .Replace("[", ".").Replace("]", "").Split('.')
        .Select(part => char.ToLower(part[0], CultureInfo.InvariantCulture) + part[1..]));

    static IRuleBuilderOptions<T, string?> AtMost<T>(this IRuleBuilder<T, string?> rule, int max) => rule.SetValidator(new CharacterLimit<T>(max));

    /// <summary>Counts characters as people and JSON Schema do (code points), not as .NET does.</summary>
    sealed class CharacterLimit<T>(int max) : PropertyValidator<T, string?>, ILengthValidator
    {
        public override string Name => "tooLong";
        public int Min => 0;
        public int Max => max;

        public override bool IsValid(ValidationContext<T> context, string? value)
        {
            if (value is null || value.Length <= max || value.EnumerateRunes().Count() <= max) return true;
            context.MessageFormatter.AppendArgument("Max", max).AppendArgument("Length", value.EnumerateRunes().Count());
            return false;
        }
    }

    sealed class ItemLimit<T>(int max) : PropertyValidator<T, IEnumerable<string?>?>, IItemLimit
    {
        public override string Name => "tooMany";
        public int Max => max;

        public override bool IsValid(ValidationContext<T> context, IEnumerable<string?>? value)
        {
            if (value is null || value.Count() <= max) return true;
            context.MessageFormatter.AppendArgument("Max", max);
            return false;
        }
    }

    /// <summary>Refuses control characters: they come from a mistake, and PostgreSQL cannot store NUL.</summary>
    sealed class PlainText<T>(bool lineBreaks) : PropertyValidator<T, string?>, IPlainText
    {
        public bool LineBreaks => lineBreaks;

        public override string Name => "controlCharacter";

        public override bool IsValid(ValidationContext<T> context, string? value) =>
            value is null || !value.Any(c => char.IsControl(c) && !(lineBreaks && c is '\n' or '\r' or '\t'));
    }
}

/// <summary>Limits how many items a list has; openapi.json tells it too.</summary>
public interface IItemLimit : IPropertyValidator
{
    /// <summary>The largest number.</summary>
    int Max { get; }
}

/// <summary>Refuses control characters; openapi.json tells it as a pattern.</summary>
public interface IPlainText : IPropertyValidator
{
    /// <summary>True if line breaks and tabs are let through.</summary>
    bool LineBreaks { get; }
}

/// <summary>Allows a fixed set of words; openapi.json lists them too.</summary>
public interface IKnownWords : IPropertyValidator
{
    /// <summary>The words.</summary>
    IReadOnlyList<string> Known { get; }
}

/// <summary>The rule behind <see cref="Rules.OneOf"/>.</summary>
public sealed class OneOfKnown<T>(IReadOnlyList<string> known) : PropertyValidator<T, string?>, IKnownWords
{
    internal const string Code = "unknownValue";

    /// <inheritdoc />
    public IReadOnlyList<string> Known { get; } = known;

    /// <inheritdoc />
    public override string Name => Code;

    /// <inheritdoc />
    public override bool IsValid(ValidationContext<T> context, string? value)
    {
        if (value is null || Known.Contains(value)) return true;
        context.MessageFormatter.AppendArgument("Known", string.Join(", ", Known));
        return false;
    }
}
