using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActionPlan.Tests.CalendarFeeds;

public class GetCalendarTests(GetCalendarTests.LoggedHost host) : IClassFixture<GetCalendarTests.LoggedHost>
{
    [Fact]
    public async Task It_shows_what_the_filters_leave_to_whoever_has_the_address()
    {
        var calendar = await host.Anonymous.GetAsync(await PathAsync(host.Admin, new { name = "HR; alla", owner = "hr enheten" }));

        Assert.Equal((200, "text/calendar; charset=utf-8", "no-cache, private"), (calendar.Status, calendar.Headers["Content-Type"], calendar.Headers["Cache-Control"]));
        Assert.Contains("\r\nX-WR-CALNAME:HR\\; alla\r\n", calendar.Text, StringComparison.Ordinal);
        Assert.Equal(["SUMMARY:Mentor"], calendar.Text.Split("\r\n").Where(line => line.StartsWith("SUMMARY", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Several_owners_participants_and_tags_stand_on_a_line_each()
    {
        var plan = await host.PlanAsync();
        foreach (var owner in new[] { "Vård; hem", "IT, drift", "Ekonomi" }) await host.ActionAsync(plan, new { title = owner, owner, dueDate = "2026-04-01", tags = (string[])[owner], participants = (string[])[owner] });

        foreach (var name in new[] { "owner", "participant", "tag" })
        {
            var feed = (await host.Admin.PostAsync("/calendar-feeds", new Dictionary<string, string> { ["name"] = "Två", ["plan"] = plan, [name] = "vård; hem\r\n\nIT, drift\n" })).Must(201);
            Assert.Equal("vård; hem\nIT, drift", (await host.Admin.GetAsync($"/calendar-feeds/{feed["id"]}")).Must(200)[name]!.ToString());
            Assert.Equal(["SUMMARY:Vård\\; hem", "SUMMARY:IT\\, drift"],
                (await host.Anonymous.GetAsync("/" + new Uri(feed["url"]!.ToString()).AbsolutePath)).Text.Split("\r\n").Where(line => line.StartsWith("SUMMARY", StringComparison.Ordinal)));
        }

        Assert.Equal(["/owner tooMany"], (await host.Admin.PostAsync("/calendar-feeds", new { name = "Många", owner = string.Join('\n', Enumerable.Range(0, 51)) })).Faults());
    }

    [Fact]
    public async Task It_is_304_until_something_changes()
    {
        var path = await PathAsync(host.Admin, new { name = "Alla" });
        var first = await host.Anonymous.GetAsync(path);

        Assert.Equal((304, first.ETag), Told(await host.Anonymous.GetAsync(path, ("If-None-Match", first.ETag!))));
        Assert.Equal((200, first.ETag), Told(await host.Anonymous.SendAsync("HEAD", path)));
        await host.ActionAsync("vof-2026", new { title = "Ny", dueDate = "2026-05-05" });
        Assert.Equal(200, (await host.Anonymous.GetAsync(path, ("If-None-Match", first.ETag!))).Status);

        static (int, string?) Told(Answer answer) => (answer.Status, answer.ETag);
    }

    [Fact]
    public async Task It_shows_what_its_key_may_see_until_that_is_revoked_or_expires()
    {
        var key = (await host.Admin.PostAsync("/api-keys", new { name = "Vofs", role = "editor", department = "vof" })).Must(201);
        var path = await PathAsync(host.With(key["secret"]!.ToString()), new { name = "Alla" });
        var brief = (await host.Admin.PostAsync("/api-keys", new { name = "Kort", role = "editor", expiresAt = "2100-01-01T00:00:00Z" })).Must(201);
        var briefPath = await PathAsync(host.With(brief["secret"]!.ToString()), new { name = "Alla" });

        var calendar = await host.Anonymous.GetAsync(path);
        Assert.Contains("soc-2026-1", (await host.Anonymous.GetAsync(briefPath)).Text, StringComparison.Ordinal);
        Assert.Contains("vof-2026-1", calendar.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("soc-2026", calendar.Text, StringComparison.Ordinal);

        (await host.Admin.DeleteAsync($"/api-keys/{key["id"]}")).Must(204);
        await host.ExecuteAsync("update api_key set expires_at = '2026-01-01T00:00:00.000Z' where name = 'Kort'");
        (await host.Anonymous.GetAsync(path)).MustBeProblem(404);
        (await host.Anonymous.GetAsync(briefPath)).MustBeProblem(404);
    }

    [Fact]
    public async Task Its_word_is_no_key_and_no_other_word_opens_it()
    {
        var path = await PathAsync(host.Admin, new { name = "Alla" });
        var token = path.Split('/')[^1][..^4];

        (await host.With(token).GetAsync("/actions")).MustBeProblem(401);
        (await host.Anonymous.GetAsync("//calendar/" + token)).MustBeProblem(404);
        (await host.Anonymous.GetAsync($"//calendar/{token[..^1]}.ics")).MustBeProblem(404);
        (await host.Anonymous.GetAsync("//calendar/.ics")).MustBeProblem(404);
        (await host.Anonymous.SendAsync("DELETE", path)).MustBeProblem(405);
    }

    [Fact]
    public async Task Its_address_comes_into_no_log_not_even_when_it_fails()
    {
        var path = await PathAsync(host.Admin, new { name = "Alla" });
        await host.ExecuteAsync("update calendar_feed set query = 'owner=%00' where hash = (select max(hash) from calendar_feed)");
        host.Log.Lines.Clear();

        var word = path.Split('/')[^1];
        Assert.DoesNotContain(word, (await host.Anonymous.GetAsync(path)).Text + (await host.Anonymous.GetAsync(path.Replace(".ics", "x.ics"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(word[..^4], (await host.Anonymous.GetAsync("//metrics")).Text + string.Concat(host.Log.Lines), StringComparison.Ordinal);
        // The log was listening.
        Assert.NotEmpty(host.Log.Lines);
    }

    static async Task<string> PathAsync(Api api, object feed) =>
        "/" + new Uri((await api.PostAsync("/calendar-feeds", feed)).Must(201)["url"]!.ToString()).AbsolutePath;

    /// <summary>With two actions of two departments, and a log that takes everything that any category says.</summary>
    public sealed class LoggedHost() : PlanHost(("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Information"))
    {
        internal Kept Log { get; } = new();

        protected override void Replace(IServiceCollection services)
        {
            base.Replace(services);
            services.AddSingleton<ILoggerProvider>(Log);
        }

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            await this.ActionAsync("soc-2026", new { title = "Mentor", owner = "HR-enheten", dueDate = "2026-04-01" });
            await this.ActionAsync("vof-2026", new { title = "Någon annans", dueDate = "2026-04-02" });
        }
    }

    internal sealed class Kept : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception) + exception);
        public void Dispose() { }
    }
}
