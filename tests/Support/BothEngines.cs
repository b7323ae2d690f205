using ActionPlan.Data;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>A test that holds the two engines side by side, and so needs both.</summary>
public sealed class BothEnginesFactAttribute : FactAttribute
{
    public BothEnginesFactAttribute() => Skip = BothEngines.WhyNot;
}

/// <summary>A test with values that holds the two engines side by side, and so needs both.</summary>
public sealed class BothEnginesTheoryAttribute : TheoryAttribute
{
    public BothEnginesTheoryAttribute() => Skip = BothEngines.WhyNot;
}

/// <summary>A service on SQLite and its twin on PostgreSQL, with the same clock time and settings, whatever the rest of the suite runs on.</summary>
public class BothEngines : IAsyncLifetime
{
    public static string? WhyNot { get; } = Postgres.Server is null ? "POSTGRESQL names no server to compare SQLite with" : null;

    public ApiHost Sqlite { get; private set; } = null!;

    public ApiHost Postgresql { get; private set; } = null!;

    public IReadOnlyList<ApiHost> Both => [Sqlite, Postgresql];

    public async Task InitializeAsync()
    {
        // A class's data is made even when all its tests are skipped.
        if (WhyNot is not null) return;
        (Sqlite, Postgresql) = (new ApiHost([("Database:Engine", "sqlite"), .. Settings]), new ApiHost([("Database:Engine", "postgresql"), .. Settings]));
        foreach (var host in Both)
        {
            host.Clock.StopAt("2026-03-02T10:00:00Z");
            await host.InitializeAsync();
            await PrepareAsync(host);
        }
    }

    public async Task DisposeAsync()
    {
        if (WhyNot is not null) return;
        foreach (var host in Both) await host.DisposeAsync();
    }

    /// <summary>A new database of PostgreSQL's, sorting by <paramref name="locale"/>: an installation's own is seldom the tests' C.</summary>
    public static string CreateDatabase(string? locale = null)
    {
        var connection = Postgres.Create();
        if (locale is null) return connection;

        var name = new NpgsqlConnectionStringBuilder(connection).Database!;
        Postgres.Drop(connection);
        Behind.Run(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ToString(),
            $"create database {name} template template0 encoding 'UTF8' locale_provider icu icu_locale '{locale}'");
        return connection;
    }

    /// <summary>Brings a database to this version, as a start would.</summary>
    public static async Task MigrateAsync(string engine, string connection)
    {
        await using var database = new Database(ActionPlan.Settings.For(engine, connection), TimeProvider.System);
        await Migrations.ApplyAsync(database, TimeProvider.System);
    }

    /// <summary>What every test of a class needs to be there, on each.</summary>
    protected virtual Task PrepareAsync(ApiHost host) => Task.CompletedTask;

    /// <summary>What the two are started with beside the tests' usual settings.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [];
}
