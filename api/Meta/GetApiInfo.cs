using System.ComponentModel.DataAnnotations;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Meta;

/// <summary>GET /api-info</summary>
public static class GetApiInfo
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/api-info", Handle)
        .Describe("Get facts about the API", "Name, version, release, documentation and status of this API, as the national profile asks. Needs no key.")
        .AllowsEveryone();

    static Results<Ok<ApiInfoResponse>, NotModified> Handle() => TypedResults.Ok(new ApiInfoResponse());
}

/// <summary>Facts about the API (national REST API profile, DOK).</summary>
public sealed class ApiInfoResponse : Resource
{
    /// <summary>Its name.</summary>
    /// <example>Åtgärdsplan API</example>
    [MaxLength(100)]
    public string ApiName { get; } = "Åtgärdsplan API";

    /// <summary>Its version (semantic versioning).</summary>
    /// <example>1.0.0</example>
    [MaxLength(20)]
    public string ApiVersion { get; } = Version;

    /// <summary>When this version was released.</summary>
    /// <example>2026-11-21</example>
    public DateOnly ApiReleased { get; } = new(2026, 11, 21);

    /// <summary>Where it is documented.</summary>
    /// <example>https://atgardsplan.example/action-plan/v1/openapi.json</example>
    [MaxLength(2000), DataType(DataType.Url), Derived]
    public string ApiDocumentation { get; private set; } = "";

    /// <summary>Where it is in its life.</summary>
    /// <example>active</example>
    [AllowedValues("active", "deprecated", "retired")]
    public string ApiStatus { get; } = "active";

    /// <summary>The version of the contract.</summary>
    internal const string Version = "1.0.0";

    /// <inheritdoc />
    public override Identity Identify() => new("apiInfo", "api-info", null, null);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        ApiDocumentation = caller.BaseUrl + "/openapi.json";
        links.Add("self", "/api-info", role: Role.Everyone).Add("service-desc", "/openapi.json", role: Role.Everyone);
    }
}
