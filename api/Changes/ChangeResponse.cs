using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Http.OpenApi;

namespace ActionPlan.Changes;

/// <summary>A change of something: who, when, why, and what it was before and since.</summary>
public sealed class ChangeResponse : Resource
{
    /// <summary>Its number: 1, 2, 3 … in the order in which the changes were stored.</summary>
    /// <example>4711</example>
    [Range(1, int.MaxValue)]
    public required long Number { get; init; }

    /// <summary>When it was made; never before the change before.</summary>
    /// <example>2015-09-14T12:05:30.120Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the key that made it.</summary>
    /// <example>HR-enhetens skript</example>
    [MaxLength(200)]
    public string By => Actor;

    /// <summary>What happened.</summary>
    /// <example>updated</example>
    [AllowedValues(Change.Created, Change.Updated, Change.Deleted, Change.Restored)]
    public required string Kind { get; init; }

    /// <summary>Why, if it was told.</summary>
    /// <example>Väntar på beslut om budget</example>
    [RegularExpression(SchemaCompletion.Paragraphs)]
    public required string? Reason { get; init; }

    /// <summary>Key of the department that it belongs to, or null when it belongs to all.</summary>
    /// <example>soc</example>
    [MaxLength(40)]
    public required string? Department { get; init; }

    /// <summary>Key of the plan that it belongs to, or null.</summary>
    /// <example>soc-2015</example>
    [MaxLength(60)]
    public required string? Plan { get; init; }

    /// <summary>What kind of thing was changed.</summary>
    /// <example>action</example>
    [MaxLength(40)]
    public required string Resource { get; init; }

    /// <summary>Its key or id; a focus area's is led by its plan's, an indicator's value is named by indicator, period and unit.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(400)]
    public required string Key { get; init; }

    /// <summary>
    /// What became different. Of what was created or restored: everything there is, old being null. Of what was deleted: nothing,
    /// for it stays as it was. Who wrote it when, and its version, are never among them.
    /// </summary>
    [MaxLength(100), Derived]
    public IReadOnlyList<ChangedField> ChangedFields { get; private set; } = [];

    /// <summary>True if its content has been erased as the law demands; what is left of the fields is shown.</summary>
    /// <example>false</example>
    public required bool IsRedacted { get; init; }

    /// <summary>Who made it.</summary>
    [JsonIgnore]
    public string Actor { get; init; } = "";

    /// <summary>The whole resource afterwards, as JSON; null when the caller is not to see it.</summary>
    [JsonIgnore]
    public string? State { get; init; }

    /// <summary>The whole resource before, as JSON; null when there was none that the caller is to see.</summary>
    [JsonIgnore]
    public string? Before { get; init; }

    /// <summary>
    /// What is read of a row. <paramref name="outside"/> is a condition under which the caller stands outside the department that
    /// has the resource now. Then what comes into the caller's own department is created there, and what goes from it is deleted.
    /// </summary>
    public static string Columns(string? outside = null)
    {
        var left = $"({outside ?? "1 = 0"} and change.left_department = @Scope)";
        var came = $"({outside ?? "1 = 0"} and change.left_department is not null)";
        return $"""
            change.number, change.at, change.actor, change.plan, change.resource, change.resource_key as key, change.redacted_in is not null as is_redacted,
            case when {left} then '{Change.Deleted}' when {came} then '{Change.Created}' else change.kind end as kind,
            case when {left} then change.left_department else change.department end as department,
            case when {left} then null else change.reason end as reason,
            case when {left} then null else change.state end as state,
            case when {came} then null else {ChangeLog.Before("state")} end as before
            """;
    }

    /// <inheritdoc />
    public override Identity Identify() => throw new InvalidOperationException("A change is not changed.");

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        if (State is not null && Kind != Change.Deleted) ChangedFields = ChangedField.Between(Kind == Change.Updated ? Before : null, State);
        links.Add("self", $"/changes?after={Number - 1}&limit=1");
        if (Kind != Change.Deleted && Place() is { } place) links.Add("about", place);
    }

    string? Place() => Resource switch
    {
        "action" => $"/actions/{Key}",
        "plan" => $"/plans/{Key}",
        "focusArea" => $"/plans/{Key.Replace("/", "/focus-areas/")}",
        "department" => $"/departments/{Key}",
        "apiKey" => $"/api-keys/{Key}",
        "measure" => $"/measures/{Key}",
        "webhook" => $"/webhooks/{Key}",
        "calendarFeed" => $"/calendar-feeds/{Key}",
        "indicator" => $"/indicators/{Key}",
        "indicatorValue" when State is not null => Indicators.IndicatorValueResponse.PathOf(State),
        "presentation" => $"/plans/{Plan}/presentations/{Key}",
        "followUp" when State is not null => $"/actions/{Action(State)}/follow-ups/{Key}",
        "decision" when State is not null => $"/actions/{Action(State)}/decisions/{Key}",
        _ => null,
    };

    static JsonElement Action(string state) => JsonDocument.Parse(state).RootElement.GetProperty("action");
}
