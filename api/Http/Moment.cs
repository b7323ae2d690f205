using System.Globalization;

namespace ActionPlan.Http;

/// <summary>A moment in the past that is asked about: the end of a day in Stockholm, or an instant.</summary>
/// <param name="Text">As it was asked for, for links.</param>
/// <param name="Instant">The last instant that counts (UTC).</param>
public sealed record Moment(string Text, DateTimeOffset Instant)
{
    /// <summary>The query parameter <c>asOf</c>.</summary>
    public static readonly QueryParameter AsOf = Parameter("asOf", "Things as they stood then: a day (its end in Stockholm) or an instant with zone. What was deleted later is shown.");

    /// <summary>The day in Stockholm.</summary>
    public DateOnly Day => Caller.Day(Instant);

    /// <summary>The last instant of a day in Stockholm.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => Caller.Midnight(day.AddDays(1)).AddMilliseconds(-1);

    /// <summary>A parameter that takes a moment.</summary>
    public static QueryParameter Parameter(string name, string description) => new(name, description, "2015-09-01") { MaxLength = 40 };

    /// <summary>The moment that a parameter names, or null when it is absent. What has not been yet cannot be told: a 400.</summary>
    public static Moment? Of(HttpContext http, QueryParameter parameter, DateOnly today)
    {
        var text = http.Request.Query[parameter.Name].ToString();
        var read = new QueryValues(http).Read(parameter, "moment", value =>
            DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue ? EndOf(day)
            : Json.TryInstant(value, out var instant) ? instant
            : (DateTimeOffset?)null);
        if (read is not { } moment) return null;
        if (Caller.Day(moment) <= today) return new Moment(text, moment);
        Faults.Of(http).AddParameter(parameter.Name, "notYet");
        return null;
    }
}
