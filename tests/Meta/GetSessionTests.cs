namespace ActionPlan.Tests.Meta;

public class GetSessionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("reader", null)]
    [InlineData("editor", "vof")]
    [InlineData("admin", "soc")]
    public async Task It_says_who_asks(string role, string? department)
    {
        var client = await host.WithNewKeyAsync(role, department, "Sitevision åäö");

        var session = (await client.GetAsync("/session")).Must(200);

        Assert.Equal(["name", "role", "department", "_links"], session.Properties());
        Assert.Equal(("Sitevision åäö", role, department), (session["name"]!.ToString(), session["role"]!.ToString(), session["department"]?.ToString()));
    }

    [Fact]
    public async Task Every_link_works()
    {
        var session = (await host.Admin.GetAsync("/session")).Must(200);

        foreach (var (_, link) in session["_links"]!.AsObject())
            (await host.Admin.GetAsync(link!["href"]!.ToString()[$"{host.Address}action-plan/v1".Length..])).Must(200);
    }

    [Fact]
    public async Task Without_a_key_it_is_401()
    {
        var answer = await host.Anonymous.GetAsync("/session");

        Assert.Equal((401, "urn:action-plan:problem:unauthorized", "Bearer"), (answer.Status, answer["type"]!.ToString(), answer.Headers["WWW-Authenticate"]));
    }

    [Fact]
    public async Task One_keys_session_is_not_anothers()
    {
        var (reader, editor) = (await host.WithNewKeyAsync("reader", name: "Den ena"), await host.WithNewKeyAsync("reader", name: "Den andra"));
        var etag = (await reader.GetAsync("/session")).ETag!;

        Assert.Equal(304, (await reader.GetAsync("/session", ("If-None-Match", etag))).Status);
        Assert.Equal("Den andra", (await editor.GetAsync("/session", ("If-None-Match", etag))).Must(200)["name"]!.ToString());
    }
}
