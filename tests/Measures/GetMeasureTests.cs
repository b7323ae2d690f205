namespace ActionPlan.Tests.Measures;

public class GetMeasureTests(GetMeasureTests.CatalogueHost host) : IClassFixture<GetMeasureTests.CatalogueHost>
{
    /// <summary>A plan, and the catalogue.</summary>
    public sealed class CatalogueHost() : PlanHost(("Seeds:Load", "catalogue"));

    [Fact]
    public async Task It_has_number_category_and_title()
    {
        var measure = (await host.Admin.GetAsync("/measures/80")).Must(200);

        Assert.Equal((80, "God introduktion"), (measure["number"]!.GetValue<int>(), measure["category"]!.ToString()));
        Assert.Equal(["actions GET", "adoptions GET", "collection GET", "self GET"], measure.Links());
    }

    [Fact]
    public async Task Its_link_to_actions_shows_those_that_carry_it_out()
    {
        await host.ActionAsync("soc-2026", new { title = "Bär ut sjuan", measureNumber = 7 });
        await host.ActionAsync("soc-2026", new { title = "Bär ut sjuttioettan", measureNumber = 71 });

        var link = (await host.Admin.GetAsync("/measures/7")).Must(200).Link("actions")!;

        Assert.Equal(["Bär ut sjuan"], (await host.Admin.GetAsync(link[$"{host.Address}action-plan/v1".Length..])).Items("title"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("102")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.0")]
    [InlineData("%201")]
    [InlineData("99999999999")]
    [InlineData("080")]
    public async Task An_unknown_one_is_404(string number)
    {
        Assert.Equal(404, (await host.Admin.GetAsync($"/measures/{number}")).Status);
    }

    [Fact]
    public async Task It_is_304_for_one_who_holds_it()
    {
        var (one, other) = (await host.Admin.GetAsync("/measures/1"), await host.Admin.GetAsync("/measures/2"));

        Assert.NotEqual(one.ETag, other.ETag);
        Assert.Equal(304, (await host.Admin.GetAsync("/measures/1", ("If-None-Match", one.ETag!))).Status);
        Assert.Equal(200, (await host.Admin.GetAsync("/measures/1", ("If-None-Match", other.ETag!))).Status);
    }
}
