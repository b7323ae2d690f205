using System.Globalization;
using System.Text.RegularExpressions;

namespace ActionPlan.Deadlines;

/// <summary>What a form is, where that decides which words may stand before it.</summary>
enum FormKind
{
    /// <summary>A stretch of days.</summary>
    Stretch,

    /// <summary>A single day.</summary>
    Day,

    /// <summary>Where one stretch turns into the next: <c>årsskiftet</c>.</summary>
    Turn,

    /// <summary>A year by itself, which is no year of another form.</summary>
    Year,
}

/// <summary>A way to write a stretch of days. The groups y and z are its year and the year after.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pattern">How it is written.</param>
/// <param name="Days">The days it means in a year, or null when there are no such days.</param>
/// <param name="Instead">What to write when it may mean two things in that year; empty for a form that means one.</param>
sealed record Form(FormKind Kind, Regex Pattern, Func<Match, int, Days?> Days, Func<Match, int, (string, string)>? Instead = null);

/// <summary>The forms of DOMAIN, "Deadlines in Swedish", as they stand after <see cref="Wording"/> has evened them out.</summary>
static class Forms
{
    /// <summary>Earlier than this, four digits are no year.</summary>
    public const int FirstYear = 1900;

    /// <summary>Later than this, four digits are no year.</summary>
    public const int LastYear = 2199;

    /// <summary>What joins a first and a last day.</summary>
    public const string Join = @"(?: ?- ?| (?:fram )?till(?: och med)? | t\.? ?o\.? ?m\.? )";

    const string Four = @"(?:19|20|21)[0-9][0-9]";

    // Y after a word: "våren 2026", "VT26", "vt-26", "hösten -15", "augusti, 2015". After a number it needs something between.
    const string Year = $@"(?:,? ?(?:år )?[-'’]?(?<y>{Four}|[0-9][0-9]))?";
    const string YearAfterNumber = $@"(?:(?:(?:,? |,| ?-)(?:år )?['’]?(?<y>{Four}|[0-9][0-9]))|/(?<y>{Four}))?";
    const string Pair = $@"(?: ?(?<y>{Four}|[0-9][0-9]) ?[-/] ?(?<z>{Four}|[0-9][0-9]))?";
    const string One = $@" ?-?(?<y>{Four}|[0-9][0-9])";

    const string Month =
        @"(?<month>jan(?:uari)?|feb(?:r|ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";

    const string Ordinal = @"(?<n>första|andra|tredje|fjärde|[1-9](?::?[ae])?)";
    const string Under = "(?:under )?(?:hela )?";
    const string DayOfMonth = @"(?:den )?(?<d>[0-9][0-9]?)(?::[ae])?";

