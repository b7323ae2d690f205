namespace ActionPlan.Tests.Indicators;

public class GetIndicatorTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task The_latest_value_of_each_unit_stands_against_the_target_and_the_units_first()
    {
        var key = await host.IndicatorAsync(new { target = new { @operator = "<=", value = 5.5 } });
        await host.PutAsync(key, "2026-03 Öppenvård 7", "2026-01 Barn 7.2", "2026-08 Barn 5.9", "2026-05 - 6", "2026-08 - 5.5", "2026-02 Ära 0.3", "2026-03 Ära 0.30");

        var found = await host.GetAsync(key);

        Assert.Equal(["- 2026-08 5.5 true true", "Barn 2026-08 5.9 false true", "Ära 2026-03 0.3 true -", "Öppenvård 2026-03 7 false -"], found.Latest());
        var barn = found["latestValues"]![1]!;
        Assert.Equal("""{"period":"2026-08","unit":"Barn","value":5.9,"targetMet":false,"differenceFromTarget":0.4,"baselinePeriod":"2026-01","baselineValue":7.2,"changeFromBaseline":-1.3,"isBetter":true}""", barn.ToJsonString());
    }

    [Theory]
    [InlineData("lowerIsBetter", "=", 3, "- 2026-02 3 true true")]
    [InlineData("higherIsBetter", "=", 4, "- 2026-02 3 false false")]
    [InlineData("higherIsBetter", ">=", 3, "- 2026-02 3 true false")]
    [InlineData("higherIsBetter", ">=", 3.000001, "- 2026-02 3 false false")]
    public async Task What_is_better_follows_from_the_direction_and_what_is_met_from_the_operator(string direction, string @operator, double value, string expected)
    {
        var key = await host.IndicatorAsync(new { direction, target = new { @operator, value } });
        await host.PutAsync(key, "2026-01 - 5", "2026-02 - 3");

        Assert.Equal([expected], (await host.GetAsync(key)).Latest());
    }

    [Theory]
    [InlineData("monthly", "2026-05", "2026-07", "2026-06 A", "2026-08 A")]
    [InlineData("quarterly", "2025-Q3", "2026-Q2", "2025-Q4 A", "2026-Q1 A")]
    [InlineData("tertial", "2025-T1", "2025-T3", "2025-T2 A", "2026-T1 A", "2026-T2 A")]
    [InlineData("yearly", "2022", "2024", "2023 A", "2025 A")]
    public async Task Missing_are_the_periods_from_the_first_value_to_the_last_that_is_over(string interval, string first, string last, params string[] missing)
    {
        var key = await host.IndicatorAsync(new { interval });
        await host.PutAsync(key, $"{first} A 1", $"{last} A 2", $"{(interval == "yearly" ? "2026" : last)} B 3");

        var found = await host.GetAsync(key);

        Assert.Equal(missing, found.Missing().Where(m => m.EndsWith('A')));
        Assert.Equal(found["missing"]!.AsArray().Count, found["missingCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Each_unit_misses_its_own_the_earliest_first_and_at_most_500_are_shown()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-06 B 1", "2026-07 - 1", "1960-01 A 1");

        var found = await host.GetAsync(key);

        Assert.Equal((500, 799 + 2 + 1), (found.Missing().Count(), found["missingCount"]!.GetValue<int>()));
        Assert.Equal("1960-02 A", found.Missing().First());
        (await host.Admin.DeleteAsync($"/indicators/{key}/values/1960-01?unit=a")).Must(204);
        Assert.Equal(["2026-07 B", "2026-08 -", "2026-08 B"], (await host.GetAsync(key)).Missing());
    }

    [Fact]
    public async Task Its_ETag_follows_its_values_and_its_actions_and_its_version_does_not()
    {
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        var key = await host.IndicatorAsync(new { actions = (string[])[action] });
        var first = await host.Admin.GetAsync($"/indicators/{key}");
        Assert.Equal(304, (await host.Admin.GetAsync($"/indicators/{key}", ("If-None-Match", first.ETag!))).Status);

        await host.PutAsync(key, "2026-08 - 1");
        var second = await host.Admin.GetAsync($"/indicators/{key}", ("If-None-Match", first.ETag!));
        (await host.Admin.DeleteAsync($"/actions/{action}")).Must(204);
        var third = await host.Admin.GetAsync($"/indicators/{key}", ("If-None-Match", second.ETag!));

        Assert.Equal((200, 200, 1), (second.Status, third.Status, third.Json["version"]!.GetValue<int>()));
        Assert.Equal((1, 0), (second.Json["actions"]!.AsArray().Count, third.Json["actions"]!.AsArray().Count));
        // Whoever read it may change it all the same: nobody else has.
        (await host.Admin.PatchAsync($"/indicators/{key}", new { name = "Ny" }, ("If-Match", first.ETag!))).Must(200);
        (await host.Admin.PostAsync($"/actions/{action}/restorations")).Must(201);
        Assert.Equal([action], (await host.GetAsync(key))["actions"]!.AsArray().Select(a => a!.ToString()));
    }

    [Fact]
    public async Task As_of_a_day_it_is_as_it_stood_then()
    {
        await using var own = await OwnHost.StartAsync(new IndicatorHost());
        var (service, clock) = (own.Host, own.Host.Clock);
        // The log never goes back behind the day on which the service started.
        clock.StopAt("2099-09-15T08:00:00Z");
        var one = (await service.ActionAsync("soc-2026"))["key"]!.ToString();
        var key = await service.IndicatorAsync(new { name = "Först", actions = (string[])[one], target = new { @operator = "<=", value = 0.1 } });
        await service.PutAsync(key, "2099-06 A 0.3", "2099-07 A 123456789012.123456");
        var before = await service.GetAsync(key);
        var listed = (await service.Admin.GetAsync("/indicators?plan=soc-2026")).Must(200)["items"]![0]!;
        clock.StopAt("2099-10-20T08:00:00Z");
        (await service.Admin.PatchAsync($"/indicators/{key}", new { name = "Sedan", target = (object?)null, actions = (string[])[] })).Must(200);
        await service.PutAsync(key, "2099-06 A 0.2", "2099-08 A 2");
        (await service.Admin.DeleteAsync($"/indicators/{key}/values/2099-07?unit=A")).Must(204);
        var after = await service.GetAsync(key);
        clock.StopAt("2099-11-20T08:00:00Z");
        (await service.Admin.DeleteAsync($"/indicators/{key}")).Must(204);

        Assert.Equal(before.Without("_links"), (await service.GetAsync(key, "?asOf=2099-09-15")).Without("_links"));
        Assert.Equal(after.Without("_links"), (await service.GetAsync(key, "?asOf=2099-10-20")).Without("_links"));
        Assert.Equal(listed.Without("_links"), (await service.Admin.GetAsync("/indicators?plan=soc-2026&asOf=2099-09-15")).Must(200)["items"]![0]!.Without("_links"));
        Assert.Empty((await service.Admin.GetAsync("/indicators?plan=soc-2026&asOf=2099-10-20")).Items("key"));
        Assert.Equal(["0.3", "123456789012.123456"], (await service.Admin.GetAsync($"/indicators/{key}/values?asOf=2099-09-15")).Items("value"));
        Assert.Equal(["0.2", "2"], (await service.Admin.GetAsync($"/indicators/{key}/values?asOf=2099-10-20")).Items("value"));
        Assert.Equal("0.3", (await service.Admin.GetAsync($"/indicators/{key}/values/2099-06?unit=a&asOf=2099-09-15")).Must(200)["value"]!.ToJsonString());
        (await service.Admin.GetAsync($"/indicators/{key}/values/2099-07?unit=a&asOf=2099-10-20")).MustBeProblem(404);
        (await service.Admin.GetAsync($"/indicators/{key}?asOf=2099-09-14")).MustBeProblem(404);
        (await service.Admin.GetAsync($"/indicators/{key}")).MustBeProblem(404);
    }

    [Fact]
    public async Task Another_departments_is_404()
    {
        var key = await host.IndicatorAsync();
        var reader = await host.WithNewKeyAsync("reader", "vof");

        foreach (var path in (string[])["", "/values", "/values/2026-01"]) (await reader.GetAsync($"/indicators/{key}{path}")).MustBeProblem(404, "not-found");
        Assert.DoesNotContain(key, (await reader.GetAsync("/indicators?limit=1000")).Items("key"));
    }

    [Fact]
    public async Task An_action_that_moves_to_another_department_is_told_of_no_more()
    {
        var plan = await host.PlanAsync();
        var action = (await host.ActionAsync(plan))["key"]!.ToString();
        var key = await host.IndicatorAsync(new { actions = (string[])[action] });

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);

        Assert.Empty((await host.GetAsync(key))["actions"]!.AsArray());
        Assert.Empty((await host.Admin.GetAsync($"/indicators?action={action}")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/indicators?plan={plan}")).Items("key"));
    }
}
