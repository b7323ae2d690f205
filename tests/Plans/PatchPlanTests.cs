using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

public class PatchPlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    async Task<string> FullAsync()
    {
        var key = Given.Key();
        (await host.Admin.PostAsync("/plans", new
        {
            key,
            department = "soc",
            title = "Plan",
            periodStart = "2026-01-01",
            periodEnd = "2026-12-31",
            registryNumber = "SN 1",
            background = "Om",
            predecessor = "soc-2026",
            sharing = "titles",
        })).Must(201);
        return key;
    }

    [Theory]
    [InlineData("title", "\"Åtgärder 🎉\"", "")]
    [InlineData("department", "\"vof\"", "_links")]
    [InlineData("periodStart", "\"2026-12-31\"", "")]
    [InlineData("periodStart", "null", "")]
    [InlineData("periodEnd", "\"2026-01-01\"", "")]
    [InlineData("periodEnd", "null", "")]
    [InlineData("status", "\"adopted\"", "")]
    [InlineData("status", "\"closed\"", "_links")]
    [InlineData("registryNumber", "\"SN 2\"", "")]
    [InlineData("registryNumber", "null", "")]
    [InlineData("background", "\"Ny\\nrad\"", "")]
    [InlineData("background", "null", "")]
    [InlineData("predecessor", "\"vof-2026\"", "_links")]
    [InlineData("predecessor", "null", "_links")]
    [InlineData("sharing", "\"effects\"", "")]
    public async Task It_changes_what_it_names_and_nothing_else(string property, string value, string follows)
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);

        var after = (await host.Admin.PatchAsync($"/plans/{key}", $$"""{"{{property}}":{{value}}}""")).Must(200);

        Assert.Equal(JsonNode.Parse(value)?.ToJsonString(), after[property]?.ToJsonString());
        string[] changed = ["version", "updatedAt", "updatedBy", property, follows];
        Assert.Equal(before.Without(changed), after.Without(changed));
        Assert.Equal(2, after["version"]!.GetValue<int>());
        Assert.Equal(after.Without(), (await host.Admin.GetAsync($"/plans/{key}")).Must(200).Without());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":"Plan","status":"draft","sharing":"titles","periodEnd":"2026-12-31"}""")]
    [InlineData("""{"status":null}""")]
    public async Task A_patch_that_changes_nothing_keeps_version_and_history(string body)
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);
        var changes = await host.ChangesAsync();

        Assert.Equal(before.Without(), (await host.Admin.PatchAsync($"/plans/{key}", body)).Must(200).Without());
        Assert.Equal(changes, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("""{"key":"annan"}""", "/key readOnlyProperty")]
    [InlineData("""{"key":null}""", "/key readOnlyProperty")]
    [InlineData("""{"title":null}""", "/title required")]
    [InlineData("""{"department":null}""", "/department required")]
    [InlineData("""{"department":"ks"}""", "/department unknownDepartment")]
    [InlineData("""{"predecessor":"soc-1999"}""", "/predecessor unknownPlan")]
    [InlineData("""{"periodStart":"2027-01-01"}""", "/periodStart periodReversed")]
    [InlineData("""{"periodEnd":"2025-12-31"}""", "/periodStart periodReversed")]
    [InlineData("""{"status":"öppen","sharing":"allt"}""", "/sharing unknownValue, /status unknownValue")]
    [InlineData("""{"version":2,"createdBy":"x","name":"x","title":5}""", "/createdBy readOnlyProperty, /name unknownProperty, /title wrongType, /version readOnlyProperty")]
    public async Task A_faulty_patch_changes_nothing(string body, string faults)
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);

        var answer = await host.Admin.PatchAsync($"/plans/{key}", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before.Without(), (await host.Admin.GetAsync($"/plans/{key}")).Must(200).Without());
    }

    [Fact]
    public async Task Its_own_predecessor_it_cannot_be()
    {
        var key = await FullAsync();

        Assert.Equal(["/predecessor ownPredecessor"], (await host.Admin.PatchAsync($"/plans/{key}", new { predecessor = key })).Faults());
    }

    [Fact]
    public async Task A_predecessor_that_was_deleted_stands_in_no_ones_way()
    {
        var (key, predecessor) = (await FullAsync(), await host.PlanAsync());
        (await host.Admin.PatchAsync($"/plans/{key}", new { predecessor })).Must(200);
        (await host.Admin.DeleteAsync($"/plans/{predecessor}")).Must(204);

        Assert.Equal("vof", (await host.Admin.PatchAsync($"/plans/{key}", new { department = "vof" })).Must(200)["department"]!.ToString());
        Assert.Equal("Ny", (await host.Admin.PatchAsync($"/plans/{key}", new { title = "Ny" })).Must(200)["title"]!.ToString());
    }

    [Fact]
    public async Task A_plan_that_moves_takes_its_actions_along()
    {
        var plan = await host.PlanAsync("soc");
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        var followUp = (await host.FollowUpAsync($"{plan}-1"))["id"]!.ToString();
        await host.FollowUpAsync($"{plan}-2");
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);
        var (soc, vof) = (await host.WithNewKeyAsync("editor", "soc"), await host.WithNewKeyAsync("editor", "vof"));

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);

        Assert.Equal(404, (await soc.GetAsync($"/plans/{plan}")).Status);
        Assert.Equal(404, (await soc.GetAsync($"/actions/{plan}-1")).Status);
        Assert.Empty((await soc.GetAsync($"/actions?plan={plan}")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/actions?plan={plan}&department=soc")).Items("key"));
        Assert.Equal([$"{plan}-1"], (await vof.GetAsync($"/actions?plan={plan}&department=vof")).Items("key"));
        (await vof.PatchAsync($"/actions/{plan}-1", new { title = "Ny" })).Must(200);
        Assert.Empty((await soc.GetAsync($"/follow-ups?plan={plan}")).Items("id"));
        Assert.Equal(404, (await soc.GetAsync($"/actions/{plan}-1/follow-ups/{followUp}")).Status);
        Assert.Equal([followUp], (await vof.GetAsync($"/follow-ups?plan={plan}")).Items("id"));
        (await vof.PostAsync($"/actions/{plan}-2/restorations")).Must(201);
        Assert.Single((await vof.GetAsync($"/actions/{plan}-2/follow-ups")).Items("id"));
    }

    [Fact]
    public async Task If_Match_lets_the_current_version_through_and_no_other()
    {
        var key = await FullAsync();
        var first = (await host.Admin.GetAsync($"/plans/{key}")).ETag!;

        (await host.Admin.PatchAsync($"/plans/{key}", new { title = "Två" }, ("If-Match", first))).Must(200);
        var refused = await host.Admin.PatchAsync($"/plans/{key}", new { title = "Tre" }, ("If-Match", first));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
        Assert.Equal("Två", (await host.Admin.GetAsync($"/plans/{key}")).Must(200)["title"]!.ToString());
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("adopted")]
    public async Task A_closed_plan_can_only_be_opened_by_its_status_alone(string status)
    {
        var key = await FullAsync();
        await host.CloseAsync(key);

        foreach (var body in new object[] { new { title = "Ny" }, new { status, title = "Ny" }, new { background = (string?)null }, new { department = "vof" } })
        {
            var answer = await host.Admin.PatchAsync($"/plans/{key}", body);
            Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
        }

        Assert.Equal(status, (await host.Admin.PatchAsync($"/plans/{key}", new { status })).Must(200)["status"]!.ToString());
        (await host.Admin.PatchAsync($"/plans/{key}", new { title = "Ny" })).Must(200);
    }

    [Fact]
    public async Task A_closed_plans_links_say_that_it_takes_no_action()
    {
        var key = await FullAsync();
        await host.CloseAsync(key);

        Assert.Null((await host.Admin.GetAsync($"/plans/{key}")).Must(200).Link("createAction"));
    }

    [Fact]
    public async Task An_unknown_plan_is_404()
    {
        Assert.Equal(404, (await host.Admin.PatchAsync("/plans/soc-1999", new { title = "x" })).Status);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var key = await FullAsync();

        var answer = await host.Admin.PatchAsync($"/plans/{key}", new { title = "Ny" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal((await host.Admin.GetAsync($"/plans/{key}")).ETag, answer.ETag);
    }
}
