using ActionPlan.Data;

namespace ActionPlan.Tests.Commands;

/// <summary>The command that moves an installation to another database.</summary>
public sealed class CopyCommandTests : IDisposable
{
    const string Later = "2026-03-02T10:00:00Z";

    static readonly Dictionary<string, string> NotCopied = new()
    {
        ["migration"] = "the target has its own",
        ["readiness"] = "when this database was last asked whether it takes a write",
        ["web_session"] = "who has signed in on the pages signs in again",
        ["action_search"] = "SQLite's index of action; its triggers fill it",
    };

    readonly string folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
    readonly List<string> servers = [];

    [Fact]
    public async Task Every_table_is_copied_after_those_it_refers_to_and_in_the_order_of_its_key()
    {
        await BothEngines.MigrateAsync("sqlite", Sqlite("empty"));
        using var schema = Behind.Open(File("empty"));

        var tables = schema.Rows("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'action_search_%'").Select(row => (string)row[0]!).ToList();
        Assert.Equal(tables.Except(NotCopied.Keys).Order(), Transfer.Tables.Select(t => t.Name).Order());
        Assert.Equal([], NotCopied.Keys.Except(tables));
        var seen = new List<string>();
        foreach (var (table, key) in Transfer.Tables)
        {
            seen.Add(table);
            Assert.Equal([], schema.Rows($"select distinct \"table\" from pragma_foreign_key_list('{table}')").Select(row => (string)row[0]!).Except(seen));
            Assert.Equal(key, string.Join(", ", schema.Rows($"select name from pragma_table_xinfo('{table}') where pk > 0 order by pk").Select(row => row[0])));
        }
    }

