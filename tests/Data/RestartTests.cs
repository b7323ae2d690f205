using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit.Abstractions;

namespace ActionPlan.Tests.Data;

/// <summary>The server goes away and comes back while the service runs.</summary>
public class RestartTests(RestartTests.Server server, ITestOutputHelper output) : IClassFixture<RestartTests.Server>
{
    [OnPostgres(ownServer: true)]
    public async Task Through_five_crashes_of_the_server_under_load_nothing_acknowledged_is_lost_and_nothing_stored_twice()
    {
        const int Restarts = 5, Writers = 12, Readers = 4;
        var cluster = server.Cluster;
        var database = cluster.Create("restarts");
        await using var service = await ServiceProcess.StartAsync(TestDatabase.At("none.db"), Environment(database));
        (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
        (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);

        var load = new Load(service.Admin);
        var clients = Enumerable.Range(0, Writers).Select(load.WriteAsync).Concat(Enumerable.Range(0, Readers).Select(_ => load.ReadAsync())).ToList();
        for (var restart = 0; restart < Restarts; restart++)
        {
            var before = load.Stored.Count;
            await Eventually.HoldsAsync(() => load.Stored.Count > before + 30, "writes", 20);
            await cluster.RestartAsync();
            var after = load.Stored.Count;
            var back = await Eventually.HoldsAsync(() => load.Stored.Count > after + Writers, "writes after the restart", 20);
            output.WriteLine($"back {back.TotalMilliseconds:0} ms after the server");
        }

        load.Stop();
        await Task.WhenAll(clients);
        output.WriteLine($"{load.Stored.Count} stored, {load.Refused} refused, {load.InDoubt} in doubt, the slowest answer after {load.Slowest.TotalMilliseconds:0} ms");

        // What the service says of itself tells more than a 500.
        foreach (var line in service.Said.Split('\n').Where(l => l.StartsWith("fail", StringComparison.Ordinal))) output.WriteLine(line);
        Assert.Empty(load.Wrong);
        Assert.NotEqual(0, load.Refused);
        using var behind = PostgresCluster.Open(database);
        Assert.Equal(load.Stored.Order(StringComparer.Ordinal), behind.Rows("select plan || '-' || number || ' ' || title from action").Select(r => (string)r[0]!).Order(StringComparer.Ordinal));
        Assert.Equal((long)load.Stored.Count, behind.Rows("select count(*) from change where resource = 'action'").Single()[0]);
        behind.MustBeWhole();
    }

    [OnPostgres(ownServer: true)]
    public async Task A_server_that_is_away_or_full_is_503_until_it_is_back_and_the_service_does_not_start_without_it()
    {
        var cluster = server.Cluster;
        var database = cluster.Create("away");
        await using var service = await ServiceProcess.StartAsync(TestDatabase.At("none.db"), Environment(database));
        using var anonymous = new HttpClient { BaseAddress = service.Address };
        Assert.Equal(200, (await service.Admin.GetAsync("//readyz")).Status);

        await cluster.CrashAsync();
        await MustBeAwayAsync();
        var ended = await Executable.Built.RunAsync(["--urls", "http://127.0.0.1:0"], Environment(database));
        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("ConnectionStrings__ActionPlan: ", ended.OnlyLine(), StringComparison.Ordinal);

        await cluster.StartAsync();
        await Eventually.HoldsAsync(async () => (await service.Admin.GetAsync("//readyz")).Status == 200, "ready again");
        (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);

        // Others take every connection that the server has.
        var others = new List<NpgsqlConnection> { PostgresCluster.Open(database) };
        await Eventually.HoldsAsync(() =>
        {
            others[0].Rows("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'the service'");
            try
            {
                while (true) others.Add(PostgresCluster.Open(database));
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                return (long)others[0].Rows("select count(*) from pg_stat_activity where application_name = 'the service'").Single()[0]! == 0;
            }
        }, "no connection left");
        await MustBeAwayAsync();

        foreach (var other in others) await other.DisposeAsync();
        await Eventually.HoldsAsync(async () => (await service.Admin.GetAsync("//readyz")).Status == 200, "ready again");
        (await service.Admin.GetAsync("/departments/soc")).Must(200);

        async Task MustBeAwayAsync()
        {
            // What is believed of a key, and of the readiness, is half a second old at most.
            await Eventually.HoldsAsync(async () => (await service.Admin.GetAsync("//readyz")).Status == 503, "not ready");
            Answer[] answers =
            [
                await service.Admin.GetAsync("//readyz"), await service.Admin.GetAsync("/plans"), await service.Admin.GetAsync("/departments/soc"),
                await service.Admin.PostAsync("/departments", new { key = "vof", name = "Vof" }),
            ];
            foreach (var answer in answers)
            {
                answer.MustBeProblem(503, "unavailable");
                Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
            }

            Assert.Equal(System.Net.HttpStatusCode.OK, (await anonymous.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        }
    }

    static IEnumerable<(string, string)> Environment(string connectionString) =>
        [("Database__Engine", "postgresql"), ("ConnectionStrings__ActionPlan", connectionString + ";Application Name=the service;Maximum Pool Size=15")];

    /// <summary>The server, which allows few connections.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public PostgresCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (Postgres.Server is not null && PostgresCluster.Programs is not null) Cluster = await PostgresCluster.StartAsync("-c max_connections=30");
        }

        public async Task DisposeAsync()
        {
            if (Cluster is not null) await Cluster.DisposeAsync();
        }
    }

    /// <summary>Clients that go on whatever happens, and do what the answers tell them.</summary>
    sealed class Load(Api api)
    {
        volatile bool isOver;
        long slowest;
        int refused, inDoubt;

        public ConcurrentBag<string> Stored { get; } = [];

        public ConcurrentBag<string> Wrong { get; } = [];

        public int Refused => refused;

        public int InDoubt => inDoubt;

        public TimeSpan Slowest => TimeSpan.FromTicks(slowest);

        public void Stop() => isOver = true;

        // Each sends the same until it is stored, and then the next.
        public async Task WriteAsync(int client)
        {
            for (var i = 0; !isOver; i++)
            {
                var title = $"Skrivare {client} nr {i}";
                while (await SendAsync(() => api.PostAsync("/plans/p/actions", new { title }), 201) is var answer)
                {
                    if (answer is null) return;
                    var found = answer.Status == 201 ? answer.Json : answer["type"]!.ToString().EndsWith("in-doubt", StringComparison.Ordinal) ? await FindAsync(title) : null;
                    if (found is null) continue;
                    Stored.Add($"{found["key"]} {found["title"]}");
                    break;
                }
            }
        }

        public async Task ReadAsync()
        {
            while (!isOver)
                foreach (var path in (string[])["/actions?limit=50", "/plans/p", "//readyz"])
                    if (await SendAsync(() => api.GetAsync(path), 200) is null) return;
        }

        // An answer in doubt says: look first.
        async Task<System.Text.Json.Nodes.JsonNode?> FindAsync(string title)
        {
            Interlocked.Increment(ref inDoubt);
            while (true)
            {
                var answer = await SendAsync(() => api.GetAsync("/actions?q=" + Uri.EscapeDataString($"\"{title}\"")), 200);
                if (answer is null) return null;
                if (answer.Status == 200) return answer["items"]!.AsArray().FirstOrDefault(i => i!["title"]!.ToString() == title);
            }
        }

        // Success, or a 503 that says when to come back; null for anything else, which is wrong.
        async Task<Answer?> SendAsync(Func<Task<Answer>> send, int success)
        {
            var watch = Stopwatch.StartNew();
            try
            {
                var answer = await send().WaitAsync(TimeSpan.FromSeconds(30));
                lock (Wrong) slowest = Math.Max(slowest, watch.Elapsed.Ticks);
                if (answer.Status == success) return answer;
                if (answer.Status == 503 && answer.MediaType == "application/problem+json" && int.TryParse(answer.Headers.GetValueOrDefault("Retry-After"), out _))
                {
                    Interlocked.Increment(ref refused);
                    await Task.Delay(20);
                    return answer;
                }

                Wrong.Add($"{answer.Status} {answer.Text}");
            }
            catch (Exception fault) when (fault is HttpRequestException or TimeoutException or TaskCanceledException)
            {
                Wrong.Add(fault.Message);
            }

            return null;
        }
    }
}
