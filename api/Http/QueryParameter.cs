using System.Globalization;

namespace ActionPlan.Http;

/// <summary>
/// A query parameter, told once: the endpoint refuses what it does not know by it, and openapi.json describes it from it.
/// </summary>
/// <param name="Name">Its name, camelCase.</param>
/// <param name="Description">What it does, for openapi.json.</param>
/// <param name="Example">A value that works.</param>
public sealed record QueryParameter(string Name, string Description, string Example)
{
    /// <summary>JSON type: string, integer or boolean.</summary>
    public string Type { get; init; } = "string";

    /// <summary>The smallest integer, if it is one.</summary>
    public int? Minimum { get; init; }

    /// <summary>The largest integer, if it is one.</summary>
    public int? Maximum { get; init; }

    /// <summary>What it is when left out.</summary>
    public string? Default { get; init; }

    /// <summary>The words it takes, or null for free text.</summary>
    public IReadOnlyList<string>? Known { get; init; }

    /// <summary>True if the operation does nothing without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True if a comma separates alternatives.</summary>
    public bool Many { get; init; }

    /// <summary>True if it may be repeated, each value an alternative.</summary>
    public bool Repeats { get; init; }

    /// <summary>The longest text it takes, in characters.</summary>
    public int MaxLength { get; init; } = 300;

    /// <summary>Its form as a regular expression, for openapi.json.</summary>
    public string? Pattern { get; init; }

    /// <summary>Its format in openapi.json: date, date-time, int32 …</summary>
    public string? Format { get; init; }

    /// <summary>An integer between two bounds.</summary>
    public static QueryParameter Integer(string name, string description, int minimum, int maximum, int? otherwise = null) =>
        new(name, description, (otherwise ?? minimum).ToString(CultureInfo.InvariantCulture))
        {
            Type = "integer",
            Format = "int32",
            Minimum = minimum,
            Maximum = maximum,
            Default = otherwise?.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>true or false.</summary>
    public static QueryParameter Boolean(string name, string description) => new(name, description, "true") { Type = "boolean" };

    /// <summary>Some of a set of words, separated by commas.</summary>
    public static QueryParameter Words(string name, string description, IReadOnlyList<string> known) =>
        new(name, description, known[0]) { Known = known, Many = true };

    /// <summary>Keys, separated by commas.</summary>
    public static QueryParameter Keys(string name, string description, string example) => new(name, description, example) { Many = true };

    /// <summary>Free text; repeat the parameter for alternatives.</summary>
    public static QueryParameter Texts(string name, string description, string example) => new(name, description, example) { Repeats = true };

    /// <summary>A stretch of time from today on.</summary>
    public static QueryParameter Duration(string name, string description) => new(name, description, "30d") { MaxLength = 5, Pattern = "^[0-9]{1,4}[dwm]$" };

    /// <summary>A calendar day.</summary>
    public static QueryParameter Date(string name, string description) => new(name, description, "2015-09-01") { Format = "date", MaxLength = 10 };
}

/// <summary>Reads the values of query parameters; whatever is wrong goes to the request's <see cref="Faults"/>.</summary>
/// <param name="http">The request.</param>
/// <param name="given">What to read, if it is not what the request's own address says.</param>
public sealed class QueryValues(HttpContext http, IQueryCollection? given = null)
{
    readonly IQueryCollection query = given ?? http.Request.Query;
    readonly Faults faults = Faults.Of(http);

    /// <summary>All values: split at commas where that is how alternatives are given.</summary>
    public IReadOnlyList<string> All(QueryParameter parameter)
    {
        var values = query[parameter.Name].OfType<string>();
        if (parameter.Many) values = values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries));
        var given = values.ToList();

        foreach (var value in given)
        {
            var length = value.EnumerateRunes().Count();
            if (length > parameter.MaxLength) faults.AddParameter(parameter.Name, "tooLong", parameter.MaxLength, length);
            else if (value.Any(char.IsControl)) faults.AddParameter(parameter.Name, "controlCharacter");
            else if (parameter.Known is { } known && !known.Contains(value)) faults.AddParameter(parameter.Name, "unknownValue", value, string.Join(", ", known));
        }

        if (given.Count > 50) faults.AddParameter(parameter.Name, "tooMany", 50);
        if (given.Count > 1 && !parameter.Many && !parameter.Repeats) faults.AddParameter(parameter.Name, "repeatedParameter");
        return given;
    }

    /// <summary>True if any of the parameters is given.</summary>
    public bool Has(params ReadOnlySpan<QueryParameter> parameters)
    {
        foreach (var parameter in parameters)
            if (query.ContainsKey(parameter.Name)) return true;
        return false;
    }

    /// <summary>The value, or null when it is absent.</summary>
    public string? One(QueryParameter parameter) => All(parameter) is [var value, ..] ? value : null;

    /// <summary>true, false, or null when it is absent.</summary>
    public bool? Boolean(QueryParameter parameter) => Read(parameter, "boolean", text => text switch
    {
        "true" => true,
        "false" => (bool?)false,
        _ => null,
    });

    /// <summary>A day, or null when it is absent.</summary>
    public DateOnly? Date(QueryParameter parameter) => Read(parameter, "date",
        text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null);

    /// <summary>An instant, or null when it is absent.</summary>
    public DateTimeOffset? Instant(QueryParameter parameter) => Read(parameter, "instant",
        text => Json.TryInstant(text, out var instant) ? instant : (DateTimeOffset?)null);

    /// <summary>The last day of a stretch of time that begins today, or null when it is absent.</summary>
    public DateOnly? Until(QueryParameter parameter, DateOnly today) => Read(parameter, "duration", text =>
        text.Length == 0 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? null : text[^1] switch
        {
            'd' => today.AddDays(count),
            'w' => today.AddDays(7 * count),
            'm' => today.AddMonths(count),
            _ => (DateOnly?)null,
        });

    /// <summary>An integer within its bounds, or its default.</summary>
    public int? Integer(QueryParameter parameter)
    {
        var text = One(parameter) ?? parameter.Default;
        if (text is null) return null;
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= parameter.Minimum && number <= parameter.Maximum) return number;
        faults.AddParameter(parameter.Name, "outOfRange", parameter.Minimum, parameter.Maximum);
        return null;
    }

    /// <summary>Reads a value of another form; the fault says which form is meant.</summary>
    public TValue? Read<TValue>(QueryParameter parameter, string type, Func<string, TValue?> read) where TValue : struct
    {
        if (One(parameter) is not { } text || faults.Any(f => f.Parameter == parameter.Name)) return null;
        var value = read(text);
        if (value is null) faults.AddParameter(parameter.Name, "wrongType", Language.Text.Of("Type." + type), $"'{text}'");
        return value;
    }
}
