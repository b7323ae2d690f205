namespace ActionPlan.Tests.Data;

public class SeedingTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly string[] Areas =
    [
        "personalomsattning", "halsa-och-stress", "matning-och-mal", "samarbete", "moten", "arbetsklimat", "ledarskap-och-chefskap",
        "makt-allianser-och-relationer", "strategi-och-struktur",
    ];

    [Fact]
    public async Task The_catalogue_has_101_measures_under_five_headings()
    {
        var measures = (await host.Admin.GetAsync("/measures?limit=1000")).Must(200)["items"]!.AsArray();

        Assert.Equal(Enumerable.Range(1, 101), measures.Select(m => m!["number"]!.GetValue<int>()));
        Assert.Equal(
            ["Aktiv rekrytering 21", "God introduktion 13", "Hälsofrämjande ledarskap och organisation 19", "Möjlighet till utveckling 21", "Rimlig arbetsbelastning 27"],
            measures.GroupBy(m => m!["category"]!.ToString()).Select(g => $"{g.Key} {g.Count()}").Order());
    }

    [Fact]
    public async Task The_example_plan_has_its_period_its_background_and_nine_areas()
    {
        var plan = (await host.Admin.GetAsync("/plans/soc-2015")).Must(200);

        Assert.Equal(("soc", "2015-01-01", "2016-12-31", "adopted"),
            (plan["department"]!.ToString(), plan["periodStart"]!.ToString(), plan["periodEnd"]!.ToString(), plan["status"]!.ToString()));
        Assert.InRange(plan["background"]!.ToString().Length, 200, 20_000);
        Assert.Equal(Areas, (await host.Admin.GetAsync("/plans/soc-2015/focus-areas")).Items("key"));
    }

    [Fact]
    public async Task It_has_sixty_actions_or_more_taken_and_to_come_ten_of_them_highlighted()
    {
        var actions = (await host.Admin.GetAsync("/plans/soc-2015/actions?limit=1000")).Must(200)["items"]!.AsArray();

        Assert.InRange(actions.Count, 60, 1000);
        Assert.Equal(10, actions.Count(a => a!["isHighlighted"]!.GetValue<bool>()));
        Assert.All(actions, a => Assert.StartsWith("Källa 003, ", a!["source"]!.ToString(), StringComparison.Ordinal));
        Assert.Equal(Areas.Order(), actions.Select(a => a!["focusArea"]?.ToString()).Distinct().Order());
        Assert.Superset(new HashSet<string> { "done", "planned", "inProgress", "cancelled" }, actions.Select(a => a!["status"]!.ToString()).ToHashSet());
        Assert.Contains("hösten 2015", actions.Select(a => a!["deadline"]?.ToString()));
        Assert.Contains("HR-enheten", actions.Select(a => a!["owner"]?.ToString()));
        Assert.Equal(actions.Count, actions.Select(a => a!["title"]!.ToString()).Distinct().Count());
        Assert.Equal(actions.Count, actions.Select(a => a!["externalId"]!.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task Its_wordings_give_dates_save_those_that_can_mean_several_or_none()
    {
        var actions = (await host.Admin.GetAsync("/plans/soc-2015/actions?limit=1000&fields=deadline,startDate,dueDate,recurrence,warnings")).Must(200)["items"]!.AsArray();

        Assert.Equal(
            [
                "2014-2015 2014-01-01 2015-12-31 none 0",
                "hösten 2015 2015-09-01 2015-11-30 none 0",
                "hösten/vintern 2015 2015-09-01 2015-12-31 none 0",
                "inför sommarsemestrar    1",
                "januari 2015 2015-01-01 2015-01-31 none 0",
                "kontinuerligt 2015-01-01  continuous 0",
                "månadsvis 2015-01-01 2016-12-31 monthly 0",
                "under hösten    1",
                "under hösten 2015 2015-09-01 2015-11-30 none 0",
                "varje månad 2015-01-01 2016-12-31 monthly 0",
                "årligen 2015-01-01 2016-12-31 yearly 0",
            ],
            actions.Where(a => a!["deadline"] is not null)
                .Select(a => $"{a!["deadline"]} {a["startDate"]} {a["dueDate"]} {a["recurrence"]} {a["warnings"]!.AsArray().Count}")
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_row_has_its_change()
    {
        var rows = await host.RowsAsync("select resource, kind, count(*) as n from change where actor = 'seeds' group by 1, 2 order by 1");

        var actions = (await host.RowsAsync("select count(*) as n from action"))[0]["n"];
        Assert.Equal(
            [$"action created {actions}", "action updated 3", "department created 1", "focusArea created 9", "followUp created 1", "indicator created 6", "indicatorValue created 19", "indicatorValue updated 1", "measure created 101", "plan created 1", "plan updated 1", "presentation created 1"],
            rows.Select(r => $"{r["resource"]} {r["kind"]} {r["n"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_start_adds_nothing_and_undoes_nothing()
    {
        await using var own = await OwnHost.StartAsync(new DemoHost());
        var demo = own.Host;
        (await demo.Admin.PatchAsync("/actions/soc-2015-1", new { title = "Vår egen ändring" })).Must(200);
        (await demo.Admin.DeleteAsync("/actions/soc-2015-2")).Must(204);
        var before = await CountsAsync();

        await demo.StopAsync();
        await demo.StartAsync();

        Assert.Equal(before, await CountsAsync());
        Assert.Equal("Vår egen ändring", (await demo.Admin.GetAsync("/actions/soc-2015-1")).Must(200)["title"]!.ToString());
        Assert.Equal(404, (await demo.Admin.GetAsync("/actions/soc-2015-2")).Status);

        async Task<string> CountsAsync() => string.Join(", ", (await demo.RowsAsync(
            """
            select (select count(*) from department), (select count(*) from plan), (select count(*) from focus_area), (select count(*) from action),
                   (select count(*) from measure), (select count(*) from api_key), (select count(*) from change)
            """))[0].Values);
    }

    [Fact]
    public async Task A_deleted_plan_does_not_come_back()
    {
        await using var own = await OwnHost.StartAsync(new DemoHost());
        var demo = own.Host;
        (await demo.Admin.DeleteAsync("/departments/soc?withContent=true")).Must(204);

        await demo.StopAsync();
        await demo.StartAsync();

        Assert.Equal(404, (await demo.Admin.GetAsync("/plans/soc-2015")).Status);
        foreach (var list in new[] { "/departments", "/plans", "/actions" }) Assert.Equal(0, await TotalAsync(demo, list));
        Assert.Equal(101, await TotalAsync(demo, "/measures"));
    }

    [Fact]
    public async Task A_measure_that_reads_differently_in_the_file_is_updated()
    {
        await using var own = await OwnHost.StartAsync(("Seeds:Load", "catalogue"));
        var catalogue = own.Host;
        var title = (await catalogue.Admin.GetAsync("/measures/7")).Must(200)["title"]!.ToString();
        await catalogue.ExecuteAsync("update measure set title = 'Gammal lydelse' where number = 7");
        var before = await catalogue.ChangesAsync();

        await catalogue.StopAsync();
        await catalogue.StartAsync();

        Assert.Equal(title, (await catalogue.Admin.GetAsync("/measures/7")).Must(200)["title"]!.ToString());
        var row = Assert.Single(await catalogue.RowsAsync("select * from change where number > @Before", new { Before = before }));
        Assert.Equal("measure 7 updated", $"{row["resource"]} {row["resource_key"]} {row["kind"]}");
    }

    [Theory]
    [InlineData("catalogue", 101)]
    [InlineData("none", 0)]
    public async Task Without_the_demonstration_there_is_no_plan(string load, int measures)
    {
        await using var own = await OwnHost.StartAsync(("Seeds:Load", load));

        Assert.Equal(measures, await TotalAsync(own.Host, "/measures"));
        foreach (var list in new[] { "/departments", "/plans", "/actions" }) Assert.Equal(0, await TotalAsync(own.Host, list));
    }

    static async Task<int> TotalAsync(ApiHost host, string list) => (await host.Admin.GetAsync(list)).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>();
}
