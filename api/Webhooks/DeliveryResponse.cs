using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>A message to a webhook: on its way, or delivered.</summary>
public sealed class DeliveryResponse : Resource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = """
        id, webhook, number, type, created_at, delivered_at, next_attempt_at, resend_at, attempts as attempts_json,
        case when event_number = 0 then (select resource_key from change where change.number = delivery.change_number)
             else (select action from event where event.number = delivery.event_number) end as key
        """;

    /// <summary>Its id (UUID version 7); the header webhook-id of every attempt.</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Its place among the webhook's messages, which go out in this order.</summary>
    /// <example>17</example>
    [Range(1, int.MaxValue)]
    public required int Number { get; init; }

    /// <summary>What it tells of.</summary>
    /// <example>action.overdue</example>
    [AllowedValues(EventTypes.ActionCreated, EventTypes.ActionUpdated, EventTypes.ActionDeleted, EventTypes.ActionStatusChanged, EventTypes.ActionDueSoon,
        EventTypes.ActionOverdue, EventTypes.FollowUpCreated, EventTypes.FollowUpDue, EventTypes.PlanUpdated)]
    public required string Type { get; init; }

    /// <summary>Key of the resource that it tells of.</summary>
    /// <example>soc-2015-12</example>
    [MaxLength(80)]
    public required string Key { get; init; }

    /// <summary>pending until the receiver has answered with a status from 200 to 299, then delivered.</summary>
    /// <example>pending</example>
    [AllowedValues("pending", "delivered")]
    public string State => DeliveredAt is null ? "pending" : "delivered";

    /// <summary>When it was put in the queue.</summary>
    /// <example>2026-11-21T19:36:00.000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the receiver took it, or null while it has not.</summary>
    /// <example>2026-11-21T19:36:02.000Z</example>
    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it is tried again, or null when that is at once, or when it is delivered.</summary>
    /// <example>2026-11-21T19:36:01.000Z</example>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What was tried, the first first; of very many the last hundred.</summary>
    [MaxLength(DeliveryAttempt.Most)]
    public IReadOnlyList<DeliveryAttempt> Attempts => DeliveryAttempt.Read(AttemptsJson);

    /// <summary>The attempts as they are stored.</summary>
    [JsonIgnore]
    public string AttemptsJson { get; init; } = "[]";

    /// <summary>The webhook's id.</summary>
    [JsonIgnore]
    public Guid Webhook { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("delivery", Id.ToString(), null, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", $"/webhooks/{Webhook}/deliveries/{Id}")
        .Add("collection", $"/webhooks/{Webhook}/deliveries")
        .Add("up", $"/webhooks/{Webhook}")
        .Add("createAttempt", $"/webhooks/{Webhook}/deliveries/{Id}/attempts", "POST", Role.Admin);
}

/// <summary>One attempt to deliver a message.</summary>
public sealed class DeliveryAttempt
{
    /// <summary>How many are kept of each message.</summary>
    public const int Most = 100;

    /// <summary>When it was made.</summary>
    /// <example>2026-11-21T19:36:00.000Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>The receiver's HTTP status, or null when there was none.</summary>
    /// <example>503</example>
    [Range(100, 999)]
    public required int? Status { get; init; }

    /// <summary>The beginning of the receiver's answer, at most 4 KB.</summary>
    /// <example>Service Unavailable</example>
    [MaxLength(4096)]
    public required string? Answer { get; init; }

    /// <summary>What stood in the way when there was no status.</summary>
    /// <example>timeout</example>
    [AllowedValues("timeout", "notAllowed", "unknownHost", "unreachable", "tls", "invalidAnswer", null)]
    public required string? Error { get; init; }

    /// <summary>How long it took.</summary>
    /// <example>120</example>
    [Range(0, int.MaxValue)]
    public required int Milliseconds { get; init; }

    /// <summary>The attempts that a row holds.</summary>
    internal static DeliveryAttempt[] Read(string json) => JsonSerializer.Deserialize<DeliveryAttempt[]>(json, Json.Options)!;

    /// <summary>The attempts of a row, and one more, as they are stored.</summary>
    internal static string Append(string json, DeliveryAttempt attempt) => JsonSerializer.Serialize(Read(json).Append(attempt).TakeLast(Most), Json.Options);
}
