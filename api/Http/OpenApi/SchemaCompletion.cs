using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ActionPlan.Http.OpenApi;

/// <summary>
/// Gives schemas the limits that the rules enforce: the validators of an input hold for the resource that shows it too.
/// Every text has a pattern, a format or words, and a length; every list and number its bounds.
/// </summary>
sealed class SchemaCompletion : ISchemaFilter
{
    /// <summary>A line without control characters.</summary>
    public const string Line = @"^[^\u0000-\u001F\u007F-\u009F]*$";

    /// <summary>The same with line breaks and tabs.</summary>
    public const string Paragraphs = @"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";

    /// <summary>Something before and after one @, as the rule has it.</summary>
    public const string Email = @"^[^@\u0000-\u001F\u007F-\u009F]+@[^@\u0000-\u001F\u007F-\u009F]+$";

    static readonly NullabilityInfoContext Nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties.Count: > 0 } type) return;
        var isInput = context.Type.IsAssignableTo(typeof(IBody));
        var isPart = context.Type.IsAssignableTo(typeof(IPart));
        type.AdditionalPropertiesAllowed = false;
        type.Required = new HashSet<string>();
        type.Properties = Json.Properties(context.Type).ToDictionary(p => p.Name, p => type.Properties![p.Name]);

        foreach (var property in Json.Properties(context.Type))
        {
            var member = (PropertyInfo)property.AttributeProvider!;
            var rules = Rules(context.Type, member.Name);
            // A list's rules are those of its items.
            var mustBeGiven = (member.PropertyType == typeof(string) && rules.Any(r => r is INotEmptyValidator)) || rules.Any(r => r is INotNullValidator);
            // A part is the same in requests and answers, and what it may lack a request may leave out.
            var isAlwaysThere = !isInput && !isPart && member.GetCustomAttribute<JsonIgnoreAttribute>() is null;
            if (isAlwaysThere || ((isInput || isPart) && mustBeGiven)) type.Required.Add(property.Name);

            if (member.PropertyType == typeof(Links))
                type.Properties[property.Name] = new OpenApiSchemaReference(context.Type.IsGenericType ? "PageLinks" : "Links");
            // In place: that it may be null cannot be said beside a reference.
            if (member.PropertyType.IsAssignableTo(typeof(IPart))) type.Properties[property.Name] = InPlace(member.PropertyType, context);
            if (type.Properties[property.Name] is not OpenApiSchema own) continue;
            // Any value that JSON has.
            if (member.PropertyType == typeof(JsonElement?)) continue;
            SetType(own, member, isNullable: isInput || isPart ? !mustBeGiven : isAlwaysThere && IsNullable(member));
            Limit(own, member, rules);
        }
    }

    static OpenApiSchema InPlace(Type part, SchemaFilterContext context) => (OpenApiSchema)context.SchemaRepository.Schemas[OpenApiDocumentation.SchemaName(part)].CreateShallowCopy();

    static void SetType(OpenApiSchema schema, PropertyInfo member, bool isNullable)
    {
        var type = (schema.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
        schema.Type = isNullable ? type | JsonSchemaType.Null : type;
        schema.ReadOnly = false;
        if (schema.Items is OpenApiSchema items) items.Type &= ~JsonSchemaType.Null;
        if ((Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == typeof(DateOnly)) schema.MaxLength = 10;
        if ((Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == typeof(DateTimeOffset)) schema.MaxLength = 40;
        if ((Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == typeof(Guid)) schema.MaxLength = 36;
    }

    static void Limit(OpenApiSchema schema, PropertyInfo member, IReadOnlyList<IPropertyValidator> rules)
    {
        var list = schema;
        if (schema.Items is OpenApiSchema items)
        {
            list.MaxItems ??= rules.OfType<IItemLimit>().FirstOrDefault()?.Max ?? list.MaxLength ?? 50;
            list.MaxLength = null;
            schema = items;
        }

        foreach (var rule in rules)
        {
            if (rule is ILengthValidator length) schema.MaxLength = length.Max;
            if (rule is IRegularExpressionValidator pattern) schema.Pattern = pattern.Expression;
            if (rule is IEmailValidator) schema.Pattern = Email;
            if (rule is IPlainText { LineBreaks: true }) schema.Pattern = Paragraphs;
            if (rule is IKnownWords words) schema.Enum = Words(words.Known, schema.Type);
            // What is no letter makes no name of a constant.
            if (rule is IKnownWords { Known: ["<=", ">=", "="] }) schema.Extensions = ConstantNames("AtMost", "AtLeast", "Exactly");
            if (rule is IBetweenValidator between) (schema.Minimum, schema.Maximum) = (between.From.ToString(), between.To.ToString());
        }

        if (member.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed) schema.Enum = Words([.. allowed.Values.OfType<string>()], schema.Type);
        if (member.GetCustomAttribute<DataTypeAttribute>()?.DataType == System.ComponentModel.DataAnnotations.DataType.Url) schema.Format = "uri";
        if (schema.Type is not { } type || !type.HasFlag(JsonSchemaType.String) || schema.Enum is { Count: > 0 } || schema.Format is "date" or "date-time" or "uuid" or "uri") return;

        schema.MaxLength ??= 4000;
        schema.Pattern ??= Line;
        // What must be there must not be blank either.
        if (rules.Any(r => r is INotEmptyValidator) && schema.Pattern == Line) schema.Pattern = @"^(?=.*\S)" + Line[1..];
    }

    // Under the two names that makers of clients know.
    static Dictionary<string, IOpenApiExtension> ConstantNames(params string[] names) =>
        ((string[])["x-enum-varnames", "x-enumNames"]).ToDictionary(key => key, IOpenApiExtension (_) => new JsonNodeExtension(new JsonArray([.. names.Select(name => JsonValue.Create(name))])));

    static List<JsonNode> Words(IReadOnlyList<string> known, JsonSchemaType? type)
    {
        List<JsonNode> words = [.. known.Select(word => JsonValue.Create(word))];
        if (type is { } kind && kind.HasFlag(JsonSchemaType.Null)) words.Add(JsonNullSentinel.JsonNull);
        return words;
    }

    static bool IsNullable(PropertyInfo member)
    {
        lock (Nullability) return Nullability.Create(member).ReadState == NullabilityState.Nullable && member.PropertyType != typeof(Links);
    }

    // ActionResponse obeys the rules of ActionInput.
    static List<IPropertyValidator> Rules(Type type, string property)
    {
        if (type.IsAssignableTo(typeof(IPart))) return [.. ((IValidator)type.GetProperty("Rules")!.GetValue(null)!).CreateDescriptor().GetValidatorsForMember(property).Select(v => v.Validator)];
        var input = type.Name.EndsWith("Response", StringComparison.Ordinal)
            ? type.Assembly.GetType(type.FullName![..^"Response".Length] + "Input")
            : type.IsAssignableTo(typeof(IBody)) ? type : null;
        if (input?.GetProperty("Rules", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not IValidator validator) return [];

        // What must be there only if something else is not cannot be told of one property.
        var rules = validator.CreateDescriptor().GetValidatorsForMember(property).Where(v => !v.Options.HasCondition).Select(v => v.Validator).ToList();
        if (type != input) rules.RemoveAll(r => r is INotEmptyValidator or INotNullValidator);
        return rules;
    }
}
