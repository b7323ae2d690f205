using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace ActionPlan.Http.OpenApi;

/// <summary>
/// The contract as OpenAPI 2.0, for custom connectors of Power Automate, Power Apps and Logic Apps: Microsoft.OpenApi writes it, and
/// here it gets what that loses (the key, in a header) and Microsoft's extensions (x-ms-…), and loses what 2.0 or a connector has no use
/// for: media types other than JSON, the response headers, conditional requests. All errors are one, default.
/// </summary>
static partial class ConnectorDocument
{
    const string Json = "application/json";
    const string Key = "apiKey";
    const string Trigger = "listChanges";

    // A connector reads JSON; these ask for something else, for nothing, or for what the body can say by the same name.
    static readonly HashSet<string> Unused = ["format", "dialect", "If-None-Match", "Prefer", "traceparent", "carryOver"];
    static readonly HashSet<string> Advanced = ["page", "limit", "fields", "asOf", "If-Match", "Idempotency-Key", "Accept-Language"];
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as text.</summary>
    public static async Task<string> SerializeAsync(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
            foreach (var content in operation.Responses!.Values.Select(response => response.Content).Append(operation.RequestBody?.Content))
                foreach (var other in content?.Keys.Where(type => type != Json).ToList() ?? []) content!.Remove(other);
        using var written = JsonDocument.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi2_0));
        var root = Read(written.RootElement)!.AsObject();
        // What the parameters refer to is written out, since most of it differs from operation to operation.
        var shared = root["parameters"]!.AsObject();
        var definitions = root["definitions"]!.AsObject();
        root.Remove("parameters");
        root["securityDefinitions"] = new JsonObject
        {
            [Key] = new JsonObject
            {
                ["type"] = "apiKey",
                ["name"] = "Authorization",
                ["in"] = "header",
                ["description"] = "The word Bearer, a space and a key of this service: Bearer ap_…",
            },
        };
        root["security"] = new JsonArray(new JsonObject { [Key] = new JsonArray() });
        (root["consumes"], root["produces"]) = (new JsonArray(Json), new JsonArray(Json));
        root["responses"] = new JsonObject
        {
            ["Problem"] = new JsonObject { ["description"] = "What went wrong, and what to do (RFC 9457).", ["schema"] = new JsonObject { ["$ref"] = "#/definitions/Problem" } },
        };

        foreach (var (_, path) in root["paths"]!.AsObject())
            foreach (var (_, operation) in path!.AsObject()) Complete(operation!.AsObject(), shared, definitions);
        foreach (var (_, schema) in root["definitions"]!.AsObject()) Complete(schema!.AsObject());
        Prune(root);
        return root.ToJsonString(Readable);
    }

    // What only other media types had is left over.
    static void Prune(JsonObject root)
    {
        var definitions = root["definitions"]!.AsObject();
        var used = new HashSet<string>();
        Find(root["paths"]);
        Find(root["responses"]);
        foreach (var name in definitions.Select(definition => definition.Key).Except(used).ToList()) definitions.Remove(name);

        void Find(JsonNode? node)
        {
            if (node is JsonArray items) foreach (var item in items) Find(item);
            if (node is not JsonObject members) return;
            if (members["$ref"]?.ToString().Split('/') is [_, "definitions", var name] && used.Add(name)) Find(definitions[name]);
            foreach (var (_, member) in members) Find(member);
        }
    }

    // It writes some examples twice.
    static JsonNode? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().DistinctBy(member => member.Name).Select(member => KeyValuePair.Create(member.Name, Read(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()),
    };

    static void Complete(JsonObject operation, JsonObject shared, JsonObject definitions)
    {
        operation.Remove("consumes");
        operation.Remove("produces");
        if (operation["security"] is not null) operation["security"] = new JsonArray();
        var isTrigger = operation["operationId"]!.ToString() == Trigger;

        operation["parameters"] = new JsonArray(
        [
            .. operation["parameters"]!.AsArray()
                .Select(parameter => parameter!["$ref"] is { } reference ? shared[reference.ToString().Split('/')[^1]]! : parameter)
                .Where(parameter => !Unused.Contains(parameter["name"]!.ToString()))
                .Select(parameter => Completed(InPlace(parameter.DeepClone().AsObject(), definitions), isTrigger)),
        ]);

        var answers = operation["responses"]!.AsObject();
        foreach (var (status, answer) in answers.ToList())
        {
            // No body is answered to DELETE alone, unless one asks for none (Prefer).
            if (status[0] != '2' || (status == "204" && answers.Count(a => a.Key[0] == '2') > 1)) answers.Remove(status);
            else answers[status] = new JsonObject(answer!.AsObject().Where(member => member.Key is "description" or "schema").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        }

        answers["default"] = new JsonObject { ["$ref"] = "#/responses/Problem" };
        if (!isTrigger) return;

        operation["summary"] = "When something has changed";
        operation["description"] = "Every change of what the key may see, deletions included: at most a thousand between two polls, the newest first.";
        operation["x-ms-trigger"] = "batch";
        operation["x-ms-trigger-hint"] = "To see it work, change an action.";
        operation["x-ms-trigger-metadata"] = new JsonObject { ["mode"] = "polling", ["kind"] = "query" };
    }

    // A parameter's words have no name in 2.0.
    static JsonObject InPlace(JsonObject parameter, JsonObject definitions)
    {
        if (parameter["items"]?["$ref"] is { } reference)
            parameter["items"] = new JsonObject(definitions[reference.ToString().Split('/')[^1]]!.AsObject().Where(member => member.Key is "type" or "enum").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).ToList());
        return parameter;
    }

    // A poll asks for what is newer than the newest that it knows, which therefore comes first.
    static JsonObject Completed(JsonObject parameter, bool ofTrigger)
    {
        var name = parameter["name"]!.ToString();
        var polled = ofTrigger ? name switch { "after" => JsonValue.Create(0), "sort" => JsonValue.Create("-number"), "limit" => JsonValue.Create(1000), _ => (JsonNode?)null } : null;
        if (polled is not null) parameter["default"] = polled;
        Complete(parameter["schema"] as JsonObject ?? parameter);
        parameter["x-ms-summary"] = Words(name);
        var visibility = polled is not null || (ofTrigger && name == "page") ? "internal" : Advanced.Contains(name) ? "advanced" : parameter["required"]?.GetValue<bool>() == true ? "important" : null;
        if (visibility is not null) parameter["x-ms-visibility"] = visibility;
        return parameter;
    }

    // Words that may be empty hold null in 3.1 and "" in a request; here x-nullable says so.
    static void Complete(JsonObject schema)
    {
        schema.Remove("pattern");
        if (schema["enum"] is JsonArray words) schema["enum"] = new JsonArray([.. words.Where(word => word is not null && word.ToString().Length > 0).Select(word => word!.DeepClone())]);
        if (schema["items"] is JsonObject items) Complete(items);
        // Of several types, which 2.0 has no words for, only what would limit them is left.
        if (schema["additionalProperties"] is JsonObject others && others["type"] is null && others["$ref"] is null) schema["additionalProperties"] = true;
        if (schema["properties"] is not JsonObject properties) return;
        foreach (var (name, value) in properties)
        {
            if (value!["$ref"] is not null) continue;
            Complete(value.AsObject());
            value["x-ms-summary"] = Words(name);
        }
    }

    /// <summary>A name as people write it: <c>dueDate</c> is Due date, <c>If-Match</c> stays.</summary>
    static string Words(string name) => name.Contains('-') ? name : char.ToUpperInvariant(name[0]) + Hump().Replace(name[1..], match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Hump();
}
