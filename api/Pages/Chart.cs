using ActionPlan.Indicators;

namespace ActionPlan.Pages;

/// <summary>Where the values of one unit lie in a small line chart: whole numbers in a drawing of 640 by 260.</summary>
public sealed class Chart
{
    /// <summary>The drawing's size.</summary>
    public const int Width = 640, Height = 260;

    /// <summary>Where the axis begins.</summary>
    public const int Axis = 80;

    // Room for the numbers at the left and the periods below.
    const int Left = 92, Right = 616, Top = 34, Bottom = 208;

    // Three years of months: more would be a blur. Where a series has ended, half a year of nothing says so.
    const int Most = 36, MostAfter = 6;

    readonly decimal low, high;
    readonly int first, last;

    /// <summary>Of the values of one unit, up to the last period that is over on a day.</summary>
    public Chart(string interval, decimal? target, IReadOnlyList<IndicatorValueResponse> values, DateOnly today)
    {
        var known = values.ToDictionary(value => ReportingPeriod.Of(value.Period, interval)!.Value.Number, value => value.Value);
        last = Math.Max(known.Keys.Max(), Math.Min(ReportingPeriod.Of(today, interval).Number - 1, known.Keys.Max() + MostAfter));
        first = Math.Max(known.Keys.Min(), last - Most + 1);
        Periods = [.. Enumerable.Range(first, last - first + 1).Select(number => (new ReportingPeriod(interval, number).ToString(), known.TryGetValue(number, out var value) ? value : (decimal?)null))];

        var shown = Periods.Select(p => p.Value).Append(target).OfType<decimal>().ToList();
        (Lowest, Highest) = (shown.Min(), shown.Max());
        var margin = Highest == Lowest ? Math.Max(1, Math.Abs(Highest) / 10) : (Highest - Lowest) / 10;
        (low, high) = (Lowest - margin, Highest + margin);
        Target = target is { } number ? Y(number) : null;
        for (var i = 0; i < Periods.Count; i++)
        {
            if (Periods[i].Value is not { } value) Gaps.Add(Band(X(i)));
            else if (i > 0 && Periods[i - 1].Value is not null) Lines[^1].Add((X(i), Y(value)));
            else Lines.Add([(X(i), Y(value))]);
        }
    }

    /// <summary>The periods, each with its value or null.</summary>
    public IReadOnlyList<(string Period, decimal? Value)> Periods { get; }

    /// <summary>The lowest number that the drawing shows, the target included.</summary>
    public decimal Lowest { get; }

    /// <summary>The highest.</summary>
    public decimal Highest { get; }

    /// <summary>The points of each line; it is broken where a value is missing.</summary>
    public List<List<(int X, int Y)>> Lines { get; } = [];

    /// <summary>Where values are missing: the left edge and the width of each.</summary>
    public List<(int X, int Width)> Gaps { get; } = [];

    /// <summary>How high the target lies, or null.</summary>
    public int? Target { get; }

    /// <summary>How high a value lies.</summary>
    public int Y(decimal value) => Bottom - (int)((Bottom - Top) * (value - low) / (high - low));

    // At the edges half of it is left.
    (int X, int Width) Band(int middle)
    {
        var (from, to) = (Math.Max(middle - (Step / 2), Axis), Math.Min(middle + (Step / 2), Width));
        return (from, to - from);
    }

    int Step => Periods.Count > 1 ? Math.Max(8, (Right - Left) / (Periods.Count - 1)) : 40;

    int X(int i) => Periods.Count > 1 ? Left + ((Right - Left) * i / (Periods.Count - 1)) : (Left + Right) / 2;
}