    /// <summary>All of them, the more particular first.</summary>
    public static readonly IReadOnlyList<Form> All =
    [
        // 2026-03-31, 20260331
        Of(FormKind.Day, $@"(?:den )?(?<y>{Four})-(?<m>[0-9][0-9]?)-(?<d>[0-9][0-9]?)", (m, y) => OneDay(y, Int(m, "m"), Int(m, "d"))),
        Of(FormKind.Day, $@"(?:den )?(?<y>{Four})(?<m>[0-9][0-9])(?<d>[0-9][0-9])", (m, y) => OneDay(y, Int(m, "m"), Int(m, "d"))),
        // 31 mars 2026
        Of(FormKind.Day, $"{DayOfMonth} ?{Month}{Year}", (m, y) => OneDay(y, MonthOf(m), Int(m, "d"))),
        // 31/3 2026: where all are digits, the year has four
        Of(FormKind.Day, $@"{DayOfMonth}/(?<m>[0-9][0-9]?)(?:(?: |, | ?-)(?<y>{Four}))?", (m, y) => OneDay(y, Int(m, "m"), Int(m, "d"))),
        // 1–15 mars 2026
        Of(FormKind.Stretch, $@"{Under}{DayOfMonth}{Join}(?:den )?(?<e>[0-9][0-9]?)(?::[ae])? ?{Month}{Year}", (m, y) => Between(OneDay(y, MonthOf(m), Int(m, "d")), OneDay(y, MonthOf(m), Int(m, "e")))),
        // i början av augusti 2015
        Of(FormKind.Stretch, $"(?:i |under )?(?<part>början|mitten|slutet) (?:av|på) {Month}{Year}", (m, y) => Part(m.Groups["part"].Value, y, MonthOf(m))),
        // "jul" is Christmas too; after a day (24 jul 2026) it is the month
        Of(FormKind.Stretch, $"{Under}jul{Year}", (_, y) => Days.Months(y, 7, 7), (_, y) => ($"juli {y}", $"24 december {y}")),
        // augusti 2015
        Of(FormKind.Stretch, $"(?:under |i )?(?:hela )?{Month}{Year}", (m, y) => Days.Months(y, MonthOf(m), MonthOf(m))),
        // hösten/vintern 2015, våren 2015, vintern 2015/16, vintern 2015
        Of(FormKind.Stretch, $"(?:under |på )?höst(?:en)? ?/ ?vinter(?:n)?{Year}", (_, y) => Days.Months(y, 9, 12)),
        Of(FormKind.Stretch, $"(?:under |på )?(?:hela )?(?<s>vår|sommar|höst)(?:en)?{Year}", (m, y) => Season(m.Groups["s"].Value, y)),
        Of(FormKind.Stretch, $"(?:under |på )?(?:hela )?vinter(?:n)?{Pair}", (_, y) => new Days(new DateOnly(y, 12, 1), Days.Last(y + 1, 2))),
        Of(FormKind.Stretch, $"(?:under |på )?(?:hela )?vinter(?:n)?{One}", (_, y) => Days.Months(y, 1, 12), (_, y) => ($"vintern {y - 1}/{y}", $"vintern {y}/{y + 1}")),
        // VT26, höstterminen 2025, läsåret 2025/26
        Of(FormKind.Stretch, $"{Under}(?:vt|vårtermin(?:en)?){Year}", (_, y) => Days.Months(y, 1, 6)),
        Of(FormKind.Stretch, $"{Under}(?:ht|hösttermin(?:en)?){Year}", (_, y) => Days.Months(y, 7, 12)),
        Of(FormKind.Stretch, $"{Under}läsår(?:et)?{Pair}", (_, y) => new Days(new DateOnly(y, 7, 1), new DateOnly(y + 1, 6, 30))),
        Of(FormKind.Stretch, $"{Under}läsår(?:et)?{One}", (_, y) => Days.Months(y, 1, 12), (_, y) => ($"läsåret {y - 1}/{y}", $"läsåret {y}/{y + 1}")),
        // Q3 2025, kvartal 3–4 2025, tredje kvartalet 2025, 2025-Q3; tertial 2 2026, T2 2026; halvår 1 2026, första halvåret 2026
        .. Numbered(@"q|kvartal|kvartalet|kv\.?", "kvartal(?:et)?", 4),
        .. Numbered("t|tertial|tertialet", "tertial(?:et)?", 3),
        .. Numbered("halvår", "halvår(?:et)?", 2),
        // halvårsskiftet 2026, årsskiftet 2025/26, årsskiftet 2025
        Of(FormKind.Turn, $"(?:vid )?halvårsskifte(?:t)?{Year}", (_, y) => Days.Until(new DateOnly(y, 6, 30))),
        Of(FormKind.Turn, $"(?:vid )?årsskifte(?:t)?{Pair}", (_, y) => Days.Until(new DateOnly(y, 12, 31))),
        Of(FormKind.Turn, $"(?:vid )?årsskifte(?:t)?{One}", (_, y) => Days.Until(new DateOnly(y, 12, 31)), (_, y) => ($"årsskiftet {y - 1}/{y}", $"årsskiftet {y}/{y + 1}")),
        // vecka 38 2026, v 38-40 2026
        Of(FormKind.Stretch, $@"(?:under |i )?(?:vecka|veckorna|v\.?) ?(?<n>[0-9][0-9]?)(?:{Join}(?:vecka |v\.? ?)?(?<e>[0-9][0-9]?))?{YearAfterNumber}", (m, y) => Weeks(y, Int(m, "n"), Int(m, "e"))),
        // 2026, 2015/2016
        Of(FormKind.Year, $"{Under}(?:år(?:et)? )?(?<y>{Four})", (_, y) => Days.Months(y, 1, 12)),
        Of(FormKind.Stretch, $"{Under}(?:åren )?(?<y>{Four}) ?/ ?(?<z>{Four})", (_, y) => new Days(new DateOnly(y, 1, 1), new DateOnly(y + 1, 12, 31))),
        // 2015-10 may be a month or years, 2015/16 years or a school year
        Of(FormKind.Stretch, $@"{Under}(?<y>{Four}) ?[-/] ?(?<m>0[1-9]|1[0-2])", (_, y) => Days.Months(y, 1, 12), (m, y) => ($"{Deadline.Months[Int(m, "m")!.Value - 1]} {y}", $"{y}–{y / 100 * 100 + Int(m, "m")}")),
        Of(FormKind.Stretch, $@"{Under}(?<y>{Four}) ?[-/] ?(?<m>[0-9][0-9])", (_, y) => Days.Months(y, 1, 12), (m, y) => ($"{y}–{y / 100 * 100 + Int(m, "m")}", $"läsåret {y}/{y + 1}")),
    ];

