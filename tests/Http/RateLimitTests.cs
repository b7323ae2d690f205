using System.Globalization;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Http;

public class RateLimitTests(RateLimitTests.Limited host) : IClassFixture<RateLimitTests.Limited>
{
    const int Limit = 12;

    [Fact]
    public async Task Every_answer_to_a_key_says_the_limit_and_what_is_left_of_it()
    {
        var key = await host.WithNewKeyAsync("reader");
        var tag = "";
        Func<Task<Answer>>[] requests =
        [
            () => key.GetAsync("/plans"), () => key.GetAsync("/plans", ("If-None-Match", tag)), () => key.GetAsync("/plans?nope=1"), () => key.GetAsync("/plans/nope"),
            () => key.PostAsync("/plans", "{}"), () => key.SendAsync("PUT", "/plans"), () => key.GetAsync("/nothing"), () => key.SendAsync("HEAD", "/plans"),
        ];

        var statuses = new List<int>();
        foreach (var (request, used) in requests.Select((r, i) => (r, i + 1)))
        {
            var answer = await request();
            statuses.Add(answer.Status);
            tag = answer.ETag ?? tag;
            Assert.Equal($"\"default\";q={Limit};w=60", answer.Headers["RateLimit-Policy"]);
            Assert.Equal($"\"default\";r={Limit - used}", answer.Headers["RateLimit"]);
        }

        Assert.Equal([200, 304, 400, 404, 403, 405, 404, 200], statuses);
    }

    [Fact]
    public async Task One_too_many_is_429_for_that_key_alone_and_stores_nothing()
    {
        var (busy, idle) = (await host.WithNewKeyAsync("admin"), await host.WithNewKeyAsync("admin"));
        for (var i = 0; i < Limit; i++) (await busy.GetAsync("/session")).Must(200);

        var refused = await busy.PostAsync("/departments", new { key = "forsent", name = "För sent" });

        refused.MustBeProblem(429, "rate-limited");
        var wait = int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture);
        Assert.InRange(wait, 1, 60);
        Assert.Equal($"\"default\";r=0;t={wait}", refused.Headers["RateLimit"]);
        Assert.Equal($"\"default\";q={Limit};w=60", refused.Headers["RateLimit-Policy"]);
        Assert.Contains(Limit.ToString(CultureInfo.InvariantCulture), refused["detail"]!.ToString(), StringComparison.Ordinal);
        (await idle.GetAsync("/departments/forsent")).MustBeProblem(404);
    }

    [Fact]
    public async Task Of_many_at_once_exactly_as_many_as_allowed_are_let_in()
    {
        var key = await host.WithNewKeyAsync("reader");

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * Limit).Select(_ => key.GetAsync("/session")));

        Assert.Equal((Limit, 2 * Limit), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 429)));
        Assert.Equal(Enumerable.Range(0, Limit), answers.Where(a => a.Status == 200).Select(Left).Order());
    }

    [Fact]
    public async Task Who_has_no_key_is_not_counted()
    {
        for (var i = 0; i < Limit + 1; i++)
        {
            foreach (var answer in new[] { await host.Anonymous.GetAsync("/plans"), await host.Anonymous.GetAsync("/api-info"), await host.Anonymous.GetAsync("//healthz") })
            {
                Assert.NotEqual(429, answer.Status);
                Assert.False(answer.Headers.ContainsKey("RateLimit"));
                Assert.False(answer.Headers.ContainsKey("RateLimit-Policy"));
            }
        }
    }

    [Fact]
    public async Task Zero_is_no_limit_and_says_so_by_saying_nothing()
    {
        await using var own = await OwnHost.StartAsync([("Limits:RequestsPerMinute", "0")]);

        for (var i = 0; i < 100; i++)
        {
            var answer = await own.Host.Admin.GetAsync("/session");
            answer.Must(200);
            Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Unless_told_otherwise_the_limit_is_6000()
    {
        await using var own = await OwnHost.StartAsync([("Limits:RequestsPerMinute", "")]);

        var answer = await own.Host.Admin.GetAsync("/session");

        Assert.Equal("\"default\";q=6000;w=60", answer.Headers["RateLimit-Policy"]);
        Assert.Equal(5999, Left(answer));
    }

    static int Left(Answer answer) => int.Parse(Regex.Match(answer.Headers["RateLimit"], "r=([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>With a limit that is soon reached.</summary>
    public sealed class Limited() : ApiHost([("Limits:RequestsPerMinute", $"{Limit}")]);
}
