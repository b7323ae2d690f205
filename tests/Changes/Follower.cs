using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Changes;

/// <summary>A consumer of the feed that knows nothing but what the feed tells.</summary>
sealed class Follower(Api api, int limit = 20)
{
    string next = $"/changes?limit={limit}";

    /// <summary>The numbers it was told, in the order it was told them.</summary>
    public List<long> Numbers { get; } = [];

    /// <summary>What there is, by kind and key: the properties that have a value.</summary>
    public Dictionary<string, Dictionary<string, JsonNode>> Things { get; } = [];

    /// <summary>Reads until nothing is new.</summary>
    public async Task CatchUpAsync()
    {
        while (await ReadAsync() > 0)
        {
        }
    }

    /// <summary>Reads a page; how many changes there were.</summary>
    public async Task<int> ReadAsync()
    {
        var page = (await api.GetAsync(next)).Must(200);
        foreach (var change in page["items"]!.AsArray()) Take(change!);
        var href = page["_links"]!["next"]!["href"]!.ToString();
        next = href[(href.IndexOf(Settings.BasePath, StringComparison.Ordinal) + Settings.BasePath.Length)..];
        return page["items"]!.AsArray().Count;
    }

    void Take(JsonNode change)
    {
        Numbers.Add(change["number"]!.GetValue<long>());
        var name = $"{change["resource"]} {change["key"]}";
        var kind = change["kind"]!.ToString();
        if (kind == "deleted")
        {
            Things.Remove(name);
            return;
        }

        // What is created must be unknown, what is updated known: else something was missed, or told twice.
        Assert.Equal(kind == "updated", Things.ContainsKey(name));
        if (kind != "updated") Things[name] = [];
        foreach (var field in change["changedFields"]!.AsArray())
        {
            Assert.Equal(Things[name].GetValueOrDefault(field!["field"]!.ToString())?.ToJsonString(), field["old"]?.ToJsonString());
            if (field["new"] is { } value) Things[name][field["field"]!.ToString()] = value.DeepClone();
            else Things[name].Remove(field["field"]!.ToString());
        }
    }

    /// <summary>Holds what it knows of a plan's actions against what the API shows.</summary>
    public async Task MustKnowActionsAsync(string plan)
    {
        string[] derived = ["isOverdue", "allowedStatuses", "warnings", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "_links"];
        var shown = (await api.GetAsync($"/plans/{plan}/actions?limit=1000")).Must(200)["items"]!.AsArray();
        Assert.Equal(
            shown.Select(action => $"action {action!["key"]}").Order(),
            Things.Where(thing => thing.Key.StartsWith("action ", StringComparison.Ordinal) && thing.Value["plan"].ToString() == plan).Select(thing => thing.Key).Order());
        foreach (var action in shown)
            Assert.Equal(
                action!.AsObject().Where(p => p.Value is not null && !derived.Contains(p.Key)).Select(p => $"{p.Key}: {p.Value!.ToJsonString()}").Order(),
                Things[$"action {action["key"]}"].Select(p => $"{p.Key}: {p.Value.ToJsonString()}").Order());
    }
}
