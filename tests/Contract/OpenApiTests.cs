using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Contract;

public class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>With UPDATE_OPENAPI=1 in the environment the committed file is rewritten instead.</summary>
    [Fact]
    public async Task The_committed_contract_is_the_one_that_is_served()
    {
        var served = (await host.Anonymous.GetAsync("/openapi.json")).Text;

        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(Path.Combine(Repository.Root, "openapi.json"), served);
        Assert.True(Repository.Read("openapi.json") == served, "openapi.json is out of date: run UPDATE_OPENAPI=1 dotnet test --filter OpenApiTests");
    }

    [Fact]
    public async Task The_contract_is_the_same_in_every_language()
    {
        var swedish = await host.Anonymous.GetAsync("/openapi.json");
        var english = await host.Anonymous.GetAsync("/openapi.json", ("Accept-Language", "en"));

        Assert.Equal(swedish.Text, english.Text);
    }

    [Fact]
    public async Task The_contract_is_answered_with_304_to_whoever_holds_it()
    {
        var first = await host.Anonymous.GetAsync("/openapi.json");
        var second = await host.Anonymous.GetAsync("/openapi.json", ("If-None-Match", first.ETag!));

        Assert.Equal(304, second.Status);
    }

    [Fact]
    public async Task Swagger_ui_is_fed_the_same_contract_with_the_running_address()
    {
        var contract = (await host.Anonymous.GetAsync("/openapi.json")).Json;
        var fed = (await host.Anonymous.GetAsync("//swagger/openapi.json")).Json;

        Assert.Equal($"{host.Address.ToString().TrimEnd('/')}/action-plan/v1", fed["servers"]![0]!["url"]!.ToString());
        contract["servers"] = fed["servers"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(contract, fed));
    }

    [Theory]
    [InlineData("//swagger/index.html", "text/html")]
    [InlineData("//swagger/index.js", "application/javascript")]
    [InlineData("//swagger/swagger-ui-bundle.js", "text/javascript")]
    public async Task Swagger_ui_is_served_by_the_service_itself(string path, string mediaType)
    {
        var answer = await host.Anonymous.GetAsync(path);

        Assert.Equal((200, mediaType), (answer.Status, answer.MediaType));
        Assert.DoesNotContain("unsafe-eval", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }
}
