namespace ActionPlan.Tests.Plans;

public class ListPlansTests(ListPlansTests.PlansHost host) : IClassFixture<ListPlansTests.PlansHost>
{
    /// <summary>Six plans that no test changes.</summary>
    public sealed class PlansHost : ApiHost
    {
        protected override async Task PrepareAsync()
        {
            foreach (var key in new[] { "soc", "vof" }) (await Admin.PostAsync("/departments", new { key, name = key })).Must(201);
            foreach (var (key, department, periodStart, status) in new[]
            {
                ("a", "soc", "2015-01-01", "closed"), ("b", "vof", "2026-01-01", "adopted"), ("c", "soc", "2026-01-01", "draft"),
                ("d", "soc", null, "draft"), ("e", "vof", "2020-07-01", "closed"), ("f", "soc", "2027-01-01", "adopted"),
            })
                (await Admin.PostAsync("/plans", new { key, department, title = key, periodStart, status })).Must(201);
        }
    }

    [Theory]
    [InlineData("", "f b c e a d")]
    [InlineData("department=soc", "f c a d")]
    [InlineData("department=soc,vof", "f b c e a d")]
    [InlineData("department=ks", "")]
    [InlineData("status=closed", "e a")]
    [InlineData("status=draft,adopted", "f b c d")]
    [InlineData("status=draft&status=adopted", "f b c d")]
    [InlineData("department=vof&status=closed", "e")]
    public async Task The_latest_period_comes_first(string query, string keys)
    {
        var answer = await host.Admin.GetAsync($"/plans?{query}");

        Assert.Equal(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries), answer.Items("key"));
        Assert.Equal(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, answer["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_is_paged_with_links_that_keep_the_query()
    {
        var page = (await host.Admin.GetAsync("/plans?department=soc&limit=2&page=2")).Must(200);

        Assert.Equal("a d", string.Join(' ', page["items"]!.AsArray().Select(i => i!["key"])));
        Assert.Equal("2 2 2 4 2", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.Equal($"{host.Address}action-plan/v1/plans?department=soc&limit=2&page=1", page.Link("prev"));
        Assert.Equal(["create POST", "first GET", "last GET", "prev GET", "self GET"], page.Links());
    }

    [Theory]
    [InlineData("status=öppen", "status unknownValue", "draft, adopted, closed")]
    [InlineData("q=x", "q unknownParameter", "page, limit, department, status")]
    [InlineData("limit=1001", "limit outOfRange", "1000")]
    [InlineData("department=%00", "department controlCharacter", "")]
    public async Task A_faulty_parameter_is_told_with_what_works(string query, string fault, string detail)
    {
        var answer = await host.Admin.GetAsync($"/plans?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Equal([fault], answer.Faults());
        Assert.Contains(detail, answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_what_a_single_read_shows()
    {
        var item = (await host.Admin.GetAsync("/plans?limit=1")).Must(200)["items"]![0]!;

        Assert.Equal((await host.Admin.GetAsync("/plans/f")).Must(200).Without(), item.Without());
    }
}
