using System.Text.Json.Nodes;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>
/// What a delivery says: always the same, however often and by whichever process it is sent, since it is read from the
/// change log and the events, which do not change.
/// </summary>
static class Message
{
    // What every write changes tells nothing.
    static readonly string[] Audit = ["updatedAt", "updatedBy", "version"];

    /// <summary>The message as JSON: <c>type</c>, <c>timestamp</c>, and in <c>data</c> the resource with old and new values.</summary>
    public static async Task<JsonObject> ReadAsync(Db db, string type, long change, long happening)
    {
        var row = (await db.FindAsync<Row>(happening == 0 ? ChangeSql : EventSql, new { Change = change, Event = happening }))!;
        var current = Parse(row.State);
        var fields = happening == 0 ? Differences(Parse(row.Previous), current) : type == EventTypes.ActionOverdue ? [Difference("isOverdue", false, true)] : [];
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
                ["changedFields"] = fields,
                ["current"] = current,
            },
        };
    }

    /// <summary>A state as JSON; one that was erased is empty.</summary>
    public static JsonObject Parse(string? state) => string.IsNullOrEmpty(state) ? [] : JsonNode.Parse(state) as JsonObject ?? [];

    static JsonArray Differences(JsonObject old, JsonObject current) =>
        [.. current.Select(p => p.Key).Union(old.Select(p => p.Key))
            .Where(field => !Audit.Contains(field) && !JsonNode.DeepEquals(old[field], current[field]))
            .Select(field => Difference(field, old[field]?.DeepClone(), current[field]?.DeepClone()))];

    static JsonObject Difference(string field, JsonNode? old, JsonNode? current) => new() { ["field"] = field, ["old"] = old, ["new"] = current };

    const string ChangeSql = """
        select at, actor, reason, department, plan, resource, resource_key, kind, state,
               (select before.state from change as before
                where before.resource = change.resource and before.resource_key = change.resource_key and before.number < change.number
                order by before.number desc limit 1) as previous
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
