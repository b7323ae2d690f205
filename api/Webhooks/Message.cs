using System.Text.Json;
using System.Text.Json.Nodes;
using ActionPlan.Changes;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>
/// What a delivery says: always the same, however often and by whichever process it is sent, since it is read from the
/// change log and the events, which do not change.
/// </summary>
static class Message
{
    /// <summary>The message as JSON: <c>type</c>, <c>timestamp</c>, and in <c>data</c> the resource with old and new values.</summary>
    public static async Task<JsonObject> ReadAsync(Db db, string type, long change, long happening)
    {
        var row = (await db.FindAsync<Row>(happening == 0 ? ChangeSql : EventSql, new { Change = change, Event = happening }))!;
        IReadOnlyList<ChangedField> fields = happening == 0 ? ChangedField.Between(row.Previous, row.State ?? "{}") : type == EventTypes.ActionOverdue ? [Overdue] : [];
        return new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = Json.Instant(row.At),
            ["data"] = new JsonObject
            {
                ["resource"] = row.Resource,
                ["key"] = row.ResourceKey,
                ["kind"] = row.Kind,
                ["department"] = row.Department,
                ["plan"] = row.Plan,
                ["by"] = row.Actor,
                ["reason"] = row.Reason,
                ["day"] = row.Day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["changedFields"] = JsonSerializer.SerializeToNode(fields, Json.Options),
                ["current"] = Parse(row.State),
            },
        };
    }

    /// <summary>A state as JSON; one that was erased is empty.</summary>
    public static JsonObject Parse(string? state) => string.IsNullOrEmpty(state) ? [] : JsonNode.Parse(state) as JsonObject ?? [];

    static readonly ChangedField Overdue = new() { Field = "isOverdue", Old = JsonSerializer.SerializeToElement(false), New = JsonSerializer.SerializeToElement(true) };

    static readonly string ChangeSql = $"""
        select at, actor, reason, department, plan, resource, resource_key, kind, state, {ChangeLog.Before("state")} as previous
        from change
        where number = @Change
        """;

    const string EventSql = """
        select at, department, plan, 'action' as resource, action as resource_key, day,
               (select state from change
                where change.resource = 'action' and change.resource_key = event.action and change.number <= event.after_change
                order by change.number desc limit 1) as state
        from event
        where number = @Event
        """;

    sealed class Row
    {
        public required DateTimeOffset At { get; init; }
        public string? Actor { get; init; }
        public string? Reason { get; init; }
        public string? Department { get; init; }
        public string? Plan { get; init; }
        public required string Resource { get; init; }
        public required string ResourceKey { get; init; }
        public string? Kind { get; init; }
        public DateOnly? Day { get; init; }
        public string? State { get; init; }
        public string? Previous { get; init; }
    }
}
