namespace ActionPlan.Tests.Indicators;

public class ListIndicatorsTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task Filters_find_by_department_plan_action_and_interval()
    {
        var plan = await host.PlanAsync();
        var (one, two) = ((await host.ActionAsync(plan))["key"]!.ToString(), (await host.ActionAsync(plan))["key"]!.ToString());
        var department = await host.DepartmentAsync();
        var a = await host.IndicatorAsync(new { actions = (string[])[one, two] });
        var b = await host.IndicatorAsync(new { actions = (string[])[two], interval = "tertial" });
        var c = await host.IndicatorAsync(new { department });

        Assert.Equal([a, b], await KeysAsync($"plan={plan}"));
        Assert.Equal([a], await KeysAsync($"action={one}"));
        Assert.Equal([a, b], await KeysAsync($"action={one},{two},soc-2026-99,x"));
        Assert.Equal([b], await KeysAsync($"plan={plan}&interval=tertial,yearly"));
        Assert.Equal([c], await KeysAsync($"department={department}"));
        Assert.Empty(await KeysAsync("action=x"));
        (await host.Admin.DeleteAsync($"/actions/{two}")).Must(204);
        Assert.Equal([a], await KeysAsync($"plan={plan}"));

        async Task<IEnumerable<string?>> KeysAsync(string query) => (await host.Admin.GetAsync("/indicators?" + query)).Items("key");
    }

    [Fact]
    public async Task Sorted_in_Swedish_order_narrowed_and_paged()
    {
        var department = await host.DepartmentAsync();
        foreach (var name in (string[])["Öst", "Ann", "Ära", "Zon"]) await host.IndicatorAsync(new { department, name });

        var list = (await host.Admin.GetAsync($"/indicators?department={department}&sort=name&fields=name,latestValues&limit=3")).Must(200);

        Assert.Equal(["Ann", "Zon", "Ära"], list["items"]!.AsArray().Select(i => i!["name"]!.ToString()));
        Assert.All(list["items"]!.AsArray(), item => Assert.Equal(["key", "name", "latestValues"], item!.Properties()));
        Assert.Equal(["Öst"], (await host.Admin.GetAsync($"/indicators?department={department}&sort=name&limit=3&page=2")).Items("name"));
        Assert.Equal(["Öst", "Ära", "Zon", "Ann"], (await host.Admin.GetAsync($"/indicators?department={department}&sort=-name")).Items("name"));
        Assert.Equal(["fields unknownValue", "interval unknownValue", "sort unknownValue", "x unknownParameter"], (await host.Admin.GetAsync("/indicators?fields=x&interval=x&sort=x&x=1")).Faults());
    }

    [Fact]
    public async Task Each_item_is_what_GET_shows()
    {
        var department = await host.DepartmentAsync();
        var keys = new List<string>();
        for (var i = 0; i < 3; i++) keys.Add(await host.IndicatorAsync(new { department }));
        await host.PutAsync(keys[0], "2026-05 A 1", "2026-08 A 2", "2026-01 - 3");

        var items = (await host.Admin.GetAsync($"/indicators?department={department}")).Must(200)["items"]!.AsArray();

        Assert.Equal(keys, items.Select(i => i!["key"]!.ToString()));
        foreach (var item in items) Assert.Equal((await host.GetAsync(item!["key"]!.ToString())).ToJsonString(), item.ToJsonString());
    }

    [Fact]
    public async Task Its_ETag_follows_the_values()
    {
        var key = await host.IndicatorAsync();
        var first = await host.Admin.GetAsync("/indicators");
        Assert.Equal(304, (await host.Admin.GetAsync("/indicators", ("If-None-Match", first.ETag!))).Status);

        await host.PutAsync(key, "2026-05 - 1");

        Assert.Equal(200, (await host.Admin.GetAsync("/indicators", ("If-None-Match", first.ETag!))).Status);
    }
}
