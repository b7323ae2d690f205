using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Language;

namespace ActionPlan.Http;

/// <summary>One thing that is wrong with a request.</summary>
public sealed class Fault
{
    /// <summary>Where in the body (JSON Pointer, RFC 6901); empty for the body as a whole.</summary>
    /// <example>/dueDate</example>
    [MaxLength(2000), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>Which query parameter.</summary>
    /// <example>limit</example>
    [MaxLength(200), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>What kind of fault; the same in every language.</summary>
    /// <example>startAfterDue</example>
    [MaxLength(50)]
    public required string Code { get; init; }

    /// <summary>What is wrong and what to do, in the language of the request.</summary>
    /// <example>startDate får inte ligga efter dueDate. Byt datum eller ta bort ett av dem.</example>
    [MaxLength(4000)]
    public required string Detail { get; init; }
}

/// <summary>All that is wrong with a request, collected so that it can be told at once.</summary>
public sealed class Faults : List<Fault>
{
    /// <summary>The faults found so far in a request.</summary>
    public static Faults Of(HttpContext http)
    {
        if (http.Features.Get<Faults>() is { } known) return known;
        var faults = new Faults();
        http.Features.Set(faults);
        return faults;
    }

    /// <summary>An answer that must be given before any fault is told: no body at all, an unknown media type, too much.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>Adds a fault at a place in the body; its text is the message <c>Fault.{code}</c>.</summary>
    public void AddAt(string pointer, string code, params object?[] values) =>
        AddLimited(new Fault { Pointer = Text.Cut(pointer, 2000), Code = code, Detail = Describe(code, values) });

    /// <summary>Adds a fault of a query parameter.</summary>
    public void AddParameter(string parameter, string code, params object?[] values) =>
        AddLimited(new Fault { Parameter = Text.Cut(parameter, 200), Code = code, Detail = Describe(code, values) });

    // A request of a megabyte must not be answered with many, and openapi.json says how much there can be.
    void AddLimited(Fault fault)
    {
        if (Count < 10_000) Add(fault);
    }

    static string Describe(string code, object?[] values) =>
        Text.Of("Fault." + code, [.. values.Select(value => value is string text ? Text.Cut(text, 1000) : value)]);
}