    [BothEnginesTheory]
    [InlineData("sqlite", "postgresql")]
    [InlineData("postgresql", "sqlite")]
    [InlineData("postgresql", "postgresql")]
    public async Task A_copy_shows_what_the_original_shows_and_goes_on_as_it_would(string from, string to)
    {
        var (origin, target) = (New(from, "origin"), New(to, "target"));
        await using var first = await StartAsync(from, origin, "2026-02-01T08:00:00Z");
        await FillAsync(first.Host);
        await first.Host.StopAsync();

        var copied = await CopyAsync(from, origin, to, target);

        Assert.Equal((0, ""), (copied.ExitCode, copied.Error));
        Assert.Equal(Transfer.Tables.Select(t => t.Name), copied.Output.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
        Assert.DoesNotMatch(@"(?m)^\w+ +0 ", copied.Output);
        await first.Host.StartAsync();
        await using var second = await StartAsync(to, target, Later);
        first.Host.Clock.StopAt(Later);
        await MustBeTwinsAsync(first.Host, second.Host);

        // The same writes on both: numbers, versions, times and the chain of digests are the same ones too.
        foreach (var host in (ApiHost[])[first.Host, second.Host])
        {
            Assert.Equal("soc-2016-3", (await host.ActionAsync("soc-2016", new { title = "Efter flytten", tags = (string[])["ö", "å", "z"] }))["key"]!.ToString());
            (await host.Admin.PatchAsync("/actions/soc-2016-1", new { title = "Ändrad efter flytten" })).Must(200);
            (await host.Admin.PostAsync("/actions/soc-2016-2/restorations")).Must(201);
            (await host.Admin.PostAsync("/departments", new { key = "ny", name = "Ny" })).Must(201);
        }

        await MustBeTwinsAsync(first.Host, second.Host);
        const string log = "select number, actor, reason, department, plan, resource, resource_key, kind, state, digest from change order by number";
        var (expected, actual) = (Behind.Rows(Database(from, origin), log), Behind.Rows(Database(to, target), log));
        Assert.InRange(expected.Count, 200, 1000);
        Assert.Equal(expected, actual);
    }

    [BothEnginesTheory]
    [InlineData("sqlite", "postgresql")]
    [InlineData("postgresql", "sqlite")]
    public async Task Killed_in_the_middle_it_leaves_the_target_empty_and_a_second_try_works(string from, string to)
    {
        var (origin, target) = (New(from, "origin"), New(to, "target"));
        await BothEngines.MigrateAsync(from, origin);
        await BothEngines.MigrateAsync(to, target);
        Behind.Run(Database(from, origin), from == "sqlite"
            ? "insert into change (number, at, actor, resource, resource_key, kind, state, digest) with recursive n (i) as (select 1 union all select i + 1 from n where i < 30000) select i, '2026-01-01T00:00:00.000Z', 'x', 'x', 'x', 'created', hex(zeroblob(500)), 'x' from n"
            : "insert into change (number, at, actor, resource, resource_key, kind, state, digest) select i, '2026-01-01T00:00:00.000Z', 'x', 'x', 'x', 'created', repeat('0', 1000), 'x' from generate_series(1, 30000) i");

        using var process = Executable.Built.Start(Arguments(from, origin, to, target), []);
        await Eventually.HoldsAsync(() => process.HasExited || IsHalfway(to, target), "rows on their way", 30);
        Assert.False(process.HasExited, "It was done before it could be killed.");
        process.Kill();
        await process.WaitForExitAsync();

        await Eventually.HoldsAsync(() => to == "sqlite" || Behind.Number(target, Sessions) == 0, "the server to notice");
        Assert.All(Transfer.Tables, table => Assert.Equal(table.Name == "change_clock" ? 1 : 0, Behind.Number(Database(to, target), "select count(*) from " + table.Name)));
        Assert.Equal(0, Behind.Number(Database(to, target), "select number from change_clock"));

        var again = await CopyAsync(from, origin, to, target);
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Equal(30_000, Behind.Number(Database(to, target), "select count(*) from change"));
    }

    [Fact]
    public async Task A_target_that_is_not_empty_is_refused_and_left_as_it_is()
    {
        await BothEngines.MigrateAsync("sqlite", Sqlite("origin"));
        await BothEngines.MigrateAsync("sqlite", Sqlite("target"));
        Behind.Run(File("target"), "insert into measure (number, category, title) values (1, 'x', 'y')");

        await MustBeRefusedAsync("--to: the target is not empty: it has rows in measure", $"sqlite:{File("origin")}", $"sqlite:{File("target")}");
        Assert.Equal(1, Behind.Number(File("target"), "select count(*) from measure"));
        Assert.Equal(1, Behind.Number(File("target"), "select count(*) from change_clock"));
    }

    [BothEnginesFact]
    public async Task A_target_on_a_server_that_is_not_empty_is_refused()
    {
        var target = New("postgresql", "target");
        await BothEngines.MigrateAsync("sqlite", Sqlite("origin"));
        await BothEngines.MigrateAsync("postgresql", target);
        Behind.Run(target, "insert into measure (number, category, title) values (1, 'x', 'y')");

        await MustBeRefusedAsync("--to: the target is not empty: it has rows in measure", $"sqlite:{File("origin")}", $"postgresql:{target}");
        await MustBeRefusedAsync("--to: is the same database as --from", $"postgresql:{target}", $"postgresql:{target};Maximum Pool Size=3");
    }

    [Fact]
    public async Task A_source_that_is_none_is_told_in_a_line_before_anything_is_made()
    {
        await System.IO.File.WriteAllTextAsync(File("text"), string.Concat(Enumerable.Repeat("Åtgärdsplan 2015. ", 500)));
        await System.IO.File.WriteAllBytesAsync(File("empty"), []);
        var target = $"sqlite:{File("target")}";

        await MustBeRefusedAsync($"--from: there is no file {File("missing")}", $"sqlite:{File("missing")}", target);
        await MustBeRefusedAsync("--from: SQLite Error 26: 'file is not a database'.", $"sqlite:{File("text")}", target);
        await MustBeRefusedAsync("--from: holds no installation of this program", $"sqlite:{File("empty")}", target);
        await MustBeRefusedAsync("--from: must be sqlite:FILE or postgresql:CONNECTION STRING, is 'mysql:Host=x'", "mysql:Host=x", target);
        await MustBeRefusedAsync("--from: must be sqlite:FILE or postgresql:CONNECTION STRING, is 'x.db'", "x.db", target);
        await MustBeRefusedAsync("--from: Failed to connect to 127.0.0.1:1", "postgresql:Host=127.0.0.1;Port=1", target);
        Assert.False(System.IO.File.Exists(File("target")));
    }

    [Fact]
    public async Task The_same_database_twice_is_refused()
    {
        await BothEngines.MigrateAsync("sqlite", Sqlite("origin"));

        await MustBeRefusedAsync("--to: is the same database as --from", $"sqlite:{File("origin")}", $"sqlite:Data Source={folder}/../{Path.GetFileName(folder)}/origin.db");
    }

    [Fact]
    public async Task A_source_of_another_version_is_refused_by_name_before_anything_is_made()
    {
        await BothEngines.MigrateAsync("sqlite", Sqlite("newer"));
        await BothEngines.MigrateAsync("sqlite", Sqlite("older"));
        Behind.Run(File("newer"), "insert into migration (name, digest, applied_at) values ('9999_future', 'x', '2030-01-01T00:00:00.000Z')");
        Behind.Run(File("older"), "delete from migration where name = '0001_plans'");
        var target = $"sqlite:{File("target")}";

        await MustBeRefusedAsync("--from: is newer than this program: it has 9999_future. Use the newer program.", $"sqlite:{File("newer")}", target);
        await MustBeRefusedAsync("--from: is older than this program: it lacks 0001_plans. Start this program on it once.", $"sqlite:{File("older")}", target);
        Assert.False(System.IO.File.Exists(File("target")));
        await MustBeRefusedAsync("migrations: the database is newer than this program: it has 9999_future. Start the newer program, or restore an older backup.",
            $"sqlite:{File("origin")}", $"sqlite:{File("newer")}", async () => await BothEngines.MigrateAsync("sqlite", Sqlite("origin")));
    }

    public void Dispose()
    {
        servers.ForEach(Postgres.Drop);
        Directory.Delete(folder, true);
    }

    // Whatever the API can write: deleted, restored, closed, bound and revoked; a plan that follows a later one; names that sort by language.
    static async Task FillAsync(ApiHost host)
    {
        var api = host.Admin;
        (await api.PostAsync("/plans", new { key = "soc-2016", department = "soc", title = "Uppföljare", predecessor = "soc-2015" })).Must(201);
        (await api.PostAsync("/plans", new { key = "a-2020", department = "soc", title = "Följer en senare", predecessor = "soc-2016", periodStart = "2020-01-01" })).Must(201);
        (await api.PostAsync("/departments", new { key = "vof", name = "Vård- och omsorg", municipality = "Åby" })).Must(201);
        foreach (var (title, i) in new[] { "Ändamål 🎉", "Att ta bort", }.Select((t, i) => (t, i)))
            await host.ActionAsync("soc-2016", new
            {
                title,
                description = "Rad ett\nRad två \"citat\" \\ %_",
                isTrial = i == 0,
                isHighlighted = i == 1,
                startDate = "2026-01-01",
                dueDate = "2026-02-01",
                deadline = "till februari",
                decisionDueDate = "2026-06-30",
                owner = "Ö-vikens hemtjänst",
                tags = (string[])["zebra", "ö", "Ångström", "ä", "a-b", "a b", "É"],
                participants = (string[])["Åsa-gruppen", "Zonen", "Örat", "ab"],
                externalId = "Å-" + i,
            });
        (await api.DeleteAsync("/actions/soc-2016-2")).Must(204);
        (await api.PostAsync("/actions/soc-2016-1/follow-ups", new { date = "2026-01-20", note = "Går väl", prognosis = "green" })).Must(201);
        (await api.PatchAsync("/actions/soc-2016-1", new { isTrial = true })).Must(200);
        (await api.PostAsync("/actions/soc-2016-1/decisions", new { outcome = "carryOn", date = "2026-01-25", reason = "Det hjälpte" })).Must(201);
        (await api.PostAsync("/plans/soc-2016/presentations", new { date = "2016-03-01", board = "Nämnden", paragraph = "§ 45" })).Must(201);
        (await api.PostAsync("/indicators", new { key = "kvar", department = "soc", name = "Stannar kvar", target = new { @operator = ">=", value = 90.5 }, actions = (string[])["soc-2016-1"] })).Must(201);
        (await api.SendAsync("PUT", "/indicators/kvar/values/2016-03", new { unit = "Ö-viken", value = 123456789012.123456m, note = "Preliminär" })).Must(201);
        (await api.PostAsync("/departments", new { key = "en-gang", name = "Åter 🎉" }, ("Idempotency-Key", "en gang"))).Must(201);
        (await api.PostAsync("/calendar-feeds", new { name = "Alla öppna", open = true })).Must(201);
        // Paused, so that neither of the twins sends anything.
        var (webhook, _) = await host.DeliveryAsync();
        (await api.PatchAsync($"/webhooks/{webhook}", new { state = "paused" })).Must(200);
        (await api.DeleteAsync("/actions/soc-2015-1")).Must(204);
        (await api.PostAsync("/actions/soc-2015-1/restorations")).Must(201);
        (await api.PatchAsync("/actions/soc-2015-2", new { status = "cancelled", statusReason = "Kritik" })).Must(200);
        (await api.PatchAsync("/plans/a-2020", new { status = "closed" })).Must(200);
        (await api.PostAsync("/departments", new { key = "bort", name = "Bort" })).Must(201);
        (await api.DeleteAsync("/departments/bort")).Must(204);
        await host.WithNewKeyAsync("editor", "vof", "Bunden");
        var revoked = (await api.PostAsync("/api-keys", new { name = "Återkallad", role = "reader", expiresAt = "2030-01-01T00:00:00Z" })).Must(201)["id"];
        (await api.DeleteAsync($"/api-keys/{revoked}")).Must(204);
    }

    static async Task MustBeTwinsAsync(ApiHost first, ApiHost second)
    {
        // When a key was used is written behind.
        foreach (var host in (ApiHost[])[first, second])
            await Eventually.HoldsAsync(async () => (await host.Admin.GetAsync("/api-keys")).Must(200)["items"]!.AsArray().Any(key => key!["lastUsedAt"]?.ToString() == "2026-03-02T10:00:00.000Z"), "the use of the key");
        var (expected, actual) = (await first.EverythingAsync(), await second.EverythingAsync());
        Assert.Superset(new HashSet<string> { "/actions/soc-2016-1", "/plans/a-2020", "/measures/101", "/departments/vof", "/plans/soc-2015/focus-areas/samarbete" }, expected.Keys.ToHashSet());
        // The list's ETag holds the instants as each engine spells them.
        Assert.Equal(expected.Where(a => !a.Key.StartsWith("/api-keys", StringComparison.Ordinal)), actual.Where(a => !a.Key.StartsWith("/api-keys", StringComparison.Ordinal)));
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var path in expected.Keys.Where(path => path.StartsWith("/api-keys", StringComparison.Ordinal)))
            Assert.Equal(expected[path][expected[path].IndexOf('{')..], actual[path][actual[path].IndexOf('{')..]);
    }

