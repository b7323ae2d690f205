using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Contract;

/// <summary>openapi.v2.json, which custom connectors of Power Automate are made from.</summary>
public class ConnectorDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    static readonly string[] Lost = ["oneOf", "anyOf", "nullable", "const", "examples", "requestBody", "components", "content", "pattern"];

    /// <summary>With SWAGGER=file in the environment it is written there too, for tools that read it.</summary>
    [Fact]
    public async Task It_is_served_without_a_key_below_a_megabyte_and_is_304_to_whoever_holds_it()
    {
        var answer = await host.Anonymous.GetAsync("/openapi.v2.json");

        if (Environment.GetEnvironmentVariable("SWAGGER") is { } path) await File.WriteAllTextAsync(path, answer.Text);
        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.InRange(Encoding.UTF8.GetByteCount(answer.Text), 100_000, 1_000_000);
        Assert.Equal(304, (await host.Anonymous.GetAsync("/openapi.v2.json", ("If-None-Match", answer.ETag!))).Status);
    }

    [Fact]
    public async Task It_tells_where_the_service_is_and_that_the_key_goes_in_a_header()
    {
        var document = await DocumentAsync();

        Assert.Equal("2.0 atgardsplan.example /action-plan/v1 https", $"{document["swagger"]} {document["host"]} {document["basePath"]} {string.Join(' ', document["schemes"]!.AsArray())}");
        var (name, scheme) = Assert.Single(document["securityDefinitions"]!.AsObject());
        Assert.Equal(("apiKey", "apiKey", "Authorization", "header"), (name, scheme!["type"]!.ToString(), scheme["name"]!.ToString(), scheme["in"]!.ToString()));
        Assert.Equal("""[{"apiKey":[]}]""", document["security"]!.ToJsonString());
        Assert.Equal("""["application/json"]""", document["consumes"]!.ToJsonString());

        await using var own = await OwnHost.StartAsync(("Api:PublicBaseUrl", "https://api.kommunen.se"));
        Assert.Equal("api.kommunen.se", (await own.Host.Anonymous.GetAsync("/openapi.v2.json")).Must(200)["host"]!.ToString());
    }

    [Fact]
    public async Task It_has_every_operation_of_the_contract_under_its_own_name()
    {
        static string[] Names(JsonNode document) => [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key} {operation.Value!["operationId"]}")).Order()];

        var names = Names(await DocumentAsync());

        Assert.Equal(Names((await host.Anonymous.GetAsync("/openapi.json")).Json), names);
        Assert.Equal(names.Length, names.Select(name => name.Split(' ')[2]).Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z]+([A-Z][a-z]+)*$", name.Split(' ')[2]));
    }

    [Fact]
    public async Task It_holds_nothing_that_its_version_lacks_and_every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();

        foreach (var (path, node) in Nodes(document, ""))
        {
            // A property of a resource may have any name.
            if (node is JsonObject members && !path.EndsWith("/properties", StringComparison.Ordinal)) Assert.Empty(members.Select(m => m.Key).Intersect(Lost));
            if (node is JsonArray words && path.EndsWith("/enum", StringComparison.Ordinal)) Assert.DoesNotContain(words, word => word is null || word.ToString().Length == 0);
            if (path.EndsWith("/type", StringComparison.Ordinal) && !path.EndsWith("/properties/type", StringComparison.Ordinal)) Assert.IsType<JsonValue>(node, exactMatch: false);
            // What 2.0 has no place for in a parameter outside a body.
            if (path.Contains("/parameters/", StringComparison.Ordinal) && path.EndsWith("/items/$ref", StringComparison.Ordinal)) Assert.Contains("/schema/", path, StringComparison.Ordinal);
            if (path.EndsWith("/$ref", StringComparison.Ordinal)) Assert.NotNull(node!.ToString().TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at[name]!));
        }

        foreach (var definition in document["definitions"]!.AsObject().Select(d => d.Key)) Assert.Contains($"\"#/definitions/{definition}\"", document.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_and_properties_have_a_name_for_people_and_operations_one_problem()
    {
        var document = await DocumentAsync();

        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => o.Value!)))
        {
            Assert.All(operation["parameters"]!.AsArray(), parameter => Assert.Matches("^[A-Z]", parameter!["x-ms-summary"]!.ToString()));
            Assert.All(operation["parameters"]!.AsArray(), parameter => Assert.DoesNotContain(parameter!["name"]!.ToString(), (string[])["format", "Prefer", "If-None-Match"]));
            // The designer shows parameters and the body's properties in one form, by these names.
            var body = operation["parameters"]!.AsArray().FirstOrDefault(p => p!["in"]!.ToString() == "body")?["schema"]?["$ref"]?.ToString().Split('/')[^1];
            var names = operation["parameters"]!.AsArray().Select(p => p!["x-ms-summary"]!.ToString()).Concat(body is null ? [] : document["definitions"]![body]!["properties"]!.AsObject().Select(p => p.Value!["x-ms-summary"]?.ToString() ?? p.Key));
            Assert.Distinct(names);
            // What PUT answers is new, or as it stands now.
            Assert.Equal(["2xx", "default"], operation["responses"]!.AsObject().Select(r => Regex.Replace(r.Key, "^2..$", "2xx")).Distinct());
        }

        Assert.Equal("Decision due date", document["definitions"]!["Action"]!["properties"]!["decisionDueDate"]!["x-ms-summary"]!.ToString());
        Assert.True(document["definitions"]!["Action"]!["properties"]!["decisionDueDate"]!["x-nullable"]!.GetValue<bool>());
        Assert.All(document["definitions"]!.AsObject().SelectMany(d => d.Value!["properties"]?.AsObject().Select(p => p.Value!) ?? []).Where(p => p["$ref"] is null), p => Assert.NotNull(p["x-ms-summary"]));
    }

    [Fact]
    public async Task The_feed_is_a_trigger_that_a_poll_with_its_defaults_works_for()
    {
        var trigger = (await DocumentAsync())["paths"]!["/changes"]!["get"]!;
        Assert.Equal(("batch", "polling"), (trigger["x-ms-trigger"]!.ToString(), trigger["x-ms-trigger-metadata"]!["mode"]!.ToString()));
        Assert.NotNull(trigger["x-ms-trigger-hint"]);
        var hidden = trigger["parameters"]!.AsArray().Where(p => p!["x-ms-visibility"]?.ToString() == "internal").ToDictionary(p => p!["name"]!.ToString(), p => p!["default"]!.ToString());
        Assert.Equal(["after", "limit", "page", "sort"], hidden.Keys.Order());
        (await host.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);

        var first = (await host.Admin.GetAsync("/changes?" + string.Join('&', hidden.Select(p => $"{p.Key}={p.Value}")))).Must(200);

        var newest = first["items"]![0]!["number"]!.GetValue<int>();
        Assert.Equal(newest, first["items"]!.AsArray().Max(change => change!["number"]!.GetValue<int>()));
        hidden["after"] = $"{newest}";
        Assert.Empty((await host.Admin.GetAsync("/changes?" + string.Join('&', hidden.Select(p => $"{p.Key}={p.Value}")))).Items("number"));
        (await host.Admin.PatchAsync("/departments/soc", new { name = "Socialförvaltningen" })).Must(200);
        Assert.Equal([$"{newest + 1}"], (await host.Admin.GetAsync("/changes?" + string.Join('&', hidden.Select(p => $"{p.Key}={p.Value}")))).Items("number"));
    }

    async Task<JsonNode> DocumentAsync() => (await host.Anonymous.GetAsync("/openapi.v2.json")).Must(200);

    static IEnumerable<(string Path, JsonNode? Node)> Nodes(JsonNode? node, string path)
    {
        IEnumerable<(string Path, JsonNode? Node)> within = node switch
        {
            JsonObject members => members.SelectMany(member => Nodes(member.Value, $"{path}/{member.Key}")),
            JsonArray items => items.SelectMany((item, i) => Nodes(item, $"{path}/{i}")),
            _ => [],
        };
        return within.Prepend((path, node));
    }
}
