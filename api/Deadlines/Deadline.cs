using System.Globalization;
using ActionPlan.Actions;

namespace ActionPlan.Deadlines;

/// <summary>
/// How a deadline's wording and its dates follow from each other. So far the wording is read where it is a date
/// (<c>2015-09-30</c>); any other is kept as it was written, and dates are taken as they are given.
/// </summary>
public static class Deadline
{
    const string Iso = "yyyy-MM-dd";

    /// <summary>The day that a wording names, or null when it cannot be read as one.</summary>
    public static DateOnly? Read(string? wording) =>
        DateOnly.TryParseExact(wording, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>
    /// Dates that are given decide; else a new wording gives the last day, and dates without a wording get one. A wording
    /// that was made here follows the dates; one in people's own words is theirs to change.
    /// </summary>
    /// <param name="input">What is wanted; its wording or its last day is set.</param>
    /// <param name="current">The action as it is, or null for a new one.</param>
    /// <param name="isNewWording">True if the request names the wording.</param>
    /// <param name="isNewStart">True if the request names the first day.</param>
    /// <param name="isNewDue">True if the request names the last day.</param>
    public static void Settle(ActionInput input, ActionResponse? current, bool isNewWording, bool isNewStart, bool isNewDue)
    {
        if (isNewWording && !isNewDue) input.DueDate = Read(input.Deadline) ?? input.DueDate;
        if (!isNewWording && (isNewStart || isNewDue) && current?.Deadline == Render(current?.StartDate, current?.DueDate)) input.Deadline = Render(input.StartDate, input.DueDate);
    }

    static string? Render(DateOnly? start, DateOnly? due) => (start, due) switch
    {
        (_, null) => null,
        (null, { } last) => last.ToString(Iso, CultureInfo.InvariantCulture),
        ({ } first, { } last) => $"{first.ToString(Iso, CultureInfo.InvariantCulture)} – {last.ToString(Iso, CultureInfo.InvariantCulture)}",
    };
}
