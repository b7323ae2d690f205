using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Indicators;

/// <summary>A service on 15 September 2026, so that August is over and September is not.</summary>
public sealed class IndicatorHost : PlanHost
{
    protected override async Task PrepareAsync()
    {
        Clock.StopAt("2026-09-15T08:00:00Z");
        await base.PrepareAsync();
    }
}

static class IndicatorBodies
{
    /// <summary>A new indicator of soc's, measured monthly unless told; its key.</summary>
    public static async Task<string> IndicatorAsync(this ApiHost host, object? body = null)
    {
        var given = System.Text.Json.JsonSerializer.SerializeToNode(body ?? new { })!.AsObject();
        given["key"] ??= Given.Key("i");
        given["department"] ??= "soc";
        given["name"] ??= "Sjukfrånvaro";
        return (await host.Admin.PostAsync("/indicators", given)).Must(201)["key"]!.ToString();
    }

    /// <summary>Puts values, each "period unit value"; a unit of - is the whole.</summary>
    public static async Task PutAsync(this ApiHost host, string indicator, params string[] values)
    {
        foreach (var value in values.Select(v => v.Split(' ')))
        {
            var body = new JsonObject { ["value"] = JsonNode.Parse(value[2]) };
            if (value[1] != "-") body["unit"] = value[1];
            Assert.Contains((await host.Admin.SendAsync("PUT", $"/indicators/{indicator}/values/{value[0]}", body)).Status, (int[])[200, 201]);
        }
    }

    public static async Task<JsonNode> GetAsync(this ApiHost host, string indicator, string query = "") => (await host.Admin.GetAsync($"/indicators/{indicator}{query}")).Must(200);

    /// <summary>The latest values, each "unit period value met better".</summary>
    public static IEnumerable<string> Latest(this JsonNode indicator) =>
        indicator["latestValues"]!.AsArray().Select(l => $"{l!["unit"] ?? "-"} {l["period"]} {l["value"]!.ToJsonString()} {l["targetMet"]?.ToJsonString() ?? "-"} {l["isBetter"]?.ToJsonString() ?? "-"}");

    /// <summary>The missing values, each "period unit".</summary>
    public static IEnumerable<string> Missing(this JsonNode indicator) => indicator["missing"]!.AsArray().Select(m => $"{m!["period"]} {m["unit"] ?? "-"}");
}
