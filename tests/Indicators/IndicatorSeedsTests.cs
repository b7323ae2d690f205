namespace ActionPlan.Tests.Indicators;

public class IndicatorSeedsTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly string[] FromTheSource = ["soc-arbetsbelastning", "soc-kort-sjukfranvaro", "soc-lang-sjukfranvaro", "soc-personalomsattning", "soc-rekryteringsbehov"];

    [Fact]
    public async Task What_the_source_follows_each_month_has_the_one_value_that_it_gives()
    {
        var list = (await host.Admin.GetAsync("/indicators?sort=key")).Must(200)["items"]!.AsArray();

        Assert.Equal(FromTheSource.Append("soc-exempel-tillsattning").Order(StringComparer.Ordinal), list.Select(i => i!["key"]!.ToString()));
        Assert.Equal(["BUF U/U 2015-08 10 - -"], list.Where(i => FromTheSource.Contains(i!["key"]!.ToString())).SelectMany(i => i!.Latest()));
        Assert.Contains("Källa 003", (await host.Admin.GetAsync("/indicators/soc-arbetsbelastning/values")).Items("note").Single(), StringComparison.Ordinal);
        Assert.All(list, indicator => Assert.NotEmpty(indicator!["actions"]!.AsArray()));
    }

    [Fact]
    public async Task The_made_up_one_says_so_and_has_a_past()
    {
        var now = await host.GetAsync("soc-exempel-tillsattning");
        var then = await host.GetAsync("soc-exempel-tillsattning", "?asOf=2015-10-01");

        Assert.Contains("påhittat", now["name"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Enhet A 2015-12 61 false true", "Enhet B 2015-12 58 true true"], now.Latest());
        Assert.Equal(["Enhet A 2015-08 79.5 false true", "Enhet B 2015-08 72 false false"], then.Latest());
        Assert.Equal(["2015-06 Enhet A", "2015-09 Enhet A", "2015-09 Enhet B"], then.Missing());
        Assert.Empty((await host.Admin.GetAsync("/indicators?asOf=2015-09-14")).Items("key"));
    }

    [Fact]
    public async Task An_example_from_before_there_were_indicators_gets_them_once()
    {
        await using var own = await OwnHost.StartAsync(new DemoHost());
        var demo = own.Host;
        await demo.ExecuteAsync("delete from indicator_action");
        await demo.ExecuteAsync("delete from indicator_value");
        await demo.ExecuteAsync("delete from indicator");
        (await demo.Admin.DeleteAsync("/actions/soc-2015-1")).Must(204);

        await demo.StopAsync();
        await demo.StartAsync();
        (await demo.Admin.DeleteAsync("/indicators/soc-kort-sjukfranvaro")).Must(204);
        var changes = await demo.ChangesAsync();
        await demo.StopAsync();
        await demo.StartAsync();

        Assert.Equal(5, (await demo.Admin.GetAsync("/indicators")).Items("key").Count());
        var example = await demo.GetAsync("soc-exempel-tillsattning");
        Assert.Equal(["soc-2015-4"], example["actions"]!.AsArray().Select(a => a!.ToString()));
        Assert.Equal(["Enhet A 2015-12 61 false true", "Enhet B 2015-12 58 true true"], example.Latest());
        Assert.Equal(changes, await demo.ChangesAsync());
    }

    [Fact]
    public async Task A_report_reads_those_of_its_plan_with_their_series()
    {
        (await host.Admin.PostAsync("/plans", new { key = "soc-2030", department = "soc", title = "En annan" })).Must(201);
        var other = (await host.ActionAsync("soc-2030"))["key"]!.ToString();
        await host.IndicatorAsync(new { key = "annans", actions = (string[])[other] });
        await host.IndicatorAsync(new { key = "ingens", name = "Ä" });

        Assert.Equal([.. FromTheSource, "soc-exempel-tillsattning", "ingens"], (await ReadAsync("soc-2015")).Select(i => i.Key).OrderBy(key => key == "ingens").ThenBy(key => key == "soc-exempel-tillsattning").ThenBy(key => key, StringComparer.Ordinal));
        Assert.Equal(["annans", "ingens"], (await ReadAsync("soc-2030")).Select(i => i.Key).Order());
        Assert.Equal(18, (await ReadAsync("soc-2015")).Single(i => i.Key == "soc-exempel-tillsattning").Values);

        foreach (var key in (string[])["annans", "ingens"]) (await host.Admin.DeleteAsync($"/indicators/{key}")).Must(204);
    }

    async Task<IReadOnlyList<(string Key, int Values)>> ReadAsync(string plan)
    {
        var service = host.Services;
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = service };
        await using var db = (await ActionPlan.Data.Db.BindAsync(http))!;
        var caller = ActionPlan.Http.Caller.Of(http);
        var found = (await ActionPlan.Plans.GetPlan.FindAsync(db, plan, caller))!;
        return [.. (await ActionPlan.Indicators.PlanIndicators.ReadAsync(db, found, caller)).Select(i => (i.Indicator.Key, i.Values.Count))];
    }
}
