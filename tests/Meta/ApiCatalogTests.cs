namespace ActionPlan.Tests.Meta;

public class ApiCatalogTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task The_catalogue_points_at_addresses_that_answer()
    {
        var answer = await host.Anonymous.GetAsync("//.well-known/api-catalog");

        Assert.Equal("application/linkset+json", answer.MediaType);
        var entry = answer.Must(200)["linkset"]![0]!;
        foreach (var relation in new[] { "service-desc", "service-doc", "service-meta", "status" })
        {
            var path = new Uri(entry[relation]![0]!["href"]!.ToString()).AbsolutePath;
            Assert.True((await host.Anonymous.GetAsync("/" + path)).Status < 400, path);
        }
    }
}
