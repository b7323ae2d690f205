namespace ActionPlan.FollowUps;

/// <summary>How often an action is followed up, and when the next time is (DOMAIN: Follow-up).</summary>
public static class FollowUpInterval
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = ["none", "monthly", "quarterly", "tertial", "halfYearly", "yearly"];

    /// <summary>The day one interval after <paramref name="day"/>; null without an interval.</summary>
    public static DateOnly? Next(string? interval, DateOnly day) => interval switch
    {
        "monthly" => day.AddMonths(1),
        "quarterly" => day.AddMonths(3),
        "tertial" => day.AddMonths(4),
        "halfYearly" => day.AddMonths(6),
        "yearly" => day.AddYears(1),
        _ => null,
    };
}
