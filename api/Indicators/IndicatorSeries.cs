using System.Globalization;

namespace ActionPlan.Indicators;

/// <summary>What is told of one unit's values: where they begin and end, and which periods there are.</summary>
sealed class IndicatorSeries
{
    static readonly StringComparer Swedish = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), CompareOptions.None);

    readonly HashSet<int> periods;

    IndicatorSeries(string[] cells, string interval)
    {
        Unit = cells[0].Length == 0 ? null : cells[0];
        (First, FirstValue) = (Period(cells[1]), Number(cells[2]));
        (Last, LastValue) = (Period(cells[3]), Number(cells[4]));
        periods = [.. cells[5].Split(' ').Select(text => Period(text).Number)];

        ReportingPeriod Period(string text) => ReportingPeriod.Of(text, interval)!.Value;
        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// One text for an indicator, so that a list reads it with the row: a line for each unit, cells with tabs between: unit, first period
    /// and value, last period and value, all periods. No unit holds a tab or a line break.
    /// </summary>
    public const string Column = $"""
        (select string_agg(coalesce(newest.unit, '') || {Tab} || earliest.period || {Tab} || earliest.value || {Tab} || newest.period || {Tab} || newest.value || {Tab} || series.periods, {Line} order by series.unit_key)
         from (select unit_key, min(period) as first_period, max(period) as last_period, string_agg(period, ' ') as periods
               from indicator_value where indicator_value.indicator = indicator.key and indicator_value.deleted_at is null group by unit_key) series
         join indicator_value earliest on earliest.indicator = indicator.key and earliest.unit_key = series.unit_key and earliest.period = series.first_period
         join indicator_value newest on newest.indicator = indicator.key and newest.unit_key = series.unit_key and newest.period = series.last_period)
        """;

    const string Tab = "'\t'", Line = "'\n'";

    /// <summary>The unit, or null for the whole.</summary>
    public string? Unit { get; }

    ReportingPeriod First { get; }
    decimal FirstValue { get; }
    ReportingPeriod Last { get; }
    decimal LastValue { get; }

    /// <summary>The series of an indicator, the whole first, then the units in Swedish order.</summary>
    public static IReadOnlyList<IndicatorSeries> Of(string? text, string interval) => text is null ? [] :
    [
        .. text.Split('\n').Select(line => new IndicatorSeries(line.Split('\t'), interval)).OrderBy(series => series.Unit is not null).ThenBy(series => series.Unit, Swedish),
    ];

    /// <summary>How the latest value stands.</summary>
    public LatestValue Stand(IndicatorTarget? target, string direction) => new()
    {
        Period = Last.ToString(),
        Unit = Unit,
        Value = LastValue,
        TargetMet = target?.IsMetBy(LastValue),
        DifferenceFromTarget = LastValue - target?.Value,
        BaselinePeriod = First.ToString(),
        BaselineValue = FirstValue,
        ChangeFromBaseline = LastValue - FirstValue,
        IsBetter = LastValue == FirstValue ? null : LastValue < FirstValue == (direction == "lowerIsBetter"),
    };

    /// <summary>The periods without a value from the first one on, as far as they are over.</summary>
    public IEnumerable<(int Number, string Period, string? Unit)> Missing(DateOnly today)
    {
        var current = ReportingPeriod.Of(today, First.Interval).Number;
        for (var number = First.Number; number < current; number++)
            if (!periods.Contains(number)) yield return (number, new ReportingPeriod(First.Interval, number).ToString(), Unit);
    }
}
