using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using ActionPlan.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ActionPlan.CalendarFeeds;

/// <summary>An address that a calendar program subscribes to: the due dates of the actions that it filters. The address is shown once.</summary>
public sealed class CalendarFeedResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = "id, department as bound_to, name, query, " + AuditColumns;

    Dictionary<string, StringValues> filters = [];

    /// <summary>Its id (UUID version 7).</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>What the calendar is called.</summary>
    /// <example>HR-enhetens åtgärder</example>
    public required string Name { get; init; }

    /// <summary>What to search for in title, description, owner and follow-ups, as q of the list.</summary>
    /// <example>utbildning</example>
    public string? Q => Filter("q");

    /// <summary>Keys of plans, separated by commas.</summary>
    /// <example>soc-2015</example>
    public string? Plan => Filter("plan");

    /// <summary>Keys of departments, separated by commas.</summary>
    /// <example>soc</example>
    public string? Department => Filter("department");

    /// <summary>Keys of sections, separated by commas.</summary>
    /// <example>samarbete</example>
    public string? FocusArea => Filter("focusArea");

    /// <summary>Statuses, separated by commas.</summary>
    /// <example>planned,inProgress</example>
    public string? Status => Filter("status");

    /// <summary>true: only what is open; false: only the others.</summary>
    /// <example>true</example>
    public bool? Open => Filter("open") is { } known ? known == "true" : null;

    /// <summary>The owner; case, hyphens and spaces do not matter. Several stand on a line each, and one of them is enough.</summary>
    /// <example>HR-enheten</example>
    public string? Owner => Filter("owner");

    /// <summary>A participant; compared as owners are, and several written as they are.</summary>
    /// <example>Fackliga organisationer</example>
    public string? Participant => Filter("participant");

    /// <summary>A tag; case does not matter. Several stand on a line each, and one of them is enough.</summary>
    /// <example>introduktion</example>
    public string? Tag => Filter("tag");

    /// <summary>Numbers of measures, separated by commas.</summary>
    /// <example>80</example>
    public string? MeasureNumber => Filter("measureNumber");

    /// <summary>Priorities, separated by commas.</summary>
    /// <example>high</example>
    public string? Priority => Filter("priority");

    /// <summary>Prognoses, separated by commas.</summary>
    /// <example>yellow,red</example>
    public string? Prognosis => Filter("prognosis");

    /// <summary>true: only what is overdue; false: only the others.</summary>
    /// <example>true</example>
    public bool? Overdue => Filter("overdue") is { } known ? known == "true" : null;

    /// <summary>Only what is due after this day.</summary>
    /// <example>2015-09-01</example>
    public DateOnly? DueAfter => Filter("dueAfter") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>Only what is due before this day.</summary>
    /// <example>2016-09-01</example>
    public DateOnly? DueBefore => Filter("dueBefore") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>Only what is due from the day on when the calendar is read, within this time: 30d, 2w, 3m.</summary>
    /// <example>3m</example>
    public string? DueWithin => Filter("dueWithin");

    /// <summary>Only what was changed at this instant or later.</summary>
    /// <example>2015-09-01T00:00:00.000Z</example>
    public DateTimeOffset? UpdatedSince => Json.TryInstant(Filter("updatedSince") ?? "", out var instant) ? instant : null;

    /// <summary>true: only what is tried out first; false: only the others.</summary>
    /// <example>true</example>
    public bool? Trial => Filter("trial") is { } known ? known == "true" : null;

    /// <summary>Only what is decided on before this day.</summary>
    /// <example>2016-09-01</example>
    public DateOnly? DecisionDueBefore => Filter("decisionDueBefore") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>What is lacking, separated by commas: owner, deadline, followUp, verification.</summary>
    /// <example>owner</example>
    public string? Missing => Filter("missing");

    /// <summary>Gaps, separated by commas, as GET /plans/{plan}/gaps counts them.</summary>
    /// <example>missingOwner</example>
    public string? Gap => Filter("gap");

    /// <summary>The address, to be given to a calendar program: in the answer that made it and never again. Whoever has it may read the calendar.</summary>
    /// <example>https://atgardsplan.example.se/calendar/….ics</example>
    [MaxLength(500), Derived, ShownOnce, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; set; }

    /// <summary>The department that the key which made it is bound to.</summary>
    [JsonIgnore]
    public string? BoundTo { get; init; }

    /// <summary>The filters as they are stored.</summary>
    [JsonIgnore]
    public string Query { get; init => filters = QueryHelpers.ParseQuery(field = value); } = "";

    /// <inheritdoc />
    public override Identity Identify() => new("calendarFeed", Id.ToString(), BoundTo, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/calendar-feeds/{Id}")
        .Add("delete", $"/calendar-feeds/{Id}", "DELETE", Role.Editor)
        .Add("collection", "/calendar-feeds")
        .Add("related", "/actions" + Query);

    string? Filter(string name) => filters.TryGetValue(name, out var value) ? string.Join('\n', value.ToArray()) : null;
}
