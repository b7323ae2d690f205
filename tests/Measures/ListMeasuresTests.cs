namespace ActionPlan.Tests.Measures;

public class ListMeasuresTests(ListMeasuresTests.CatalogueHost host) : IClassFixture<ListMeasuresTests.CatalogueHost>
{
    /// <summary>The catalogue alone.</summary>
    public sealed class CatalogueHost() : ApiHost(("Seeds:Load", "catalogue"));

    [Fact]
    public async Task All_hundred_and_one_stand_by_number()
    {
        var page = (await host.Admin.GetAsync("/measures?limit=200")).Must(200);

        Assert.Equal(Enumerable.Range(1, 101), page["items"]!.AsArray().Select(m => m!["number"]!.GetValue<int>()));
        Assert.Equal("1 200 101 101 1", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.All(page["items"]!.AsArray(), m => Assert.Equal(["number", "category", "title", "adoptions", "_links"], m!.Properties()));
        Assert.All(page["items"]!.AsArray(), m => Assert.InRange(m!["title"]!.ToString().Length, 5, 300));
        Assert.Equal(101, page["items"]!.AsArray().Select(m => m!["title"]!.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("category=Aktiv%20rekrytering", 21)]
    [InlineData("category=God%20introduktion", 13)]
    [InlineData("category=M%C3%B6jlighet%20till%20utveckling", 21)]
    [InlineData("category=H%C3%A4lsofr%C3%A4mjande%20ledarskap%20och%20organisation", 19)]
    [InlineData("category=Rimlig%20arbetsbelastning", 27)]
    [InlineData("category=God%20introduktion&category=Aktiv%20rekrytering", 34)]
    [InlineData("category=God", 0)]
    [InlineData("", 101)]
    public async Task A_category_narrows_them(string query, int total)
    {
        Assert.Equal(total, (await host.Admin.GetAsync($"/measures?{query}")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("q=mentor", "q unknownParameter", "page, limit, category, adopted, effect, sort")]
    [InlineData("sort=antal", "sort unknownValue", "number, category, title, adoptions")]
    [InlineData("adopted=ja&effect=bra", "adopted wrongType, effect unknownValue", "true")]
    [InlineData("category=a%0Ab", "category controlCharacter", "")]
    [InlineData("limit=0", "limit outOfRange", "1000")]
    public async Task A_faulty_parameter_is_told_with_what_works(string query, string fault, string detail)
    {
        var answer = await host.Admin.GetAsync($"/measures?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Equal(fault, string.Join(", ", answer.Faults()));
        Assert.Contains(detail, answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sort=-number", "101")]
    [InlineData("sort=category,-number", "21")]
    [InlineData("sort=-adoptions", "7")]
    [InlineData("sort=-adoptions,number&adopted=true", "7")]
    [InlineData("sort=adoptions,-number", "101")]
    public async Task They_can_be_sorted(string query, string first)
    {
        if ((await host.Admin.GetAsync("/plans")).Items("key").All(key => key != "p"))
        {
            (await host.Admin.PostAsync("/departments", new { key = "d", name = "D" })).Must(201);
            (await host.Admin.PostAsync("/plans", new { key = "p", department = "d", title = "P" })).Must(201);
            foreach (var measureNumber in (int[])[7, 7, 12]) (await host.Admin.PostAsync("/plans/p/actions", new { measureNumber })).Must(201);
        }

        Assert.Equal(first, (await host.Admin.GetAsync($"/measures?limit=1&{query}")).Items("number").Single());
    }

    [Fact]
    public async Task They_are_read_and_never_written()
    {
        var post = await host.Admin.PostAsync("/measures", new { number = 102, category = "x", title = "x" });

        Assert.Equal((405, "GET, HEAD, OPTIONS"), (post.Status, post.Headers["Allow"]));
        Assert.Equal(["first GET", "last GET", "next GET", "self GET"], (await host.Admin.GetAsync("/measures")).Must(200).Links());
    }
}
