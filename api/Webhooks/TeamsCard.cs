using System.Globalization;
using System.Text.Json.Nodes;
using ActionPlan.Language;

namespace ActionPlan.Webhooks;

/// <summary>A message as an Adaptive Card, in Swedish, in the envelope that a workflow in Microsoft Teams takes.</summary>
static class TeamsCard
{
    // What people in a channel want to see; the rest stands in the service.
    static readonly string[] Shown = ["date", "status", "statusReason", "owner", "deadline", "dueDate", "nextFollowUpDate", "prognosis", "effect", "note"];

    /// <summary>The card that tells what <paramref name="message"/> tells.</summary>
    public static JsonObject Of(JsonObject message)
    {
        // Whoever reads it has asked for nothing, in no language, and the machine's own may be any.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sv");
        var (data, current) = (message["data"]!, message["data"]!["current"]!);
        var changes = data["kind"]?.ToString() == "updated" ? data["changedFields"]!.AsArray().ToDictionary(c => c!["field"]!.ToString(), c => c!) : [];
        var about = new[] { current["action"] ?? data["key"], current["title"] }.OfType<JsonNode>().Select(text => text.ToString());

        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["body"] = new JsonArray(
                        Line(Text.Of("Event." + message["type"]), "Bolder"),
                        Line(Plain(string.Join(" · ", about)), "Default"),
                        new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. Facts(current, changes)]) }),
                },
            }),
        };
    }

    static IEnumerable<JsonNode> Facts(JsonNode current, Dictionary<string, JsonNode> changes)
    {
        foreach (var field in Shown)
        {
            var value = changes.GetValueOrDefault(field) is { } change ? $"{Written(change["old"])} → {Written(change["new"])}" : current[field] is { } known ? Written(known) : null;
            if (value is not null) yield return new JsonObject { ["title"] = Text.Of("Field." + field), ["value"] = Plain(value) };
        }
    }

    static JsonObject Line(string text, string weight) => new() { ["type"] = "TextBlock", ["text"] = text, ["weight"] = weight, ["wrap"] = true };

    // A word of the contract is told as people say it.
    static string Written(JsonNode? value) => value?.ToString() switch
    {
        null => "–",
        var word when Actions.Status.All.Contains(word) => Text.Of("Status." + word),
        var text => text,
    };

    // A card reads Markdown: a title must not become a link that leads elsewhere.
    static string Plain(string text) => string.Concat(text.Select(c => c is '[' or ']' or '*' or '_' or '`' or '\\' or '<' ? "\\" + c : c.ToString()));
}
