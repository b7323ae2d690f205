using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;
using ActionPlan.Language;

namespace ActionPlan.Webhooks;

/// <summary>An address that is told what happens (Standard Webhooks). Its secret, with which messages are signed, is shown once.</summary>
public sealed class WebhookResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = "id, department, url, host, events, format, plan, state, pause_reason, previous_secret_until, " + AuditColumns;

    /// <summary>The key that made a webhook works still.</summary>
    internal const string KeyWorks = """
        not exists (
            select 1 from api_key
            where api_key.id = webhook.api_key and (api_key.revoked_at is not null or api_key.expires_at <= @Now))
        """;

    /// <summary>Its id (UUID version 7).</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Key of the department whose changes it is told of, as its key was bound; null for all.</summary>
    /// <example>soc</example>
    [MaxLength(40)]
    public required string? Department { get; init; }

    /// <summary>Where messages are sent. Whoever is no admin sees the beginning alone: the rest may hold a key of the receiver's.</summary>
    /// <example>https://intranet.example.se/atgardsplan?flow=7</example>
    [Derived]
    public required string Url { get; set; }

    /// <summary>The host that the address names.</summary>
    /// <example>intranet.example.se</example>
    [MaxLength(300)]
    public required string Host { get; init; }

    /// <summary>What it is told of.</summary>
    /// <example>["action.created", "action.overdue"]</example>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>How a message is written.</summary>
    /// <example>json</example>
    public required string Format { get; init; }

    /// <summary>Key of the one plan it is told of, or null for all.</summary>
    /// <example>soc-2015</example>
    public required string? Plan { get; init; }

    /// <summary>active while messages are sent; paused while they wait.</summary>
    /// <example>active</example>
    public required string State { get; init; }

    /// <summary>Why it is paused, and what to do, in the language of the request; null while it is active.</summary>
    /// <example>Mottagaren har svarat 410 Gone och vill inte ha fler meddelanden.</example>
    [MaxLength(500), Derived]
    public string? StateReason { get; private set; }

    /// <summary>Until when the secret before this one signs too, or null when there is none.</summary>
    /// <example>2026-11-22T19:36:00.000Z</example>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>The secret that signs the messages: in the answer that made it and never again.</summary>
    /// <example>whsec_…</example>
    [MaxLength(100), Derived, ShownOnce, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; set; }

    /// <summary>Why it is paused, as a word.</summary>
    [JsonIgnore]
    public string? PauseReason { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("webhook", Id.ToString(), Department, Plan);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        if (!caller.Has(Role.Admin)) Url = new Uri(Url).GetLeftPart(UriPartial.Authority) + "/…";
        if (State == WebhookState.Paused) StateReason = Text.Of("Pause." + PauseReason);

        links.AddEditable($"/webhooks/{Id}", Role.Admin)
            .Add("collection", "/webhooks")
            .Add("deliveries", $"/webhooks/{Id}/deliveries")
            .Add("createSecret", $"/webhooks/{Id}/secrets", "POST", Role.Admin);
    }
}
