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

    /// <summary>Which query parameter, or header.</summary>
    /// <example>limit</example>
    [MaxLength(200), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>In an import: the row as the file numbers it.</summary>
    /// <example>7</example>
    [Range(1, int.MaxValue), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Row { get; init; }

    /// <summary>In an import: the heading of the column.</summary>
    /// <example>Klart senast</example>
    [MaxLength(1000), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

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
    /// <summary>How many are told: a request of a megabyte must not be answered with many.</summary>
    public const int Most = 1000;

    /// <summary>The faults found so far in a request.</summary>
    public static Faults Of(HttpContext http)
    {
        if (http.Features.Get<Faults>() is { } known) return known;
        var faults = new Faults();
        http.Features.Set(faults);
        return faults;
    }

    /// <summary>
    /// Binds a handler's parameter of this type: it takes on a request that has faults already, adds those that only the
    /// database can tell, and answers them all.
    /// </summary>
    public static ValueTask<Faults?> BindAsync(HttpContext http) => ValueTask.FromResult<Faults?>(Of(http));

    /// <summary>An answer that must be given before any fault is told: an unknown media type, a body that is too large.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>Adds a fault at a place in the body; its text is the message <c>Fault.{code}</c>.</summary>
    public void AddAt(string pointer, string code, params object?[] values)
    {
        if (Count < Most) Add(new Fault { Pointer = Text.Cut(pointer, 2000), Code = code, Detail = Describe(code, values) });
    }

    /// <summary>Adds a fault of a query parameter.</summary>
    public void AddParameter(string parameter, string code, params object?[] values)
    {
        if (Count < Most) Add(new Fault { Parameter = Text.Cut(parameter, 200), Code = code, Detail = Describe(code, values) });
    }

    /// <summary>A fault in a row of a file, and in a column of it if it is in one.</summary>
    public static Fault InCell(int row, string? column, string pointer, string code, params object?[] values) =>
        InCell(row, column, pointer, new Fault { Code = code, Detail = Describe(code, values) });

    /// <summary>A fault of a value, told by where in a file the value stood.</summary>
    public static Fault InCell(int row, string? column, string pointer, Fault fault) => new()
    {
        Pointer = Text.Cut(pointer, 2000),
        Row = row,
        Column = column is null ? null : Text.Quote(column, 1000),
        Code = fault.Code,
        Detail = column is null ? Text.Of("Fault.inRow", row, fault.Detail) : Text.Of("Fault.inCell", row, Text.Quote(column, 100), fault.Detail),
    };

    /// <summary>True if something is wrong at a place in the body.</summary>
    public bool AreAt(string pointer) => Exists(fault => fault.Pointer == pointer);

    static string Describe(string code, object?[] values) =>
        Text.Of("Fault." + code, [.. values.Select(value => value is string text ? Text.Quote(text, 1000) : value)]);
}
