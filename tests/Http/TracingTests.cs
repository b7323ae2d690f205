namespace ActionPlan.Tests.Http;

public class TracingTests(PlanHost host) : IClassFixture<PlanHost>
{
    const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    const string Span = "00f067aa0ba902b7";

    [Fact]
    public async Task A_trace_is_started_where_there_is_none()
    {
        var answers = new[] { await host.Admin.GetAsync("/plans"), await host.Admin.GetAsync("/plans") };

        Assert.All(answers, answer => Assert.Matches("^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]$", answer.Headers["traceparent"]));
        Assert.NotEqual(TraceOf(answers[0]), TraceOf(answers[1]));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    public async Task A_trace_is_taken_up_with_a_span_of_its_own(string flags)
    {
        var answer = await host.Admin.GetAsync("/plans", ("traceparent", $"00-{Trace}-{Span}-{flags}"));

        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-{flags}$", answer.Headers["traceparent"]);
        Assert.DoesNotContain(Span, answer.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData($"00-{Trace}-{Span}")]
    [InlineData($"00-{Trace}-{Span}-")]
    [InlineData($"00-{Trace}-{Span}-zz")]
    [InlineData($"00-{Trace}-{Span}-01-more")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01")]
    [InlineData($" 00-{Trace}-{Span}-01, 00-{Trace}-{Span}-01")]
    public async Task What_is_no_traceparent_is_passed_over_and_a_trace_started(string traceparent)
    {
        var answer = await host.Admin.GetAsync("/plans/nope", ("traceparent", traceparent));

        answer.MustBeProblem(404);
        Assert.Matches("^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]$", answer.Headers["traceparent"]);
        Assert.NotEqual(Trace, TraceOf(answer));
    }

    [Fact]
    public async Task Every_kind_of_answer_carries_it()
    {
        (string, string) traced = ("traceparent", $"00-{Trace}-{Span}-01");
        var created = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Spårad" }, traced);
        var path = $"/actions/{created["key"]}";
        Answer[] answers =
        [
            created, await host.Admin.GetAsync(path, traced), await host.Admin.GetAsync(path, traced, ("If-None-Match", created.ETag!)),
            await host.Admin.SendAsync("HEAD", path, null, traced), await host.Admin.SendAsync("OPTIONS", path, null, traced),
            await host.Admin.PatchAsync(path, "{\"title\":\"x\"}", traced, ("Prefer", "return=minimal")), await host.Admin.DeleteAsync(path, traced),
            await host.Admin.GetAsync(path, traced), await host.Admin.PostAsync("/plans", "{", traced), await host.Anonymous.GetAsync("/plans", traced),
            await host.Anonymous.GetAsync("/api-info", traced), await host.Anonymous.GetAsync("//healthz", traced), await host.Anonymous.GetAsync("//readyz", traced),
            await host.Anonymous.GetAsync("//", traced, ("Accept", "text/html")), await host.Anonymous.GetAsync("//nothing", traced),
        ];

        Assert.Equal([201, 200, 304, 200, 204, 204, 204, 404, 400, 401, 200, 200, 200, 200, 404], answers.Select(a => a.Status));
        Assert.All(answers, answer => Assert.Equal(Trace, TraceOf(answer)));
        Assert.Equal(answers.Length, answers.Select(a => a.Headers["traceparent"]).Distinct().Count());
    }

    [Fact]
    public async Task The_log_holds_more_under_the_trace_of_a_fault_and_no_key()
    {
        using var database = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database);
        Behind.Run(database, "alter table measure rename to gone");

        var problem = (await service.Admin.GetAsync("/measures", ("traceparent", $"00-{Trace}-{Span}-01"))).MustBeProblem(500);

        Assert.Equal(Trace, problem["traceId"]!.ToString());
        await Eventually.HoldsAsync(() => service.Said.Contains(Trace, StringComparison.Ordinal), "the trace in the log");
        Assert.Contains("/measures", service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiHost.BootstrapKey, service.Said, StringComparison.Ordinal);
    }

    static string TraceOf(Answer answer) => answer.Headers["traceparent"].Split('-')[1];
}
