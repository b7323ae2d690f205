using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>A part of a stacked bar: statuses that a reader of a report counts together, from what is finished to what was dropped.</summary>
/// <param name="Class">The name that the style sheet colours it by.</param>
/// <param name="Label">Its name.</param>
/// <param name="Short">The same as a narrow column is headed.</param>
/// <param name="Count">How many.</param>
public sealed record Part(string Class, string Label, string Short, int Count)
{
    /// <summary>The parts, in the order of the bar.</summary>
    public static IReadOnlyList<Part> Of(StatusCounts counts) =>
    [
        new("verified", "Kontrollerade", "Kontr.", counts.Verified),
        new("done", "Genomförda", "Genomf.", counts.Done),
        new("inProgress", "Pågår", "Pågår", counts.InProgress),
        new("planned", "Planerade", "Plan.", counts.Planned),
        new("proposed", "Föreslagna", "Föresl.", counts.Proposed),
        new("paused", "Pausade", "Paus.", counts.Paused),
        new("dropped", "Avbrutna och förkastade", "Avbr.", counts.Cancelled + counts.Rejected),
    ];
}
