using ActionPlan.Data;
using ActionPlan.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Plans;

public class ListPresentationsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task The_latest_come_first_and_of_one_day_the_one_that_was_told_last()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        foreach (var (date, note) in ((string, string)[])[("2015-03-01", "a"), ("2015-09-01", "b"), ("2014-12-01", "c"), ("2015-09-01", "d")])
            (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { date, note })).Must(201);
        (await host.Admin.PostAsync($"/plans/{other}/presentations", new { note = "e" })).Must(201);

        Assert.Equal(["d", "b", "a", "c"], (await host.Admin.GetAsync($"/plans/{plan}/presentations")).Items("note"));
        var second = (await host.Admin.GetAsync($"/plans/{plan}/presentations?limit=3&page=2")).Must(200);
        Assert.Equal(("c", 4), (second["items"]!.AsArray().Single()!["note"]!.ToString(), second["_meta"]!["totalRecords"]!.GetValue<int>()));
        await using var db = host.Services.GetRequiredService<Database>().Read();
        Assert.Equal("d", (await PresentationRow.FindLatestAsync(db, plan, new DateOnly(2015, 9, 1)))!.Note);
        Assert.Equal("a", (await PresentationRow.FindLatestAsync(db, plan, new DateOnly(2015, 8, 31)))!.Note);
        Assert.Null(await PresentationRow.FindLatestAsync(db, plan, new DateOnly(2014, 11, 30)));
        Assert.Null(await PresentationRow.FindLatestAsync(db, await host.PlanAsync(), DateOnly.MaxValue));
    }

    [Fact]
    public async Task It_links_to_the_plan_and_to_what_the_role_and_the_plan_allow()
    {
        var plan = await host.PlanAsync();
        var reader = await host.WithNewKeyAsync("reader");
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/presentations", (await reader.GetAsync($"/plans/{plan}")).Json.Link("presentations"));

        Assert.Equal(["create POST", "first GET", "last GET", "self GET", "up GET"], (await host.Admin.GetAsync($"/plans/{plan}/presentations")).Must(200).Links());
        Assert.Equal(["first GET", "last GET", "self GET", "up GET"], (await reader.GetAsync($"/plans/{plan}/presentations")).Must(200).Links());
        await host.CloseAsync(plan);
        Assert.Equal(["first GET", "last GET", "self GET", "up GET"], (await host.Admin.GetAsync($"/plans/{plan}/presentations")).Must(200).Links());
    }

    [Fact]
    public async Task Of_a_plan_that_is_not_there_or_anothers_it_is_404()
    {
        var vof = await host.WithNewKeyAsync("reader", "vof");

        (await host.Admin.GetAsync("/plans/finns-inte/presentations")).MustBeProblem(404, "not-found");
        (await vof.GetAsync("/plans/soc-2026/presentations")).MustBeProblem(404, "not-found");
        Assert.Empty((await vof.GetAsync("/plans/vof-2026/presentations")).Items("id"));
    }

    [Fact]
    public async Task Whoever_holds_it_gets_304_until_there_is_another()
    {
        var plan = await host.PlanAsync();
        var tag = (await host.Admin.GetAsync($"/plans/{plan}/presentations")).ETag!;
        Assert.Equal(304, (await host.Admin.GetAsync($"/plans/{plan}/presentations", ("If-None-Match", tag))).Status);

        (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { })).Must(201);

        Assert.Single((await host.Admin.GetAsync($"/plans/{plan}/presentations", ("If-None-Match", tag))).Items("id"));
    }

    [Fact]
    public async Task Unknown_parameters_are_400()
    {
        Assert.Equal(["sort unknownParameter"], (await host.Admin.GetAsync("/plans/soc-2026/presentations?sort=date")).Faults());
    }
}
