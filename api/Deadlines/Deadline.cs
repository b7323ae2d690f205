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

    /// <summary>Dates that are given decide; else a new wording gives the date, and dates without a wording get one.</summary>
    public static void Settle(ActionInput input, bool isNewWording, bool areNewDates)
    {
        if (isNewWording && input.Deadline is not null && (!areNewDates || input.DueDate is null)) input.DueDate = Read(input.Deadline) ?? input.DueDate;
        else if (areNewDates && (input.Deadline is null || (!isNewWording && IsRendered(input.Deadline)))) input.Deadline = Render(input.StartDate, input.DueDate);
    }

    // A wording in people's own words is theirs to change; one made here follows the dates.
    static bool IsRendered(string wording) => wording.Split(" – ").All(part => Read(part) is not null);

    static string? Render(DateOnly? start, DateOnly? due) => (start, due) switch
    {
        (_, null) => null,
        (null, { } last) => last.ToString(Iso, CultureInfo.InvariantCulture),
        ({ } first, { } last) => $"{first.ToString(Iso, CultureInfo.InvariantCulture)} – {last.ToString(Iso, CultureInfo.InvariantCulture)}",
    };
}
