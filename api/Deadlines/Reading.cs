namespace ActionPlan.Deadlines;

/// <summary>What a wording says: its days, how often it is done again, or a warning and no date.</summary>
/// <param name="StartDate">First day, or null when the wording names none.</param>
/// <param name="DueDate">Last day, or null when there is none or it cannot be told.</param>
/// <param name="Recurrence">none, monthly … continuous; null when the wording cannot be read.</param>
/// <param name="IsApproximate">True if it says <c>ca</c>, <c>preliminärt</c> or the like.</param>
/// <param name="Warning">Why there is no date, or null.</param>
public sealed record Reading(DateOnly? StartDate, DateOnly? DueDate, string? Recurrence, bool IsApproximate, DeadlineWarning? Warning);

/// <summary>Why a wording gives no date. The code is stable; the text is the message <c>Warning.{Code}</c>.</summary>
/// <param name="Code">
/// deadlineUnread, deadlineAmbiguous, deadlineLacksYear, deadlineLacksPeriod, deadlineNoSuchDate, deadlineReversed or deadlineDiffers.
/// </param>
/// <param name="Values">What the text names: the wording, then what could be written instead.</param>
public sealed record DeadlineWarning(string Code, params object?[] Values)
{
    /// <summary>What is the matter and what to write instead, in the language of the request.</summary>
    public string Text() => Language.Text.Of("Warning." + Code, Values);
}

/// <summary>Days from the first, where one is named, to the last.</summary>
readonly record struct Days(DateOnly? Start, DateOnly Due)
{
    /// <summary>A day that says nothing of when one begins.</summary>
    public static Days Until(DateOnly day) => new(null, day);

    /// <summary>From the first day of a month to the last of another.</summary>
    public static Days Months(int year, int from, int to) => new(new DateOnly(year, from, 1), Last(year, to));

    /// <summary>The last day of a month.</summary>
    public static DateOnly Last(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}

/// <summary>A plan's first and last day, each null when it is open: what a wording without a year is held against.</summary>
public readonly record struct Period(DateOnly? Start, DateOnly? End)
{
    /// <summary>The years that a wording without one may mean; none when the period is open.</summary>
    internal IEnumerable<int> Years => Start is { } start && End is { } end
        ? Enumerable.Range(start.Year - 1, end.Year - start.Year + 3).Where(year => year is >= Forms.FirstYear and <= Forms.LastYear)
        : [];

    /// <summary>True if some of the days lie within.</summary>
    internal bool Touches(Days days) => (days.Start ?? days.Due) <= End && days.Due >= Start;
}
