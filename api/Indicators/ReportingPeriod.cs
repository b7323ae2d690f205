using System.Globalization;
using System.Text.RegularExpressions;

namespace ActionPlan.Indicators;

/// <summary>How often an indicator gets a value: the values of <c>indicator.interval</c>.</summary>
public static class Interval
{
    /// <summary>2015-08</summary>
    public const string Monthly = "monthly";

    /// <summary>2015-Q3</summary>
    public const string Quarterly = "quarterly";

    /// <summary>2015-T2</summary>
    public const string Tertial = "tertial";

    /// <summary>2015</summary>
    public const string Yearly = "yearly";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Monthly, Quarterly, Tertial, Yearly];
}

/// <summary>A month, quarter, tertial or year that a value tells of: <c>2015-08</c>, <c>2015-Q3</c>, <c>2015-T2</c>, <c>2015</c>.</summary>
/// <param name="Interval">How long it is.</param>
/// <param name="Number">Counts the periods of its interval, so that the next has the next number.</param>
public readonly partial record struct ReportingPeriod(string Interval, int Number)
{
    /// <summary>What all periods look like.</summary>
    public const string Pattern = "^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|T[1-3]))?$";

    /// <summary>The longest.</summary>
    public const int MaxLength = 7;

    /// <summary>The period that a text names, or null: then it is none, or of another interval.</summary>
    public static ReportingPeriod? Of(string text, string interval)
    {
        if (!Form().IsMatch(text) || text.EndsWith('\n')) return null;
        var (mark, perYear) = Shape(interval);
        var fits = text.Length == 4 ? interval == Indicators.Interval.Yearly : mark.Length == 0 ? interval == Indicators.Interval.Monthly && char.IsAsciiDigit(text[5]) : text[5..].StartsWith(mark, StringComparison.Ordinal);
        if (!fits) return null;
        var year = int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        var part = text.Length == 4 ? 1 : int.Parse(text.AsSpan(5 + mark.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return new ReportingPeriod(interval, (year * perYear) + part - 1);
    }

    /// <summary>The period of an interval that a day lies in.</summary>
    public static ReportingPeriod Of(DateOnly day, string interval)
    {
        var perYear = Shape(interval).PerYear;
        return new ReportingPeriod(interval, (day.Year * perYear) + ((day.Month - 1) / (12 / perYear)));
    }

    /// <summary>How a period of an interval is written, for whoever wrote another.</summary>
    public static string Example(string interval) => new ReportingPeriod(interval, (2015 * Shape(interval).PerYear) + (Shape(interval).PerYear / 2)).ToString();

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay
    {
        get
        {
            var perYear = Shape(Interval).PerYear;
            return new DateOnly(Number / perYear, (Number % perYear * (12 / perYear)) + 1, 1);
        }
    }

    /// <summary>Its last day.</summary>
    public DateOnly LastDay => (this with { Number = Number + 1 }).FirstDay.AddDays(-1);

    /// <summary>As it is written.</summary>
    public override string ToString()
    {
        var (mark, perYear) = Shape(Interval);
        var part = (Number % perYear) + 1;
        return (Number / perYear).ToString(CultureInfo.InvariantCulture) + (perYear switch
        {
            1 => "",
            12 => $"-{part:00}",
            _ => $"-{mark}{part}",
        });
    }

    static (string Mark, int PerYear) Shape(string interval) => interval switch
    {
        Indicators.Interval.Monthly => ("", 12),
        Indicators.Interval.Quarterly => ("Q", 4),
        Indicators.Interval.Tertial => ("T", 3),
        _ => ("", 1),
    };

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}