    /// <summary>
    /// A year of four digits as it stands; of two the one nearest to the plan's period, so that a plan of 1999 may speak of
    /// <c>hösten 99</c>, and without a period one in the 2000s.
    /// </summary>
    public static int YearOf(string digits, Period period)
    {
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        var near = (period.Start ?? period.End)?.Year ?? 2049;
        return digits.Length == 4 ? year : year + 100 * Math.Clamp((near - year + 50) / 100, FirstYear / 100, LastYear / 100);
    }

    static Form Of(FormKind kind, string pattern, Func<Match, int, Days?> days, Func<Match, int, (string, string)>? instead = null) =>
        new(kind, new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture), days, instead);

    // The n-th of the parts into which a year is cut: "Q3 2025", "Q3-Q4 2025", "tredje kvartalet 2025", "2025-Q3".
    static Form[] Numbered(string before, string after, int count)
    {
        return
        [
            Of(FormKind.Stretch, $@"{Under}(?:{before}) ?(?<n>[1-9])(?:{Join}(?:(?:{before}) ?)?(?<e>[1-9]))?{YearAfterNumber}", Parts),
            Of(FormKind.Stretch, $"{Under}{Ordinal} {after}(?: av)?{Year}", Parts),
            Of(FormKind.Stretch, $"{Under}(?<y>{Four})[ -]?(?:{before}) ?(?<n>[1-9])", Parts),
        ];

        Days? Parts(Match match, int year)
        {
            var first = match.Groups["n"].Value switch
            {
                "första" => 1,
                "andra" => 2,
                "tredje" => 3,
                "fjärde" => 4,
                var digit => digit[0] - '0',
            };
            var last = Int(match, "e") ?? first;
            return first > count || last > count ? null : Days.Months(year, (first - 1) * 12 / count + 1, last * 12 / count);
        }
    }

    static int? Int(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : null;

    static int MonthOf(Match match) => "janfebmaraprmajjunjulaugsepoktnovdec".IndexOf(match.Groups["month"].Value[..3], StringComparison.Ordinal) / 3 + 1;

    static Days? OneDay(int year, int? month, int? day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month.Value) ? Days.Until(new DateOnly(year, month.Value, day.Value)) : null;

    static Days? Between(Days? first, Days? last) => first is { } a && last is { } b ? new Days(a.Due, b.Due) : null;

    static Days Part(string part, int year, int month) => part switch
    {
        "början" => new Days(new DateOnly(year, month, 1), new DateOnly(year, month, 10)),
        "mitten" => new Days(new DateOnly(year, month, 11), new DateOnly(year, month, 20)),
        _ => new Days(new DateOnly(year, month, 21), Days.Last(year, month)),
    };

    static Days Season(string season, int year) => season switch
    {
        "vår" => Days.Months(year, 3, 5),
        "sommar" => Days.Months(year, 6, 8),
        _ => Days.Months(year, 9, 11),
    };

    static Days? Weeks(int year, int? first, int? last)
    {
        var count = ISOWeek.GetWeeksInYear(year);
        if (first is not >= 1 || first > count || last < 1 || last > count) return null;
        return new Days(Day(first.Value, DayOfWeek.Monday), Day(last ?? first.Value, DayOfWeek.Sunday));

        DateOnly Day(int week, DayOfWeek day) => DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, day));
    }
}
