namespace ActionPlan.Tests.Indicators;

public class DeleteIndicatorTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task It_and_its_values_are_hidden_and_their_history_stays()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-02 B 1", "2026-01 B 1", "2026-02 - 1");
        var last = await host.ChangesAsync();

        (await host.Admin.DeleteAsync($"/indicators/{key}")).Must(204);

        (await host.Admin.GetAsync($"/indicators/{key}")).MustBeProblem(404);
        (await host.Admin.DeleteAsync($"/indicators/{key}")).MustBeProblem(404);
        var changes = (await host.Admin.GetAsync($"/changes?after={last}")).Must(200)["items"]!.AsArray();
        Assert.Equal([$"{key}/2026-01/b", $"{key}/2026-02", $"{key}/2026-02/b", key], changes.Select(c => c!["key"]!.ToString()));
        Assert.All(changes, change => Assert.Equal("deleted", change!["kind"]!.ToString()));
    }

    [Fact]
    public async Task What_is_stale_is_412()
    {
        var key = await host.IndicatorAsync();

        (await host.Admin.DeleteAsync($"/indicators/{key}", ("If-Match", "\"2\""))).MustBeProblem(412);
        (await host.Admin.DeleteAsync($"/indicators/{key}", ("If-Match", "\"1\""))).Must(204);
    }

    [Fact]
    public async Task A_department_that_has_one_is_deleted_with_its_content_only()
    {
        var department = await host.DepartmentAsync();
        var key = await host.IndicatorAsync(new { department });
        await host.PutAsync(key, "2026-01 - 1");

        var problem = (await host.Admin.DeleteAsync($"/departments/{department}")).MustBeProblem(409, "has-content");
        Assert.Contains("1 nyckeltal", problem["detail"]!.ToString(), StringComparison.Ordinal);
        (await host.Admin.DeleteAsync($"/departments/{department}?withContent=true")).Must(204);
        (await host.Admin.GetAsync($"/indicators/{key}")).MustBeProblem(404);
    }
}
