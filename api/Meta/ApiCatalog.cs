using System.Text.Json.Nodes;
using ActionPlan.Http;

namespace ActionPlan.Meta;

/// <summary><c>/.well-known/api-catalog</c>: which API is here and where it is described (RFC 9727, RFC 9264).</summary>
static class ApiCatalog
{
    const string MediaType = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/.well-known/api-catalog", (HttpContext http) =>
    {
        var host = Caller.Host(http);
        var api = host + Settings.BasePath;
        return Results.Text(new JsonObject
        {
            ["linkset"] = new JsonArray(new JsonObject
            {
                ["anchor"] = api,
                ["service-desc"] = Target((api + "/openapi.json", "application/vnd.oai.openapi+json;version=3.1"), (api + "/openapi.v2.json", "application/vnd.oai.openapi+json;version=2.0")),
                ["service-doc"] = Target((host + "/swagger", "text/html")),
                ["service-meta"] = Target((api + "/api-info", "application/json")),
                ["status"] = Target((host + "/readyz", "text/plain")),
            }),
        }.ToJsonString(Json.Options), MediaType);
    }).ExcludeFromDescription();

    static JsonArray Target(params (string Href, string Type)[] targets) => new([.. targets.Select(target => new JsonObject { ["href"] = target.Href, ["type"] = target.Type })]);
}
