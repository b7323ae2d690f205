using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Data;

public class ChangeLogTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly string[] Derived = ["isOverdue", "allowedStatuses", "warnings", "secret", "_links"];

    static readonly Dictionary<string, Func<ApiHost, string, Task<Answer>>> Requests = new()
    {
        ["create an action"] = (host, plan) => host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Å 🎉", status = "paused", statusReason = "Väntar \"än\"\nså länge", deadline = "snart", tags = new[] { "a" } }),
        ["change an action"] = (host, plan) => host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ändrad" }),
        ["pause an action"] = (host, plan) => host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "paused", statusReason = "Inga pengar" }),
        ["delete an action"] = (host, plan) => host.Admin.DeleteAsync($"/actions/{plan}-1"),
        ["restore an action"] = (host, plan) => host.Admin.PostAsync($"/actions/{plan}-2/restorations"),
        ["create a focus area"] = (host, plan) => host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "ny", title = "Ny" }),
        ["change a focus area"] = (host, plan) => host.Admin.PatchAsync($"/plans/{plan}/focus-areas/a", new { title = "Ändrad" }),
        ["delete a focus area"] = (host, plan) => host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/a"),
        ["change a plan"] = (host, plan) => host.Admin.PatchAsync($"/plans/{plan}", new { title = "Ändrad" }),
        ["delete a plan"] = (host, plan) => host.Admin.DeleteAsync($"/plans/{plan}b"),
        ["create a plan"] = (host, plan) => host.Admin.PostAsync("/plans", new { key = $"{plan}c", department = "soc", title = "Ny" }),
        ["create a department"] = (host, plan) => host.Admin.PostAsync("/departments", new { key = $"{plan}d", name = "Ny" }),
        ["change a department"] = (host, plan) => host.Admin.PatchAsync($"/departments/{plan}e", new { name = "Ändrad" }),
        ["delete a department"] = (host, plan) => host.Admin.DeleteAsync($"/departments/{plan}e"),
        ["create a key"] = (host, _) => host.Admin.PostAsync("/api-keys", new { name = "Ny", role = "reader", department = "vof" }),
    };

    [Theory]
    [InlineData("create an action", "action {0}-3 created soc {0} Väntar \"än\"\nså länge")]
    [InlineData("change an action", "action {0}-1 updated soc {0} ")]
    [InlineData("pause an action", "action {0}-1 updated soc {0} Inga pengar")]
    [InlineData("delete an action", "action {0}-1 deleted soc {0} ")]
    [InlineData("restore an action", "action {0}-2 restored soc {0} ")]
    [InlineData("create a focus area", "focusArea {0}/ny created soc {0} ")]
    [InlineData("change a focus area", "focusArea {0}/a updated soc {0} ")]
    [InlineData("delete a focus area", "focusArea {0}/a deleted soc {0} ")]
    [InlineData("change a plan", "plan {0} updated soc {0} ")]
    [InlineData("delete a plan", "plan {0}b deleted soc {0}b ")]
    [InlineData("create a plan", "plan {0}c created soc {0}c ")]
    [InlineData("create a department", "department {0}d created {0}d  ")]
    [InlineData("change a department", "department {0}e updated {0}e  ")]
    [InlineData("delete a department", "department {0}e deleted {0}e  ")]
    [InlineData("create a key", "apiKey {1} created vof  ")]
    public async Task A_write_leaves_one_row_with_the_whole_state_after_it(string request, string expected)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "a", title = "A" })).Must(201);
        (await host.Admin.PostAsync("/plans", new { key = $"{plan}b", department = "soc", title = "B" })).Must(201);
        (await host.Admin.PostAsync("/departments", new { key = $"{plan}e", name = "E" })).Must(201);
        var before = await host.ChangesAsync();

        var answer = await Requests[request](host, plan);
        Assert.InRange(answer.Status, 200, 204);

        var row = Assert.Single(await host.RowsAsync("select * from change where number > @Before", new { Before = before }));
        var id = answer.Text.Length > 0 ? answer["id"]?.ToString() : null;
        Assert.Equal(string.Format(expected, plan, id), $"{row["resource"]} {row["resource_key"]} {row["kind"]} {row["department"]} {row["plan"]} {row["reason"]}");
        Assert.Equal("admin", row["actor"]);
        var state = JsonNode.Parse((string)row["state"]!)!;
        Assert.Equal(state["updatedAt"]!.ToString(), row["at"]);
        // What follows from the rest, the day or the language is no part of the state; a key's secret still less.
        if (answer.Text.Length > 0) Assert.Equal(answer.Json.Without(Derived), state.Without());
        else Assert.DoesNotContain(state.Properties(), Derived.Contains);
    }

    [Fact]
    public async Task Moving_a_plan_to_another_department_leaves_a_row_for_all_that_moves_with_it()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "a", title = "A" })).Must(201);
        var followUp = (await host.FollowUpAsync($"{plan}-1"))["id"];
        var before = await host.ChangesAsync();

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);

        var rows = await host.RowsAsync("select * from change where number > @Before order by number", new { Before = before });
        Assert.Equal([$"plan {plan} vof", $"focusArea {plan}/a vof", $"action {plan}-1 vof", $"followUp {followUp} vof"], rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["department"]}"));
        Assert.All(rows, row => Assert.Equal("updated", row["kind"]));
    }

    [Fact]
    public async Task The_digests_chain_each_row_to_the_one_before()
    {
        var plan = await host.PlanAsync();
        foreach (var request in new[] { "create an action", "change an action", "pause an action", "delete an action", "create a key", "create a department" })
            await Requests[request](host, plan);

        var rows = await host.RowsAsync("select * from change order by number");

        // SHA-256 of the row as a JSON array, the state as its own SHA-256, led by the digest before.
        var written = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var (previous, number) = ("", 0L);
        foreach (var row in rows)
        {
            Assert.Equal(++number, row["number"]);
            object?[] content =
            [
                previous, row["number"], row["at"], row["actor"], row["reason"], row["department"], row["plan"],
                row["resource"], row["resource_key"], row["kind"], Hash((string)row["state"]!),
            ];
            previous = Hash(JsonSerializer.Serialize(content, written));
            Assert.Equal(previous, row["digest"]);
        }

        var end = Assert.Single(await host.RowsAsync("select * from change_clock"));
        Assert.Equal((number, previous, rows[^1]["at"]), ((long)end["number"]!, (string)end["digest"]!, end["at"]));

        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public async Task Time_never_goes_back_when_the_clock_does()
    {
        host.Clock.StopAt("2031-05-05T05:05:05.1234567Z");
        var plan = await host.PlanAsync();
        host.Clock.StopAt("2030-01-01T00:00:00Z");
        var created = await host.ActionAsync(plan);
        host.Clock.StopAt("2031-05-05T05:05:05.123Z");
        var changed = (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ny" })).Must(200);
        host.Clock.StopAt("2031-05-05T05:05:05.124Z");
        var later = (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Nyare" })).Must(200);

        Assert.Equal(
            ("2031-05-05T05:05:05.123Z", "2031-05-05T05:05:05.124Z", "2031-05-05T05:05:05.125Z"),
            (created["createdAt"]!.ToString(), changed["updatedAt"]!.ToString(), later["updatedAt"]!.ToString()));
        var times = (await host.RowsAsync("select at from change order by number")).Select(r => (string)r["at"]!).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task What_is_refused_leaves_no_row()
    {
        var (plan, closed) = (await host.PlanAsync(), await host.PlanAsync());
        await host.ActionAsync(plan);
        await host.CloseAsync(closed);
        var reader = await host.WithNewKeyAsync("reader");
        var before = await host.ChangesAsync();

        foreach (var (status, answer) in new[]
        {
            (400, await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "" })),
            (400, await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "x", focusArea = "finns-inte" })),
            (400, await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "paused" })),
            (401, await host.Anonymous.DeleteAsync($"/actions/{plan}-1")),
            (403, await reader.DeleteAsync($"/actions/{plan}-1")),
            (404, await host.Admin.DeleteAsync($"/actions/{plan}-2")),
            (409, await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "proposed" })),
            (409, await host.Admin.PostAsync($"/actions/{plan}-1/restorations")),
            (409, await host.Admin.PostAsync($"/plans/{closed}/actions", new { title = "x" })),
            (409, await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "x" })),
            (409, await host.Admin.DeleteAsync($"/plans/{plan}")),
            (412, await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "x" }, ("If-Match", "\"7-x\""))),
            (415, await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "x" }, ("Content-Type", "text/plain"))),
        })
            Assert.Equal(status, answer.Status);

        Assert.Equal(before, await host.ChangesAsync());
        Assert.Equal(1, (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Among_many_at_once_those_that_are_refused_undo_no_other()
    {
        var plan = await host.PlanAsync();
        var before = await host.ChangesAsync();

        // Each focus area is asked for twice: one of the two is a 409.
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = $"f{i / 2}", title = $"{i}" })));

        Assert.Equal((30, 30), (answers.Count(a => a.Status == 201), answers.Count(a => a.Status == 409)));
        Assert.Equal(before + 30, await host.ChangesAsync());
        var stored = (await host.Admin.GetAsync($"/plans/{plan}/focus-areas?limit=100")).Must(200)["items"]!.AsArray();
        Assert.Equal(answers.Where(a => a.Status == 201).Select(a => a["title"]!.ToString()).Order(), stored.Select(a => a!["title"]!.ToString()).Order());
    }
}
