namespace ActionPlan.FollowUps;

/// <summary>The verdict of a follow-up: whether the action helped.</summary>
public static class Effects
{
    /// <summary>Förbättrat.</summary>
    public const string Improved = "improved";

    /// <summary>Oförändrat.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Försämrat.</summary>
    public const string Worsened = "worsened";

    /// <summary>För tidigt att säga; it is looked at again.</summary>
    public const string TooEarly = "tooEarly";

    /// <summary>Går inte att mäta.</summary>
    public const string NotMeasurable = "notMeasurable";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Improved, Unchanged, Worsened, TooEarly, NotMeasurable];
}
