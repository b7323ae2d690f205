using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ActionPlan.Http;

/// <summary>What a resource is called in the change log, and whose it is.</summary>
/// <param name="Type">The kind of resource: <c>action</c>, <c>plan</c> …</param>
/// <param name="Key">What people call it: <c>soc-2015-12</c>.</param>
/// <param name="Department">The department it belongs to, or null when it belongs to all.</param>
/// <param name="Plan">The plan it belongs to, or null.</param>
public sealed record Identity(string Type, string Key, string? Department, string? Plan);

/// <summary>Something that has an address.</summary>
public abstract class Resource
{
    /// <summary>What the caller may do next, by relation (IANA's name where one exists).</summary>
    [JsonPropertyName("_links"), JsonPropertyOrder(100), Derived]
    public Links? Links { get; private set; }

    /// <summary>Name and place in the change log.</summary>
    public abstract Identity Identify();

    /// <summary>How its state is found by name and text, in the change log as in its own row; null if it is not.</summary>
    public virtual object? Fold() => null;

    /// <summary>What it shows that changes without a new version; a part of the ETag.</summary>
    public virtual string? AlsoDependsOn() => null;

    /// <summary>The properties that a list narrows its items to (<c>fields</c>), or null for all.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>Fills in what depends on who asks, and when.</summary>
    public void Show(Caller caller)
    {
        Links = new Links(caller);
        Complete(caller, Links);
    }

    /// <summary>Adds the links, and sets what is <see cref="DerivedAttribute">derived</see>.</summary>
    protected abstract void Complete(Caller caller, Links links);
}

/// <summary>A resource that is written, and says by whom and how often.</summary>
public abstract class VersionedResource : Resource
{
    /// <summary>The columns that every such resource has.</summary>
    protected const string AuditColumns = "created_at, created_by, updated_at, updated_by, version";

    /// <summary>When it was created.</summary>
    /// <example>2015-09-01T08:30:00.000Z</example>
    [JsonPropertyOrder(90)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the key that created it.</summary>
    /// <example>HR-enhetens skript</example>
    [JsonPropertyOrder(91), MaxLength(200)]
    public required string CreatedBy { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2015-09-14T12:05:30.120Z</example>
    [JsonPropertyOrder(92)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Name of the key that last changed it.</summary>
    /// <example>HR-enhetens skript</example>
    [JsonPropertyOrder(93), MaxLength(200)]
    public required string UpdatedBy { get; init; }

    /// <summary>Counts the changes, from 1. The ETag starts with it.</summary>
    /// <example>3</example>
    [JsonPropertyOrder(94), Range(1, int.MaxValue)]
    public required int Version { get; init; }
}
