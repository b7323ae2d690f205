using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Meta;

/// <summary>GET /session</summary>
public static class GetSession
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/session", Handle)
        .Describe("Get who I am", "The name, role and department of the key that asks, and where it may go.")
        .Requires(Role.Reader);

    static Results<Ok<SessionResponse>, NotModified> Handle(Caller caller) =>
        TypedResults.Ok(new SessionResponse { Name = caller.Name, Role = caller.Role, Department = caller.Scope });
}

/// <summary>Who asks.</summary>
public sealed class SessionResponse : Resource
{
    /// <summary>The key's name.</summary>
    /// <example>Sitevision intranät</example>
    [MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    /// <example>reader</example>
    [AllowedValues("reader", "editor", "admin")]
    public required string Role { get; init; }

    /// <summary>Key of the department it is bound to, or null for all.</summary>
    /// <example>soc</example>
    [MaxLength(40)]
    public required string? Department { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("session", Name, Department, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links) => links
        .Add("self", "/session")
        .Add("departments", "/departments")
        .Add("plans", "/plans")
        .Add("actions", "/actions")
        .Add("changes", "/changes")
        .Add("measures", "/measures")
        .Add("apiKeys", "/api-keys");
}
