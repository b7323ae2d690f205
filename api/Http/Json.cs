using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActionPlan.Http;

/// <summary>Marks a property that follows from others (or from the day, the language, the caller) and is therefore never stored.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DerivedAttribute : Attribute;

/// <summary>Marks a secret that stands in the answer to its creation alone: not in a list, not in the database, and not in an answer that is given again.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownOnceAttribute : Attribute;

/// <summary>How this service writes and reads JSON.</summary>
public static class Json
{
    /// <summary>For bodies: camelCase, å ä ö as they are (the answers are JSON and never sniffed), instants in UTC.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>For the change log: the same without what is <see cref="DerivedAttribute">derived</see>.</summary>
    public static JsonSerializerOptions State { get; } = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Drop<DerivedAttribute> } },
    };

    /// <summary>For an answer that may be given again: the same as for bodies, without what is <see cref="ShownOnceAttribute">shown once</see>.</summary>
    public static JsonSerializerOptions Again { get; } = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Narrow, Drop<ShownOnceAttribute> } },
    };

    /// <summary>The properties of a type that JSON shows.</summary>
    public static IEnumerable<JsonPropertyInfo> Properties(Type type) => Options.GetTypeInfo(type).Properties.Where(p => p.Get is not null);

    /// <summary>Applies the conventions to <paramref name="options"/>.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.Converters.Add(new Instants());
        options.Converters.Add(new Numbers.Converter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Narrow } };
        return options;
    }

    /// <summary>An instant as RFC 3339 in UTC with exactly three decimals, so that text sorts as time does.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339 with any zone. A <c>+</c> that a query string turned into a space is read as the plus it was.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        string[] formats = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"];
        instant = default;
        var zoned = text.Length > 6 && (text[^1] == 'Z' || (text[^6] is '+' or '-' or ' ' && text[^3] == ':'));
        if (!zoned) return false;
        if (text[^6] == ' ') text = $"{text[..^6]}+{text[^5..]}";
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    static void Narrow(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(Resource))) return;
        foreach (var property in type.Properties)
        {
            var name = property.Name;
            // Setting the delegate switches off what the attribute says, so it is said again.
            var omitsNull = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];
            property.ShouldSerialize = (resource, value) =>
                (value is not null || !omitsNull) && (((Resource)resource).Fields is not { } fields || fields.Contains(name));
        }
    }

    static void Drop<TAttribute>(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(TAttribute), true) == true)
                type.Properties.RemoveAt(i);
    }

    sealed class Instants : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryInstant(reader.GetString()!, out var instant) ? instant : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Instant(value));
    }
}
