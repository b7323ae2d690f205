namespace ActionPlan.FollowUps;

/// <summary>How often an action is followed up, and when the next time is (DOMAIN: Follow-up).</summary>
public static class FollowUpInterval
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = ["none", "monthly", "quarterly", "tertial", "halfYearly", "yearly"];

    /// <summary>
    /// The day one interval after <paramref name="day"/>, or the last of its month where that is shorter; null without an
    /// interval, or when there is no such day before the year 10000.
    /// </summary>
    public static DateOnly? Next(string? interval, DateOnly day) =>
        Months(interval) is { } months && day <= DateOnly.MaxValue.AddMonths(-months) ? day.AddMonths(months) : null;

    static int? Months(string? interval) => interval switch
    {
        "monthly" => 1,
        "quarterly" => 3,
        "tertial" => 4,
        "halfYearly" => 6,
        "yearly" => 12,
        _ => null,
    };
}
