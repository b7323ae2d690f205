using System.Text.Json.Nodes;
using ActionPlan.Data;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Support;

/// <summary>What tests start from, each with data of its own.</summary>
public static class Given
{
    static int last;

    /// <summary>A key that no other test of this run has: <c>p17</c>.</summary>
    public static string Key(string prefix = "p") => $"{prefix}{Interlocked.Increment(ref last)}";

    /// <summary>A new plan; its key.</summary>
    public static async Task<string> PlanAsync(this ApiHost host, string department = "soc")
    {
        var key = Key();
        (await host.Admin.PostAsync("/plans", new { key, department, title = "Plan " + key })).Must(201);
        return key;
    }

    /// <summary>A new department; its key.</summary>
    public static async Task<string> DepartmentAsync(this ApiHost host)
    {
        var key = Key("d");
        (await host.Admin.PostAsync("/departments", new { key, name = "Förvaltning " + key })).Must(201);
        return key;
    }

    /// <summary>A new focus area of a plan; its key.</summary>
    public static async Task<string> FocusAreaAsync(this ApiHost host, string plan)
    {
        var key = Key("f");
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key, title = "Område " + key })).Must(201);
        return key;
    }

    /// <summary>A new action in a plan, as it was answered.</summary>
    public static async Task<JsonNode> ActionAsync(this ApiHost host, string plan, object? body = null) =>
        (await host.Admin.PostAsync($"/plans/{plan}/actions", body ?? new { title = "Alla nyanställda får en mentor" })).Must(201);

    /// <summary>A new action that has a status; its key.</summary>
    public static async Task<string> ActionInAsync(this ApiHost host, string plan, string status)
    {
        var created = status == "verified" ? "done" : status;
        var key = (await host.ActionAsync(plan, new { title = "I status " + status, status = created, statusReason = "ett tidigare skäl" }))["key"]!.ToString();
        if (status == "verified") await host.FollowUpAsync(key, new { kind = "check", effect = "improved" });
        return key;
    }

    /// <summary>A new follow-up of an action, as it was answered.</summary>
    public static async Task<JsonNode> FollowUpAsync(this ApiHost host, string action, object? body = null) =>
        (await host.Admin.PostAsync($"/actions/{action}/follow-ups", body ?? new { note = "Det går som det ska" })).Must(201);

    /// <summary>A new webhook that leads nowhere, and a delivery of it; their ids.</summary>
    public static async Task<(string Webhook, string Delivery)> DeliveryAsync(this ApiHost host)
    {
        var plan = await host.PlanAsync();
        var webhook = (await host.Admin.PostAsync("/webhooks", new { url = "https://example.invalid/", plan, events = (string[])["action.created"] })).Must(201)["id"]!.ToString();
        await host.ActionAsync(plan);
        JsonNode? delivery = null;
        await Eventually.HoldsAsync(async () => (delivery = (await host.Admin.GetAsync($"/webhooks/{webhook}/deliveries")).Must(200)["items"]!.AsArray().FirstOrDefault()) is not null, "a delivery");
        return (webhook, delivery!["id"]!.ToString());
    }

    /// <summary>Closes a plan.</summary>
    public static async Task CloseAsync(this ApiHost host, string plan) =>
        (await host.Admin.PatchAsync($"/plans/{plan}", new { status = "closed" })).Must(200);

    /// <summary>Rows of the database, for what no answer shows.</summary>
    public static async Task<IReadOnlyList<IDictionary<string, object?>>> RowsAsync(this ApiHost host, string sql, object? parameters = null)
    {
        await using var connection = await host.Services.GetRequiredService<Database>().Engine.OpenAsync();
        var rows = (await connection.QueryAsync(sql, parameters)).Cast<IDictionary<string, object?>>().ToList();
        foreach (var row in rows)
        {
            foreach (var column in row.Keys.ToList()) row[column] = Behind.Plain(row[column]);
        }

        return rows;
    }

    /// <summary>How many changes have been recorded.</summary>
    public static async Task<long> ChangesAsync(this ApiHost host) => (long)(await host.RowsAsync("select count(*) as n from change"))[0]["n"]!;

    /// <summary>Writes past the API what no request can.</summary>
    public static async Task ExecuteAsync(this ApiHost host, string sql, object? parameters = null)
    {
        await using var connection = await host.Services.GetRequiredService<Database>().Engine.OpenAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
