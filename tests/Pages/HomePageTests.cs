namespace ActionPlan.Tests.Pages;

public class HomePageTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_browser_gets_a_page_in_Swedish()
    {
        var answer = await host.Anonymous.GetAsync("//", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        Assert.Equal((200, "text/html"), (answer.Status, answer.MediaType));
        Assert.Contains("<html lang=\"sv\">", answer.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/swagger\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/action-plan/v1/openapi.json\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curl_gets_the_facts()
    {
        var answer = await host.Anonymous.GetAsync("//", ("Accept", "*/*"));

        Assert.Equal("Åtgärdsplan API", answer.Must(200)["apiName"]!.ToString());
    }
}
