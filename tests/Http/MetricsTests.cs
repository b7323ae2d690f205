namespace ActionPlan.Tests.Http;

public class MetricsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Metrics_need_a_key()
    {
        Assert.Equal(401, (await host.Anonymous.GetAsync("//metrics")).Status);
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_status()
    {
        await host.Admin.GetAsync("/plans/soc-2026");
        await host.Admin.GetAsync("/plans/soc-2026");

        var count = Lines((await host.Admin.GetAsync("//metrics")).Text)
            .First(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
                && line.Contains("\"GET\"", StringComparison.Ordinal) && line.Contains("/plans/{plan}\"", StringComparison.Ordinal) && line.Contains("\"200\"", StringComparison.Ordinal));
        Assert.True(int.Parse(count.Split(' ')[^1]) >= 2, count);
    }

    [Fact]
    public async Task Every_line_has_the_form_that_prometheus_reads()
    {
        var answer = await host.Admin.GetAsync("//metrics");

        Assert.Equal("text/plain", answer.MediaType);
        Assert.All(Lines(answer.Text), line => Assert.Matches("""^(# TYPE [a-z_0-9]+ (counter|gauge|histogram)|[a-z_0-9]+(\{([a-z_]+="[^"]*",?)*\})? [-+.0-9E]+)$""", line));
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
