using ActionPlan.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Tests.Data;

/// <summary>On SQLite, whatever the rest of the suite runs on.</summary>
public sealed class MigrationsTests : IAsyncLifetime
{
    const string Everything =
        """
        select type, name, sql from sqlite_master
        union all select key, name, version from department
        union all select name, digest, applied_at from migration
        order by 1, 2
        """;

    const string Audit = "'2026-01-01T00:00:00.000Z', 'x', '2026-01-01T00:00:00.000Z', 'x'";

    readonly string folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
    Database database = null!;

    public Task InitializeAsync()
    {
        database = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, true);
    }

    /// <summary>What is applied on every engine, in order.</summary>
    static IEnumerable<string> Files => Directory.GetFiles(Path.Combine(Repository.Root, "migrations")).Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(name => !name.EndsWith("_postgres", StringComparison.Ordinal) && !name.EndsWith("_sqlite", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_second_time_they_change_nothing()
    {
        await MigrateAsync();
        await ExecuteAsync($"insert into department (key, name, created_at, created_by, updated_at, updated_by) values ('soc', 'Soc', {Audit})");
        var before = await RowsAsync(Everything);
        Assert.Contains(before, row => row.StartsWith("soc, Soc", StringComparison.Ordinal));
        Assert.Contains(before, row => row.StartsWith("table, action, CREATE TABLE action (", StringComparison.OrdinalIgnoreCase));

        await MigrateAsync();

        Assert.Equal(before, await RowsAsync(Everything));
    }

    [Fact]
    public async Task Two_that_start_at_once_apply_each_but_once()
    {
        await using var other = Open();

        await Task.WhenAll(Task.Run(MigrateAsync), Task.Run(() => Migrations.ApplyAsync(other, TimeProvider.System)));

        Assert.Equal(Files, await RowsAsync("select name from migration order by name"));
        Assert.Equal(["1"], await RowsAsync("select count(*) from change_clock"));
    }

    [Fact]
    public async Task An_applied_file_that_has_changed_is_refused_by_name()
    {
        await MigrateAsync();
        await ExecuteAsync("update migration set digest = 'x' || substr(digest, 2) where name = '0001_plans'");

        var refused = await Assert.ThrowsAsync<SettingException>(MigrateAsync);

        Assert.StartsWith("migrations: 0001_plans has changed since it was applied.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await MigrateAsync();
        await ExecuteAsync("insert into migration (name, digest, applied_at) values ('9999_future', 'x', '2030-01-01T00:00:00.000Z')");

        var refused = await Assert.ThrowsAsync<SettingException>(MigrateAsync);

        Assert.StartsWith("migrations: the database is newer than this program: it has 9999_future.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_does_not_start_on_a_newer_database_and_leaves_it_as_it_is()
    {
        await MigrateAsync();
        await ExecuteAsync("insert into migration (name, digest, applied_at) values ('9999_future', 'x', '2030-01-01T00:00:00.000Z')");
        var host = new ApiHost([("Database:Engine", "sqlite"), ("ConnectionStrings:ActionPlan", $"Data Source={Path.Combine(folder, "test.db")}")]);

        await Assert.ThrowsAsync<SettingException>(host.StartAsync);
        await host.DisposeAsync();

        Assert.Equal(["0"], await RowsAsync("select count(*) from api_key"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        // A table of the same name is in the way, halfway through the file.
        await ExecuteAsync("create table action_tag (x text)");

        await Assert.ThrowsAsync<SqliteException>(MigrateAsync);

        Assert.Equal(["action_tag", "migration"], await RowsAsync("select name from sqlite_master where type = 'table' order by 1"));
        await ExecuteAsync("drop table action_tag");
        await MigrateAsync();
        Assert.Equal(Files, await RowsAsync("select name from migration order by name"));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "2000")]
    public async Task Every_connection_keeps_what_is_written_and_minds_references(string pragma, string value)
    {
        Assert.Equal([value], await RowsAsync($"pragma {pragma}"));
    }

    [Theory]
    [InlineData("due_date", "'2026-02-28'", true)]
    [InlineData("due_date", "null", true)]
    [InlineData("due_date", "'2026-02-30'", false)]
    [InlineData("due_date", "'2026-2-3'", false)]
    [InlineData("due_date", "'igår'", false)]
    [InlineData("due_date", "''", false)]
    [InlineData("start_date", "'2026-13-01'", false)]
    [InlineData("completed_on", "'2026-01-01 '", false)]
    [InlineData("verified_on", "20260101", false)]
    [InlineData("next_follow_up_date", "'2026-01-01T00:00:00Z'", false)]
    [InlineData("status", "'Planned'", false)]
    [InlineData("status", "null", false)]
    [InlineData("priority", "'hög'", false)]
    [InlineData("prognosis", "'blue'", false)]
    [InlineData("recurrence", "'sometimes'", false)]
    [InlineData("follow_up_interval", "'termly'", false)]
    [InlineData("is_trial", "2", false)]
    [InlineData("is_highlighted", "'ja'", false)]
    [InlineData("number", "0", false)]
    [InlineData("number", "1", false)]
    [InlineData("plan", "'finns-inte'", false)]
    [InlineData("department", "'vof'", false)]
    [InlineData("focus_area", "'finns-inte'", false)]
    [InlineData("measure_number", "7", false)]
    public async Task The_database_itself_takes_no_nonsense(string column, string value, bool isTaken)
    {
        await MigrateAsync();
        await ExecuteAsync(
            $"""
            insert into department (key, name, created_at, created_by, updated_at, updated_by) values ('soc', 'Soc', {Audit}), ('vof', 'Vof', {Audit});
            insert into plan (key, department, title, status, sharing, created_at, created_by, updated_at, updated_by) values ('p', 'soc', 'P', 'draft', 'none', {Audit});
            insert into action (plan, number, department, title, status, search_text, created_at, created_by, updated_at, updated_by)
            values ('p', 1, 'soc', 'x', 'planned', '', {Audit}), ('p', 2, 'soc', 'y', 'planned', '', {Audit});
            """);

        var update = $"update action set {column} = {value} where number = 2";

        if (isTaken) await ExecuteAsync(update);
        else Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(update))).SqliteErrorCode);
    }

    Database Open() => new(Settings.For("sqlite", SqliteEngine.Complete("Data Source=test.db", folder)), TimeProvider.System);

    Task MigrateAsync() => Migrations.ApplyAsync(database, TimeProvider.System);

    async Task ExecuteAsync(string sql)
    {
        await using var connection = await database.Engine.OpenAsync(create: true);
        await connection.ExecuteAsync(sql);
    }

    async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = await database.Engine.OpenAsync(create: true);
        return [.. (await connection.QueryAsync(sql)).Select(row => string.Join(", ", ((IDictionary<string, object?>)row).Values))];
    }
}
