using System.Text.Json.Nodes;

namespace ActionPlan.Tests.FocusAreas;

public class PatchFocusAreaTests(PlanHost host) : IClassFixture<PlanHost>
{
    async Task<string> FullAsync(string? plan = null)
    {
        plan ??= await host.PlanAsync();
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "halsa", title = "Hälsa", introduction = "Om", position = 2 })).Must(201);
        return $"/plans/{plan}/focus-areas/halsa";
    }

    [Theory]
    [InlineData("title", "\"Möten 🎉\"")]
    [InlineData("introduction", "\"Ny\\nrad\"")]
    [InlineData("introduction", "null")]
    [InlineData("position", "1")]
    public async Task It_changes_what_it_names_and_nothing_else(string property, string value)
    {
        var path = await FullAsync();
        var before = (await host.Admin.GetAsync(path)).Must(200);

        var after = (await host.Admin.PatchAsync(path, $$"""{"{{property}}":{{value}}}""")).Must(200);

        Assert.Equal(JsonNode.Parse(value)?.ToJsonString(), after[property]?.ToJsonString());
        string[] changed = ["version", "updatedAt", "updatedBy", property];
        Assert.Equal(before.Without(changed), after.Without(changed));
        Assert.Equal(2, after["version"]!.GetValue<int>());
        Assert.Equal(after.Without(), (await host.Admin.GetAsync(path)).Must(200).Without());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":"Hälsa","introduction":"Om","position":2}""")]
    public async Task A_patch_that_changes_nothing_keeps_version_and_history(string body)
    {
        var path = await FullAsync();
        var before = (await host.Admin.GetAsync(path)).Must(200);
        var changes = await host.ChangesAsync();

        Assert.Equal(before.Without(), (await host.Admin.PatchAsync(path, body)).Must(200).Without());
        Assert.Equal(changes, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("""{"key":"annan"}""", "/key readOnlyProperty")]
    [InlineData("""{"key":null}""", "/key readOnlyProperty")]
    [InlineData("""{"title":" "}""", "/title required")]
    [InlineData("""{"position":0,"title":5,"plan":"x","name":1}""", "/name unknownProperty, /plan readOnlyProperty, /position outOfRange, /title wrongType")]
    public async Task A_faulty_patch_changes_nothing(string body, string faults)
    {
        var path = await FullAsync();
        var before = (await host.Admin.GetAsync(path)).Must(200);

        var answer = await host.Admin.PatchAsync(path, body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before.Without(), (await host.Admin.GetAsync(path)).Must(200).Without());
    }

    [Fact]
    public async Task Without_a_position_it_comes_last()
    {
        var plan = await host.PlanAsync();
        var path = await FullAsync(plan);
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "b", title = "b", position = 7 })).Must(201);

        Assert.Equal(8, (await host.Admin.PatchAsync(path, """{"position":null}""")).Must(200)["position"]!.GetValue<int>());
    }

    [Fact]
    public async Task If_Match_lets_the_current_version_through_and_no_other()
    {
        var path = await FullAsync();
        var first = (await host.Admin.GetAsync(path)).ETag!;

        (await host.Admin.PatchAsync(path, new { title = "Två" }, ("If-Match", first))).Must(200);
        var refused = await host.Admin.PatchAsync(path, new { title = "Tre" }, ("If-Match", first));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_closed_plan_refuses_it()
    {
        var plan = await host.PlanAsync();
        var path = await FullAsync(plan);
        await host.CloseAsync(plan);

        var answer = await host.Admin.PatchAsync(path, new { title = "Ny" });

        Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
    }

    [Fact]
    public async Task An_unknown_one_is_404()
    {
        Assert.Equal(404, (await host.Admin.PatchAsync("/plans/soc-2026/focus-areas/finns-inte", new { title = "x" })).Status);
        Assert.Equal(404, (await host.Admin.PatchAsync("/plans/soc-1999/focus-areas/halsa", new { title = "x" })).Status);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var answer = await host.Admin.PatchAsync(await FullAsync(), new { title = "Ny" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, "", "\"2-"), (answer.Status, answer.Text, answer.ETag![..3]));
    }
}
