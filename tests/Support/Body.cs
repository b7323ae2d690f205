using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Support;

/// <summary>Ways to look at a body.</summary>
public static class Body
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The address of a link, or null.</summary>
    public static string? Link(this JsonNode body, string relation) => body["_links"]![relation]?["href"]!.GetValue<string>();

    /// <summary>The relations and methods of all links: <c>delete DELETE</c>.</summary>
    public static IEnumerable<string> Links(this JsonNode body) => body["_links"]!.AsObject().Select(l => $"{l.Key} {l.Value!["method"]}").Order(StringComparer.Ordinal);

    /// <summary>The names of the properties, in their order.</summary>
    public static IEnumerable<string> Properties(this JsonNode body) => body.AsObject().Select(p => p.Key);

    /// <summary>A body as text, without some properties, to compare what is left.</summary>
    public static string Without(this JsonNode body, params string[] properties)
    {
        var rest = body.DeepClone().AsObject();
        foreach (var property in properties) rest.Remove(property);
        return rest.ToJsonString(Readable);
    }

    /// <summary>JSON as text, spelled as <see cref="Without"/> spells it.</summary>
    public static string Spelled(string json) => JsonNode.Parse(json)!.ToJsonString(Readable);

    /// <summary>What happened in writing, which every write changes.</summary>
    public static readonly string[] Audit = ["createdAt", "createdBy", "updatedAt", "updatedBy", "version"];
}
