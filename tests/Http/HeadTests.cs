namespace ActionPlan.Tests.Http;

/// <summary>HEAD is GET without the body.</summary>
public class HeadTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly string[] Own = ["Date", "traceparent", "Transfer-Encoding", "Content-Length"];

    [Theory]
    [InlineData("/api-info", 200)]
    [InlineData("/session", 200)]
    [InlineData("/departments", 200)]
    [InlineData("/departments/soc", 200)]
    [InlineData("/plans", 200)]
    [InlineData("/plans/soc-2015", 200)]
    [InlineData("/plans/soc-2015/focus-areas", 200)]
    [InlineData("/plans/soc-2015/focus-areas/moten", 200)]
    [InlineData("/plans/soc-2015/actions?status=done&sort=-dueDate&limit=3", 200)]
    [InlineData("/actions?q=utbildning", 200)]
    [InlineData("/actions/soc-2015-1", 200)]
    [InlineData("/plans/soc-2015/summary", 200)]
    [InlineData("/plans/soc-2015/gaps", 200)]
    [InlineData("/follow-ups?due=30d", 200)]
    [InlineData("/actions/soc-2015-1/follow-ups", 200)]
    [InlineData("/evaluations", 200)]
    [InlineData("/owners", 200)]
    [InlineData("/measures", 200)]
    [InlineData("/measures/80", 200)]
    [InlineData("/api-keys", 200)]
    [InlineData("/actions/soc-2015-999", 404)]
    [InlineData("/actions?status=klar", 400)]
    public async Task It_has_the_same_status_and_headers(string path, int status)
    {
        var get = await host.Admin.GetAsync(path);
        var head = await host.Admin.SendAsync("HEAD", path);

        Assert.Equal((status, status, ""), (get.Status, head.Status, head.Text));
        Assert.Equal(Headers(get), Headers(head));
        if (status == 200) Assert.NotNull(head.ETag);
    }

    [Theory]
    [InlineData("/actions")]
    [InlineData("/actions/soc-2015-1")]
    [InlineData("/measures/80")]
    public async Task It_is_304_for_one_who_holds_what_GET_answers(string path)
    {
        var etag = (await host.Admin.GetAsync(path)).ETag!;

        Assert.Equal((304, etag), await HeadAsync());

        async Task<(int, string?)> HeadAsync()
        {
            var head = await host.Admin.SendAsync("HEAD", path, null, ("If-None-Match", etag));
            return (head.Status, head.ETag);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_has_no_HEAD()
    {
        var head = await host.Admin.SendAsync("HEAD", "/actions/soc-2015-1/restorations");

        Assert.Equal((405, "OPTIONS, POST"), (head.Status, head.Headers["Allow"]));
    }

    static IEnumerable<string> Headers(Answer answer) => answer.Headers.Where(h => !Own.Contains(h.Key)).Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal);
}
