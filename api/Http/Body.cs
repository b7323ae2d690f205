using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Http;

/// <summary>Reads a JSON body so that all its faults are found at once, not only the first.</summary>
static class Body
{
    const int Largest = 1_000_000;

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>The body as an object, or null: then the request's faults say why.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpContext http, params string[] mediaTypes)
    {
        var faults = Faults.Of(http);
        if (!IsJson(http.Request.ContentType, mediaTypes))
        {
            faults.Refusal = Problem.UnsupportedMediaType(http.Request.ContentType, mediaTypes);
            return null;
        }

        try
        {
            if (await BytesAsync(http, Largest) is { } bytes) return Parse(bytes, http, faults);

            faults.Refusal = Problem.Of(StatusCodes.Status413PayloadTooLarge);
        }
        catch (BadHttpRequestException fault)
        {
            faults.Refusal = Problem.Of(fault.StatusCode);
        }

        return null;
    }

    /// <summary>The body as it came, kept with the request, or null if it is larger than <paramref name="largest"/> bytes.</summary>
    /// <exception cref="BadHttpRequestException">It could not be read.</exception>
    // One that is too large is read to its end all the same: a client that is cut off while it sends sees no answer.
    public static async Task<byte[]?> BytesAsync(HttpContext http, int largest)
    {
        // As large as it says it is: then nothing is copied.
        using var kept = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, largest));
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        var isTooLarge = http.Request.ContentLength > largest;
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
            {
                isTooLarge |= kept.Length + count > largest;
                if (!isTooLarge) kept.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (isTooLarge) return null;
        var bytes = kept.Length == kept.Capacity ? kept.GetBuffer() : kept.ToArray();
        http.Features.Set(new ReadBody(bytes));
        return bytes;
    }

    /// <summary>A text that was sent, as an object or another kind of JSON, or null: then the request's faults say why.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> text, HttpContext http, Faults faults, JsonValueKind kind = JsonValueKind.Object)
    {
        if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        if (text.Length == 0)
        {
            faults.AddAt("", "bodyRequired");
            return null;
        }

        if (!Utf8.IsValid(text.Span))
        {
            AddInvalid(faults, text.Span[..ValidLength(text.Span)]);
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(text, Strict);
            http.Response.RegisterForDispose(document);
            if (document.RootElement.ValueKind == kind) return document.RootElement;
            faults.AddAt("", kind == JsonValueKind.Object ? "notAnObject" : "notAList", Describe(document.RootElement));
        }
        catch (JsonException fault)
        {
            var line = 0;
            for (var skip = fault.LineNumber; skip > 0; skip--) line += text.Span[line..].IndexOf((byte)'\n') + 1;
            AddInvalid(faults, text.Span[..Math.Min(text.Length, line + (int)(fault.BytePositionInLine ?? 0))]);
        }

        return null;
    }

    // In characters, as an editor counts them; the parser counts bytes, and å is two.
    static void AddInvalid(Faults faults, ReadOnlySpan<byte> before) => faults.AddAt("", "invalidJson",
        before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);

    static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var next) == OperationStatus.Done) length += next;
        return length;
    }

    /// <summary>The values of the known properties that have the right type; everything else becomes a fault.</summary>
    public static IEnumerable<(JsonPropertyInfo Property, object? Value)> Values<T>(JsonElement tree, Faults faults, bool isPatch, string at = "") where T : Input<T>, IInput<T>, new() => Values(
        tree,
        [.. Json.Properties(typeof(T)).Where(p => !isPatch || !p.AttributeProvider!.IsDefined(typeof(OnlyAtCreationAttribute), false))],
        [.. Json.Properties(T.Shown).Select(p => p.Name)],
        Forms<T>.Names, at, faults);

    /// <summary>Sets a property to a value that was read; a part changes what there is.</summary>
    public static void Set(JsonPropertyInfo property, object input, object? value) =>
        property.Set!(input, value is Part part ? part.On(property.Get!(input)) : value);

    static List<(JsonPropertyInfo Property, object? Value)> Values(
        JsonElement tree, IReadOnlyList<JsonPropertyInfo> properties, IReadOnlyList<string> shown, HashSet<string> forms, string at, Faults faults)
    {
        var known = properties.ToDictionary(p => p.Name);
        var seen = new HashSet<string>();
        var values = new List<(JsonPropertyInfo, object?)>();

        foreach (var member in tree.EnumerateObject())
        {
            if (!TryText(() => member.Name, out var name)) faults.AddAt(at, "brokenText");
            else if (!seen.Add(name)) faults.AddAt(at + Pointer(name), "duplicateProperty");
            else if (known.TryGetValue(name, out var property)) Read(property, member.Value);
            else if (shown.Contains(name)) faults.AddAt(at + Pointer(name), "readOnlyProperty");
            else faults.AddAt(at + Pointer(name), "unknownProperty", string.Join(", ", known.Keys));
        }

        return values;

        void Read(JsonPropertyInfo property, JsonElement element)
        {
            var place = at + Pointer(property.Name);
            if (property.PropertyType.IsAssignableTo(typeof(IPart)) && element.ValueKind == JsonValueKind.Object)
            {
                var own = Json.Properties(property.PropertyType).ToList();
                values.Add((property, new Part(property.PropertyType, Values(element, own, [], own.Select(p => p.Name).ToHashSet(), place, faults))));
                return;
            }

            try
            {
                var value = element.Deserialize(property.PropertyType, Json.Options);
                // Forms send "" for what was left empty; blanks alone are as empty, but no word, key or address.
                var isEmpty = value is string text && (text.Length == 0 || (string.IsNullOrWhiteSpace(text) && !forms.Contains(property.Name)));
                values.Add((property, isEmpty ? null : value));
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
            {
                faults.AddAt(place, "wrongType", Language.Text.Of("Type." + Word(property.PropertyType)), Describe(element));
            }
        }
    }

    /// <summary>What a request says of a part of a resource (RFC 7396: what is absent stays).</summary>
    sealed record Part(Type Type, IReadOnlyList<(JsonPropertyInfo Property, object? Value)> Values)
    {
        public object On(object? current)
        {
            var part = Activator.CreateInstance(Type)!;
            if (current is not null) foreach (var property in Json.Properties(Type)) property.Set!(part, property.Get!(current));
            foreach (var (property, value) in Values) property.Set!(part, value);
            return part;
        }
    }

    /// <summary>The properties of an input that are more than free text: their rules say which.</summary>
    static class Forms<T> where T : Input<T>, IInput<T>, new()
    {
        public static readonly HashSet<string> Names = [.. T.Rules.CreateDescriptor().GetMembersWithValidators()
            .Where(member => member.Any(v => v.Validator is IKnownWords or IRegularExpressionValidator or IEmailValidator))
            .Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Key))];
    }

    static bool IsJson(string? contentType, string[] mediaTypes) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && mediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // Text with half a surrogate pair is valid JSON and no valid text.
    static bool TryText(Func<string> read, out string text)
    {
        try
        {
            text = read();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    static string Pointer(string name) => "/" + name.Replace("~", "~0").Replace("/", "~1");

    static string Word(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "boolean",
        var t when t == typeof(int) => "integer",
        var t when t == typeof(decimal) => "number",
        var t when t.IsAssignableTo(typeof(IPart)) => "Object",
        var t when t == typeof(DateOnly) => "date",
        var t when t == typeof(DateTimeOffset) => "instant",
        _ => "texts",
    };

    static string Describe(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return Language.Text.Of("Type." + element.ValueKind);
        return Language.Text.Cut(element.GetRawText(), 50);
    }
}

/// <summary>A request's body as it came, kept with the request.</summary>
sealed record ReadBody(byte[] Bytes);
