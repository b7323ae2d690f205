using ActionPlan.Http;

namespace ActionPlan.Departments;

/// <summary>A förvaltning: the part of a municipality that keeps plans.</summary>
public sealed class DepartmentResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns = $"key, name, municipality, {AuditColumns}";

    /// <summary>Its key in addresses; never changed.</summary>
    /// <example>soc</example>
    public required string Key { get; init; }

    /// <summary>The förvaltning's name.</summary>
    /// <example>Socialförvaltningen</example>
    public required string Name { get; init; }

    /// <summary>The municipality it belongs to, if told.</summary>
    /// <example>Exempelkommunen</example>
    public required string? Municipality { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("department", Key, Key, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .AddEditable($"/departments/{Key}", Role.Admin)
        .Add("collection", "/departments")
        .Add("plans", $"/plans?department={Key}");
}