    static async Task MustBeRefusedAsync(string line, string from, string to, Func<Task>? before = null)
    {
        if (before is not null) await before();
        var refused = await Executable.RunHereAsync(["copy", "--from", from, "--to", to], []);
        Assert.StartsWith(line, refused.OnlyLine(), StringComparison.Ordinal);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
    }

    static Task<OwnHost> StartAsync(string engine, string connection, string now)
    {
        var host = new ApiHost([("Database:Engine", engine), ("ConnectionStrings:ActionPlan", connection), ("Seeds:Load", "demo")]);
        host.Clock.StopAt(now);
        return OwnHost.StartAsync(host);
    }

    static string[] Arguments(string from, string origin, string to, string target) => ["copy", "--from", $"{from}:{origin}", "--to", $"{to}:{target}"];

    static Task<Executable.Finished> CopyAsync(string from, string origin, string to, string target) => Executable.Built.RunAsync(Arguments(from, origin, to, target), []);

    // In the middle of the largest table: the transaction is open and has written.
    static bool IsHalfway(string engine, string database) => engine == "sqlite"
        ? new FileInfo(Database(engine, database) + "-wal") is { Exists: true, Length: > 4_000_000 }
        : Behind.Number(database, Sessions + " and query like 'insert into change (%'") > 0;

    const string Sessions = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    static string Database(string engine, string connection) => engine == "sqlite" ? connection["Data Source=".Length..] : connection;

    string New(string engine, string name)
    {
        if (engine == "sqlite") return Sqlite(name);
        // An installation's database sorts by its own language, and no two need to be alike.
        var server = BothEngines.CreateDatabase(name == "target" ? "sv-SE" : null);
        servers.Add(server);
        return server;
    }

    string File(string name) => Path.Combine(folder, name + ".db");

    string Sqlite(string name) => "Data Source=" + File(name);
}
