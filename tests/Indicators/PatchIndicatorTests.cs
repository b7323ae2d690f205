namespace ActionPlan.Tests.Indicators;

public class PatchIndicatorTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task What_is_named_is_changed_and_nothing_else_within_the_target_too()
    {
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        var key = await host.IndicatorAsync(new { unitOfMeasure = "procent", target = new { @operator = "<=", value = 5, by = "2026-12-31" }, actions = (string[])[action] });

        var changed = (await host.Admin.PatchAsync($"/indicators/{key}", new { target = new { value = 4.50 } })).Must(200);

        Assert.Equal(Body.Spelled("""{"operator":"<=","value":4.5,"by":"2026-12-31"}"""), changed["target"]!.Without());
        Assert.Equal((2, "procent", action), (changed["version"]!.GetValue<int>(), changed["unitOfMeasure"]!.ToString(), changed["actions"]![0]!.ToString()));
        Assert.Null((await host.Admin.PatchAsync($"/indicators/{key}", new { target = new { by = (string?)null } })).Must(200)["target"]!["by"]);
        Assert.Null((await host.Admin.PatchAsync($"/indicators/{key}", new { target = (object?)null })).Must(200)["target"]);
        Assert.Equal(["/target/value required"], (await host.Admin.PatchAsync($"/indicators/{key}", new { target = new { @operator = "=" } })).Faults());
        Assert.Equal(["/target/value wrongType"], (await host.Admin.PatchAsync($"/indicators/{key}", new { target = new { @operator = "=", value = "x" } })).Faults());
    }

    [Fact]
    public async Task What_changes_nothing_keeps_version_and_history()
    {
        var actions = new[] { (await host.ActionAsync("soc-2026"))["key"]!.ToString(), (await host.ActionAsync("soc-2026"))["key"]!.ToString() };
        var key = await host.IndicatorAsync(new { target = new { @operator = "<=", value = 5.5 }, actions });
        var before = (await host.Admin.GetAsync($"/indicators/{key}")).Text;
        var changes = await host.ChangesAsync();

        foreach (var body in (string[])["{}", """{"target":{"value":5.50}}""", """{"target":{"operator":"<=","value":55e-1,"by":null}}""", $$"""{"actions":["{{actions[1]}}","{{actions[0]}}","{{actions[0]}}"]}"""])
            Assert.Equal(before, (await host.Admin.PatchAsync($"/indicators/{key}", body)).Text);

        Assert.Equal(changes, await host.ChangesAsync());
    }

    [Fact]
    public async Task Actions_are_replaced_and_the_history_tells()
    {
        var (one, two) = ((await host.ActionAsync("soc-2026"))["key"]!.ToString(), (await host.ActionAsync("soc-2026"))["key"]!.ToString());
        var key = await host.IndicatorAsync(new { actions = (string[])[one] });
        var last = await host.ChangesAsync();

        var changed = (await host.Admin.PatchAsync($"/indicators/{key}", new { actions = (string[])[two] })).Must(200);

        Assert.Equal([two], changed["actions"]!.AsArray().Select(a => a!.ToString()));
        var change = (await host.Admin.GetAsync($"/changes?resource=indicator&after={last}")).Must(200)["items"]!.AsArray().Single()!;
        Assert.Equal($$"""[{"field":"actions","old":["{{one}}"],"new":["{{two}}"]}]""", change["changedFields"]!.ToJsonString());
        Assert.EndsWith($"/indicators/{key}", change.Link("about"), StringComparison.Ordinal);
        Assert.EndsWith($"/indicators?action={two}", (await host.Admin.GetAsync($"/actions/{two}")).Must(200).Link("indicators"), StringComparison.Ordinal);
        Assert.Equal([key], (await host.Admin.GetAsync($"/indicators?action={two}")).Items("key"));
    }

    [Fact]
    public async Task The_interval_stays_while_there_are_values()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-01 - 1");

        (await host.Admin.PatchAsync($"/indicators/{key}", new { interval = "yearly" })).MustBeProblem(409, "interval-in-use");
        (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026-01")).Must(204);
        (await host.Admin.PatchAsync($"/indicators/{key}", new { interval = "yearly" })).Must(200);
        await host.PutAsync(key, "2025 - 1");

        Assert.Equal(["2025"], (await host.Admin.GetAsync($"/indicators/{key}/values")).Items("period"));
    }

    [Fact]
    public async Task Key_and_department_stay_and_what_is_stale_is_412()
    {
        var key = await host.IndicatorAsync();

        Assert.Equal(["/department readOnlyProperty", "/key readOnlyProperty"], (await host.Admin.PatchAsync($"/indicators/{key}", new { key = "x", department = "vof" })).Faults());
        (await host.Admin.PatchAsync($"/indicators/{key}", new { name = "Ny" }, ("If-Match", "\"1\""))).Must(200);
        (await host.Admin.PatchAsync($"/indicators/{key}", new { name = "Nyare" }, ("If-Match", "\"1\""))).MustBeProblem(412, "stale");
    }
}
