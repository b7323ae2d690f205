namespace ActionPlan.Tests.Indicators;

public class GetIndicatorValueTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task It_is_found_by_period_and_unit_however_the_unit_is_spelled()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-08 BUF-U/U 10", "2026-08 - 12");

        Assert.Equal("12", await ValueAsync(""));
        Assert.Equal("10", await ValueAsync("?unit=buf%20u%2Fu"));
        var first = await host.Admin.GetAsync($"/indicators/{key}/values/2026-08");
        Assert.Equal(304, (await host.Admin.GetAsync($"/indicators/{key}/values/2026-08", ("If-None-Match", first.ETag!))).Status);

        async Task<string> ValueAsync(string query) => (await host.Admin.GetAsync($"/indicators/{key}/values/2026-08{query}")).Must(200)["value"]!.ToJsonString();
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_a_period_of_another_interval_400()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-08 A 1");

        (await host.Admin.GetAsync($"/indicators/{key}/values/2026-08")).MustBeProblem(404, "not-found");
        (await host.Admin.GetAsync($"/indicators/{key}/values/2026-07?unit=A")).MustBeProblem(404, "not-found");
        (await host.Admin.GetAsync("/indicators/finns-inte/values/2026-07")).MustBeProblem(404, "not-found");
        Assert.Equal(["period periodDoesNotFit"], (await host.Admin.GetAsync($"/indicators/{key}/values/2026-Q3")).Faults());
    }
}

public class DeleteIndicatorValueTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task One_unit_of_one_period_goes_and_its_history_stays()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-08 A 1", "2026-08 - 2", "2026-07 A 3");
        var last = await host.ChangesAsync();

        (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026-08?unit=a", ("If-Match", "\"9\""))).MustBeProblem(412);
        (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026-08?unit=a", ("If-Match", "\"1\""))).Must(204);
        (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026-08?unit=a")).MustBeProblem(404);

        Assert.Equal(["3", "2"], (await host.Admin.GetAsync($"/indicators/{key}/values")).Items("value"));
        Assert.Equal([$"{key}/2026-08/a"], (await host.Admin.GetAsync($"/changes?kind=deleted&after={last}")).Items("key"));
        Assert.Equal(["period periodDoesNotFit"], (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026")).Faults());
    }
}

public class ListIndicatorValuesTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task By_period_then_unit_filtered_by_unit_and_stretch()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-02 B 1", "2026-01 B 2", "2026-02 A 3", "2026-02 - 4", "2025-12 A 5", "2026-08 - 6");

        Assert.Equal(["5", "2", "4", "3", "1", "6"], await ValuesAsync(""));
        Assert.Equal(["6", "1", "3", "4", "2", "5"], await ValuesAsync("sort=-period"));
        Assert.Equal(["5", "3"], await ValuesAsync("unit=a"));
        Assert.Equal(["5", "4", "3", "6"], await ValuesAsync("unit=A&unit="));
        Assert.Equal(["5"], await ValuesAsync("to=2025"));
        Assert.Equal(["2", "4", "3", "1"], await ValuesAsync("from=2026&to=2026-02"));
        Assert.Equal(["6"], await ValuesAsync("from=2026-03"));
        Assert.Equal(["from periodDoesNotFit", "to periodDoesNotFit"], (await host.Admin.GetAsync($"/indicators/{key}/values?from=2026-Q1&to=x")).Faults());

        async Task<IEnumerable<string?>> ValuesAsync(string query) => (await host.Admin.GetAsync($"/indicators/{key}/values?{query}")).Items("value");
    }

    [Fact]
    public async Task Of_an_unknown_indicator_it_is_404()
    {
        (await host.Admin.GetAsync("/indicators/finns-inte/values")).MustBeProblem(404, "not-found");
    }
}
