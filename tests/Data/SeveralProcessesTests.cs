using System.Globalization;
using System.Net.Http.Headers;
using ActionPlan.Data;
using Dapper;
using Npgsql;
using Xunit.Abstractions;

namespace ActionPlan.Tests.Data;

/// <summary>Several services, each a process of its own, on one PostgreSQL.</summary>
public class SeveralProcessesTests(SeveralProcessesTests.Two two, ITestOutputHelper output) : IClassFixture<SeveralProcessesTests.Two>
{
    const int Writers = 100;

    [OnPostgres]
    public async Task Ten_that_start_at_once_on_an_empty_database_prepare_it_once_and_all_serve()
    {
        using var database = TestDatabase.Create();
        var services = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ServiceProcess.StartAsync(database, [("Auth__BootstrapKey", ""), ("Seeds__Load", "demo")])));

        var line = Assert.Single(services.SelectMany(s => s.Said.Split('\n')), l => l.StartsWith("curl ", StringComparison.Ordinal));
        foreach (var service in services)
        {
            using var client = new HttpClient { BaseAddress = service.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", line.Split("Bearer ")[1].Split('"')[0]);
            Assert.Equal(101, (await new Api(client).GetAsync("/measures")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
            Assert.Equal(["soc-2015"], (await new Api(client).GetAsync("/plans")).Items("key"));
        }

        using (var behind = Behind.Open(database))
        {
            var numbers = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "migrations"), "*.sql").Select(file => Path.GetFileName(file)[..4]).Distinct();
            Assert.Equal(numbers.Order(), behind.Rows("select left(name, 4) from migration order by name").Select(r => (string)r[0]!));
            Assert.Equal(new object?[] { 101L, 1L, 1L }, behind.Rows("""
                select count(*) filter (where resource = 'measure'), count(*) filter (where resource = 'plan' and kind = 'created'), count(*) filter (where resource = 'apiKey') from change
                """).Single());
            behind.MustBeWhole();
        }

        foreach (var service in services) await service.DisposeAsync();
    }

    [OnPostgres]
    public async Task A_write_that_is_undone_keeps_the_other_process_waiting_for_the_end_of_its_group()
    {
        using var database = TestDatabase.Create();
        await BothEngines.MigrateAsync("postgresql", database.ConnectionString);
        await using var engine = new PostgresEngine(PostgresEngine.Complete(database.ConnectionString));
        await using var connection = await engine.OpenAsync();
        await ChangeLog.OpenAsync(connection, engine);
        await connection.ExecuteAsync("rollback to one");

        var fault = Assert.Throws<PostgresException>(() => Behind.Run(database, "select 1 from change_clock for update nowait"));

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, fault.SqlState);
    }

    [OnPostgres]
    public async Task Of_a_hundred_who_change_the_same_versions_in_two_processes_one_each_succeeds()
    {
        var keys = new List<string>();
        for (var i = 0; i < 4; i++) keys.Add((await two.First.PostAsync("/plans/p/actions", new { title = "Omstridd" })).Must(201)["key"]!.ToString());

        var answers = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(async i =>
        {
            var (api, key) = (two.Any(i), keys[i % keys.Count]);
            var own = new List<(string Key, int Status, int Version)>();
            for (var round = 0; round < 3; round++)
            {
                var tag = (await api.GetAsync("/actions/" + key)).ETag!;
                var answer = await api.PatchAsync("/actions/" + key, new { title = $"Vann {i} {round}" }, ("If-Match", tag));
                own.Add((key, answer.Status, answer.Status == 200 ? answer["version"]!.GetValue<int>() : answer.Must(412)["currentVersion"]!.GetValue<int>()));
            }

            return own;
        }))).SelectMany(a => a).ToList();

        Assert.All(answers, a => Assert.Contains(a.Status, (int[])[200, 412]));
        Assert.Contains(answers, a => a.Status == 412);
        foreach (var key in keys)
        {
            var won = answers.Where(a => a.Key == key && a.Status == 200).Select(a => a.Version).Order().ToList();
            Assert.Equal(Enumerable.Range(2, won.Count), won);
            Assert.Equal(won.Count + 1, (await two.Second.GetAsync("/actions/" + key)).Must(200)["version"]!.GetValue<int>());
        }
    }

    [OnPostgres]
    public async Task What_a_hundred_write_in_two_processes_is_all_stored_and_a_reader_never_sees_a_number_appear_before_one_it_has_seen()
    {
        var key = (await two.First.PostAsync("/plans/p/actions", new { title = "Gemensam" })).Must(201)["key"]!.ToString();
        using var behind = Behind.Open(two.Database);
        var before = (long)behind.Rows("select number from change_clock").Single()[0]!;

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async i =>
        {
            var api = two.Any(i);
            var patched = await api.PatchAsync("/actions/" + key, new { title = $"Gemensam {i}" });
            var created = await api.PostAsync("/plans/p/actions", new { title = $"Ny {i}", tags = (string[])["ny"] });
            return (Version: patched.Must(200)["version"]!.GetValue<int>(), Key: created.Must(201)["key"]!.ToString());
        }));
        // A number that is missing now would appear later, behind a reader that has gone on.
        var looks = 0;
        while (!writing.IsCompleted)
        {
            var row = behind.Rows("select count(*), max(number) from change").Single();
            Assert.Equal(row[0], row[1]);
            looks++;
            await Task.Delay(1);
        }

        var written = await writing;
        output.WriteLine($"{looks} looks meanwhile");
        Assert.Equal(Enumerable.Range(2, Writers), written.Select(w => w.Version).Order());
        Assert.Equal(Writers, written.Select(w => w.Key).Distinct().Count());
        // No number of an action is left out either.
        var numbers = written.Select(w => int.Parse(w.Key.Split('-')[1], CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Equal(Enumerable.Range(numbers[0], Writers), numbers);
        Assert.Equal(2 * Writers, (long)behind.Rows($"select count(*) from change where number > {before}").Single()[0]!);
        Assert.Equal(Writers, (long)behind.Rows($"select count(distinct cast(state as jsonb) ->> 'title') from change where resource_key = '{key}' and number > {before}").Single()[0]!);
        behind.MustBeWhole();
    }

    [OnPostgres]
    public async Task A_key_that_one_process_revokes_stops_working_in_the_other()
    {
        var key = (await two.First.PostAsync("/api-keys", new { name = "återkallas", role = "reader" })).Must(201);
        using var client = new HttpClient { BaseAddress = two.SecondAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key["secret"]!.ToString());
        var reader = new Api(client);
        (await reader.GetAsync("/plans")).Must(200);

        Assert.Equal(204, (await two.First.DeleteAsync($"/api-keys/{key["id"]}")).Status);

        var took = await Eventually.HoldsAsync(async () => (await reader.GetAsync("/plans")).Status == 401, "401 in the other process");
        output.WriteLine($"after {took.TotalMilliseconds:0} ms");
    }

    /// <summary>Two processes on one database, with one plan.</summary>
    public sealed class Two : IAsyncLifetime
    {
        ServiceProcess[] services = [];

        public TestDatabase Database { get; private set; } = null!;

        public Api First => services[0].Admin;

        public Api Second => services[1].Admin;

        public Uri SecondAddress => services[1].Address;

        public Api Any(int i) => services[i % 2].Admin;

        public async Task InitializeAsync()
        {
            if (Postgres.Server is null) return;
            Database = TestDatabase.Create();
            services = await Task.WhenAll(ServiceProcess.StartAsync(Database), ServiceProcess.StartAsync(Database));
            (await First.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
            (await First.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
        }

        public async Task DisposeAsync()
        {
            if (Postgres.Server is null) return;
            foreach (var service in services) await service.DisposeAsync();
            Database.Dispose();
        }
    }
}
