using System.Globalization;
using ActionPlan.Http;
using FluentValidation;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.CalendarFeeds;

/// <summary>What may be chosen for a calendar feed: a name, and the filters of the action list, each as its parameter there.</summary>
public sealed class CalendarFeedInput : Input<CalendarFeedInput>, IInput<CalendarFeedInput>
{
    /// <summary>What the calendar is called.</summary>
    /// <example>HR-enhetens åtgärder</example>
    public string? Name { get; set; }

    /// <summary>What to search for in title, description, owner and follow-ups, as q of the list.</summary>
    /// <example>utbildning</example>
    public string? Q { get; set; }

    /// <summary>Keys of plans, separated by commas.</summary>
    /// <example>soc-2015</example>
    public string? Plan { get; set; }

    /// <summary>Keys of departments, separated by commas.</summary>
    /// <example>soc</example>
    public string? Department { get; set; }

    /// <summary>Keys of sections, separated by commas.</summary>
    /// <example>samarbete</example>
    public string? FocusArea { get; set; }

    /// <summary>Statuses, separated by commas.</summary>
    /// <example>planned,inProgress</example>
    public string? Status { get; set; }

    /// <summary>true: only what is open; false: only the others.</summary>
    /// <example>true</example>
    public bool? Open { get; set; }

    /// <summary>The owner; case, hyphens and spaces do not matter. Several stand on a line each, and one of them is enough.</summary>
    /// <example>HR-enheten</example>
    public string? Owner { get; set; }

    /// <summary>A participant; compared as owners are, and several written as they are.</summary>
    /// <example>Fackliga organisationer</example>
    public string? Participant { get; set; }

    /// <summary>A tag; case does not matter. Several stand on a line each, and one of them is enough.</summary>
    /// <example>introduktion</example>
    public string? Tag { get; set; }

    /// <summary>Numbers of measures, separated by commas.</summary>
    /// <example>80</example>
    public string? MeasureNumber { get; set; }

    /// <summary>Priorities, separated by commas.</summary>
    /// <example>high</example>
    public string? Priority { get; set; }

    /// <summary>Prognoses, separated by commas.</summary>
    /// <example>yellow,red</example>
    public string? Prognosis { get; set; }

    /// <summary>true: only what is overdue; false: only the others.</summary>
    /// <example>true</example>
    public bool? Overdue { get; set; }

    /// <summary>Only what is due after this day.</summary>
    /// <example>2015-09-01</example>
    public DateOnly? DueAfter { get; set; }

    /// <summary>Only what is due before this day.</summary>
    /// <example>2016-09-01</example>
    public DateOnly? DueBefore { get; set; }

    /// <summary>Only what is due from the day on when the calendar is read, within this time: 30d, 2w, 3m.</summary>
    /// <example>3m</example>
    public string? DueWithin { get; set; }

    /// <summary>Only what was changed at this instant or later.</summary>
    /// <example>2015-09-01T00:00:00.000Z</example>
    public DateTimeOffset? UpdatedSince { get; set; }

    /// <summary>true: only what is tried out first; false: only the others.</summary>
    /// <example>true</example>
    public bool? Trial { get; set; }

    /// <summary>Only what is decided on before this day.</summary>
    /// <example>2016-09-01</example>
    public DateOnly? DecisionDueBefore { get; set; }

    /// <summary>What is lacking, separated by commas: owner, deadline, followUp, verification.</summary>
    /// <example>owner</example>
    public string? Missing { get; set; }

    /// <summary>Gaps, separated by commas, as GET /plans/{plan}/gaps counts them.</summary>
    /// <example>missingOwner</example>
    public string? Gap { get; set; }

    // Free text, which a comma may be a part of.
    static readonly string[] Several = ["owner", "participant", "tag"];

    /// <inheritdoc />
    public static IValidator<CalendarFeedInput> Rules { get; } = new Validator();

    /// <inheritdoc />
    public static Type Shown => typeof(CalendarFeedResponse);

    /// <summary>The filters as the query of the action list, in one order and spelling.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        foreach (var property in Json.Properties(typeof(CalendarFeedInput)).Where(property => property.Name != "name"))
        {
            if (property.Get!(this) is not { } value) continue;
            // Repeated, as the list takes them.
            if (Several.Contains(property.Name)) query.Add(property.Name, ((string)value).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            else query.Add(property.Name, Written(value));
        }

        return query.ToString();
    }

    static string Written(object value) => value switch
    {
        bool known => known ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => Json.Instant(instant),
        var text => (string)text,
    };

    // The filters are checked by those who read them.
    sealed class Validator : AbstractValidator<CalendarFeedInput>
    {
        public Validator()
        {
            RuleFor(f => f.Name).NotEmpty().Line(200);
            RuleFor(f => f.Owner).Paragraphs(4000);
            RuleFor(f => f.Participant).Paragraphs(4000);
            RuleFor(f => f.Tag).Paragraphs(4000);
        }
    }
}
