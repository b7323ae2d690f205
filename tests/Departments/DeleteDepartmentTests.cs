namespace ActionPlan.Tests.Departments;

public class DeleteDepartmentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task An_empty_one_is_gone()
    {
        var key = await host.DepartmentAsync();

        var answer = await host.Admin.DeleteAsync($"/departments/{key}");

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal(404, (await host.Admin.GetAsync($"/departments/{key}")).Status);
        Assert.Equal(404, (await host.Admin.DeleteAsync($"/departments/{key}")).Status);
        Assert.DoesNotContain(key, (await host.Admin.GetAsync("/departments?limit=1000")).Items("key"));
        Assert.Equal(["/department unknownDepartment"], (await host.Admin.PostAsync("/plans", new { key = Given.Key(), department = key, title = "x" })).Faults());
    }

    [Fact]
    public async Task One_with_plans_or_working_keys_is_409_that_says_what()
    {
        var (withPlan, withKey) = (await host.DepartmentAsync(), await host.DepartmentAsync());
        await host.PlanAsync(withPlan);
        await host.WithNewKeyAsync("reader", withKey);

        foreach (var (key, content) in new[] { (withPlan, "1 planer, 0 giltiga nycklar"), (withKey, "0 planer, 1 giltiga nycklar") })
        {
            var answer = await host.Admin.DeleteAsync($"/departments/{key}");
            Assert.Equal((409, "urn:action-plan:problem:has-content"), (answer.Status, answer["type"]!.ToString()));
            Assert.Contains(content, answer["detail"]!.ToString(), StringComparison.Ordinal);
            (await host.Admin.GetAsync($"/departments/{key}")).Must(200);
        }
    }

    [Fact]
    public async Task With_content_all_goes_each_with_a_change_of_its_own()
    {
        var key = await host.DepartmentAsync();
        var plan = await host.PlanAsync(key);
        var area = await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan);
        var apiKey = (await host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader", department = key })).Must(201)["id"]!.ToString();
        var before = await host.ChangesAsync();

        (await host.Admin.DeleteAsync($"/departments/{key}?withContent=true")).Must(204);

        foreach (var path in new[] { $"/departments/{key}", $"/plans/{plan}", $"/actions/{plan}-1", $"/plans/{plan}/focus-areas/{area}" })
            Assert.Equal(404, (await host.Admin.GetAsync(path)).Status);
        Assert.NotNull((await host.Admin.GetAsync($"/api-keys/{apiKey}")).Must(200)["revokedAt"]);
        var rows = await host.RowsAsync("select resource, resource_key, department, kind from change where number > @Before order by number", new { Before = before });
        Assert.Equal(
            [$"action {plan}-1 {key} deleted", $"focusArea {plan}/{area} {key} deleted", $"plan {plan} {key} deleted", $"apiKey {apiKey} {key} deleted", $"department {key} {key} deleted"],
            rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["department"]} {r["kind"]}"));
    }

    [Fact]
    public async Task A_stale_If_Match_is_412()
    {
        var key = await host.DepartmentAsync();
        var stale = (await host.Admin.GetAsync($"/departments/{key}")).ETag!;
        (await host.Admin.PatchAsync($"/departments/{key}", new { name = "Ny" })).Must(200);

        Assert.Equal(412, (await host.Admin.DeleteAsync($"/departments/{key}", ("If-Match", stale))).Status);
        (await host.Admin.DeleteAsync($"/departments/{key}", ("If-Match", "*"))).Must(204);
    }

    [Fact]
    public async Task An_unknown_one_is_404_and_an_unknown_parameter_400()
    {
        Assert.Equal(404, (await host.Admin.DeleteAsync("/departments/ks")).Status);
        Assert.Equal(["force unknownParameter"], (await host.Admin.DeleteAsync("/departments/ks?force=true")).Faults());
    }
}
