using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.ApiKeys;

/// <summary>A key that lets a program or a person in. The key itself is shown once, when it is made.</summary>
public sealed class ApiKeyResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = "id, name, role, department, expires_at, last_used_at, revoked_at, " + AuditColumns;

    /// <summary>Its id (UUID version 7).</summary>
    /// <example>0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90</example>
    public required Guid Id { get; init; }

    /// <summary>Who or what uses it.</summary>
    /// <example>Sitevision intranät</example>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    /// <example>reader</example>
    public required string Role { get; init; }

    /// <summary>Key of the department it is bound to, or null for all.</summary>
    /// <example>soc</example>
    public required string? Department { get; init; }

    /// <summary>When it stops working, or null for never.</summary>
    /// <example>2027-12-31T23:00:00.000Z</example>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The minute it was last used, or null for never.</summary>
    /// <example>2026-11-21T19:36:00.000Z</example>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked, or null while it works.</summary>
    /// <example>2026-12-01T09:00:00.000Z</example>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key: in the answer to its creation and never again. Keep it as you keep a password.</summary>
    /// <example>ap_…</example>
    [MaxLength(100), Derived, ShownOnce, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; set; }

    /// <inheritdoc />
    public override Identity Identify() => new("apiKey", Id.ToString(), Department, null);

    /// <inheritdoc />
    public override string? AlsoDependsOn() => LastUsedAt?.ToString("O");

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        links.Add("self", $"/api-keys/{Id}").Add("collection", "/api-keys");
        if (RevokedAt is null) links.Add("delete", $"/api-keys/{Id}", "DELETE", Http.Role.Admin);
    }
}
