using System.Globalization;
using ActionPlan.Actions;
using ActionPlan.Http;

namespace ActionPlan.Deadlines;

/// <summary>
/// How a deadline's wording and its dates follow from each other. Dates are settled when they are written: a plan whose
/// period moves later leaves the dates of its actions alone.
/// </summary>
public static class Deadline
{
    internal static readonly string[] Months =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>
    /// For a new action: dates that are given decide, what is not given follows from the wording, and dates without a
    /// wording get one.
    /// </summary>
    public static void Settle(ActionInput input, Period period)
    {
        if (input.Deadline is null)
        {
            input.Deadline = Render(input.StartDate, input.DueDate);
            if (input.Deadline is not null) input.Recurrence ??= "none";
            return;
        }

        var reading = Wording.Read(input.Deadline, period);
        // What is continuous has no last day; what has one given is not.
        input.Recurrence ??= reading.Recurrence == "continuous" && input.DueDate is not null ? "none" : reading.Recurrence;
        // A stretch whose last day is overruled has no say in the first either: våren 2027, due in January.
        var isOverruled = input.DueDate is not null && input.DueDate != reading.DueDate && (reading.Recurrence == "none" || reading.StartDate > input.DueDate);
        if (!isOverruled) input.StartDate ??= reading.StartDate;
        input.DueDate ??= reading.DueDate;
    }

    /// <summary>
    /// For a change: a new wording takes the place of what followed from the old one, while a date that was given by hand
    /// stays until a wording names another. New dates get a new wording if the old one was made here; one in people's own
    /// words is theirs to change.
    /// </summary>
    public static void Settle(ActionInput wanted, ActionResponse current, Patch<ActionInput> patch, Period period)
    {
        if (patch.Names("deadline"))
        {
            if (wanted.Deadline != current.Deadline) Release(wanted, current, patch, period);
            Settle(wanted, period);
        }
        else if ((patch.Names("startDate") || patch.Names("dueDate")) && current.Deadline == Render(current.StartDate, current.DueDate))
        {
            wanted.Deadline = null;
            Settle(wanted, period);
        }
    }

    static void Release(ActionInput wanted, ActionResponse current, Patch<ActionInput> patch, Period period)
    {
        var old = current.Deadline is null ? null : ReadAgain(current.Deadline, current);
        var now = wanted.Deadline is null ? null : Wording.Read(wanted.Deadline, period);
        if (!patch.Names("startDate") && (now?.StartDate is not null || old?.StartDate == current.StartDate)) wanted.StartDate = null;
        if (!patch.Names("dueDate") && (now?.DueDate is not null || old?.DueDate == current.DueDate)) wanted.DueDate = null;
        if (!patch.Names("recurrence") && (now?.Recurrence is not (null or "none") || old?.Recurrence == current.Recurrence)) wanted.Recurrence = null;
    }

    /// <summary>What deserves a look: a wording that gives no date where there is none, or that gives others than there are.</summary>
    public static IEnumerable<DeadlineWarning> Warnings(ActionResponse action)
    {
        if (action.Deadline is null) yield break;
        var reading = ReadAgain(action.Deadline, action);
        if (reading.Warning is { } warning)
        {
            if (action.DueDate is null && action.Recurrence != "continuous") yield return warning;
        }
        else if (reading.DueDate != action.DueDate || (reading.StartDate is not null && reading.StartDate != action.StartDate))
        {
            yield return new DeadlineWarning("deadlineDiffers", action.Deadline, Iso(reading.StartDate, reading.DueDate), Iso(action.StartDate, action.DueDate));
        }
    }

    // The dates were settled when they were written, so what the wording left to the plan's period is theirs now.
    static Reading ReadAgain(string wording, ActionResponse action)
    {
        var reading = Wording.Read(wording, new Period(action.StartDate ?? action.DueDate, action.DueDate));
        return reading.Recurrence is null or "none" ? reading : reading with { StartDate = action.StartDate };
    }

    /// <summary>A Swedish wording that reads back to the same days: <c>31 mars 2026</c>, <c>1 mars–31 maj 2026</c>; null without a last day.</summary>
    public static string? Render(DateOnly? start, DateOnly? due) => (start, due) switch
    {
        (_, null) => null,
        (null, { } last) => Name(last),
        ({ } first, { } last) when first == last => $"{Name(first)}–{Name(last)}",
        ({ } first, { } last) when (first.Year, first.Month) == (last.Year, last.Month) => $"{first.Day}–{Name(last)}",
        ({ } first, { } last) when first.Year == last.Year => $"{first.Day} {Months[first.Month - 1]}–{Name(last)}",
        ({ } first, { } last) => $"{Name(first)}–{Name(last)}",
    };

    static string Name(DateOnly day) => $"{day.Day} {Months[day.Month - 1]} {day.Year:0000}";

    static string Iso(DateOnly? start, DateOnly? due)
    {
        var days = new[] { start, due }.OfType<DateOnly>().Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        return days.Count == 0 ? "–" : string.Join("–", days);
    }
}
