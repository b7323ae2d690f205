using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Departments;

public class PatchDepartmentTests(ApiHost host) : IClassFixture<ApiHost>
{
    async Task<string> FullAsync()
    {
        var key = Given.Key("d");
        (await host.Admin.PostAsync("/departments", new { key, name = "Förvaltningen", municipality = "Kommunen" })).Must(201);
        return $"/departments/{key}";
    }

    [Theory]
    [InlineData("name", "\"Å 🎉\"")]
    [InlineData("municipality", "\"Ö\"")]
    [InlineData("municipality", "null")]
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
    [InlineData("""{"name":"Förvaltningen","municipality":"Kommunen"}""")]
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
    [InlineData("""{"name":null}""", "/name required")]
    [InlineData("""{"name":5,"version":2,"title":"x"}""", "/name wrongType, /title unknownProperty, /version readOnlyProperty")]
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
    public async Task If_Match_lets_the_current_version_through_and_no_other()
    {
        var path = await FullAsync();
        var first = (await host.Admin.GetAsync(path)).ETag!;

        (await host.Admin.PatchAsync(path, new { name = "Två" }, ("If-Match", first))).Must(200);
        var refused = await host.Admin.PatchAsync(path, new { name = "Tre" }, ("If-Match", first));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_unknown_one_is_404()
    {
        Assert.Equal(404, (await host.Admin.PatchAsync("/departments/ks", new { name = "x" })).Status);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var answer = await host.Admin.PatchAsync(await FullAsync(), new { name = "Ny" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, "", "\"2-"), (answer.Status, answer.Text, answer.ETag![..3]));
    }
}
