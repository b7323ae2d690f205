using System.Globalization;
using System.Text.RegularExpressions;
using ActionPlan.Deadlines;

namespace ActionPlan.Imports;

/// <summary>Days as files hold them: ISO 8601, with midnight behind, as a spreadsheet's serial number, or as people write one day.</summary>
static partial class Dates
{
    // 1954 to 2119: what is smaller or larger is no day of a plan.
    const int FirstSerial = 20_000, LastSerial = 80_000;

    static readonly string[] YearFirst = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd"];

    /// <summary>The one day that the text means, or null.</summary>
    public static DateOnly? Read(string text, Period period)
    {
        if (Moment().Match(text) is { Success: true } moment) text = moment.Groups[1].Value;
        if (DateOnly.TryParseExact(text, YearFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (Serial(text) is { } serial) return serial;
        if (Numbers().Match(text) is { Success: true } match) return Day(match);
        return Wording.Read(text, period) is { StartDate: null, DueDate: { } due, Recurrence: "none", IsApproximate: false } ? due : null;
    }

    /// <summary>True of a day that others would read month first: <c>03/04/2026</c>.</summary>
    public static bool IsEitherWay(string text) => text.Contains('/') && Numbers().Match(text) is { Success: true } match
        && match.Groups["d"].Value.TrimStart('0') != match.Groups["m"].Value.TrimStart('0') && int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture) <= 12;

    /// <summary>The day of a spreadsheet's serial number, or null.</summary>
    public static DateOnly? Serial(string text) =>
        Whole(text) is >= FirstSerial and <= LastSerial and { } number ? DateOnly.FromDateTime(DateTime.FromOADate(number)) : null;

    /// <summary>A whole number, with either decimal sign behind it, or null.</summary>
    public static int? Whole(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>
    /// The text without a time of midnight, which is what a day alone becomes on its way through programs, and without the one
    /// that a workbook's cell has beside its day.
    /// </summary>
    public static string WithoutTime(string text) => Time().Replace(text, "$1$2");

    /// <summary><c>2026-03-31</c></summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Day first, as in Sweden.
    static DateOnly? Day(Match match)
    {
        var (day, month, year) = (Int("d"), Int("m"), Int("y"));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

        int Int(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?Z?\z|\A([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?\z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\A(?<d>[0-9]{1,2})[./-](?<m>[0-9]{1,2})[./-](?<y>(?:19|20|21)[0-9]{2})\z")]
    private static partial Regex Numbers();
}
