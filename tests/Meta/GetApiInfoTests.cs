namespace ActionPlan.Tests.Meta;

public class GetApiInfoTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task It_needs_no_key_and_says_what_the_profile_asks()
    {
        var info = (await host.Anonymous.GetAsync("/api-info")).Must(200);

        Assert.Equal(["apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus", "_links"], info.Properties());
        Assert.Equal(("Åtgärdsplan API", "1.0.0", "active"), (info["apiName"]!.ToString(), info["apiVersion"]!.ToString(), info["apiStatus"]!.ToString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", info["apiReleased"]!.ToString());
        Assert.Equal($"{host.Address}action-plan/v1/openapi.json", info["apiDocumentation"]!.ToString());
        Assert.Equal($"{host.Address}action-plan/v1/api-info", info.Link("self"));
    }

    [Fact]
    public async Task It_is_304_for_one_who_holds_it()
    {
        var etag = (await host.Anonymous.GetAsync("/api-info")).ETag!;

        Assert.Equal(304, (await host.Anonymous.GetAsync("/api-info", ("If-None-Match", etag))).Status);
        Assert.Equal(200, (await host.Anonymous.GetAsync("/api-info", ("If-None-Match", "\"x\""))).Status);
    }

    [Fact]
    public async Task It_takes_no_parameter()
    {
        Assert.Equal(["x unknownParameter"], (await host.Anonymous.GetAsync("/api-info?x=1")).Faults());
    }
}
