using ActionPlan.Data;
using Dapper;
using Npgsql;

namespace ActionPlan.Bench;

/// <summary>The database that the service is measured on: a file, or a database of its own on a PostgreSQL server, filled from the file.</summary>
sealed record Target(string Engine, string ConnectionString) : IAsyncDisposable
{
    const string Name = "actionplan_bench";

    /// <summary>Makes it. <paramref name="server"/> says where PostgreSQL is and who may create databases there; one that is there already is left alone.</summary>
    public static async Task<Target> CreateAsync(string engine, string? server, string file)
    {
        if (engine == "sqlite") return new Target(engine, $"Data Source={Path.GetFullPath(file)}");
        if (engine != PostgresEngine.Name || server is null) throw new InvalidOperationException("--engine is sqlite, or postgresql with --connection");

        await RunAsync(server, $"create database {Name} template template0 encoding 'UTF8'");
        var target = new Target(engine, new NpgsqlConnectionStringBuilder(server) { Database = Name }.ToString());
        try
        {
            await using var database = new Database(Settings.For(engine, PostgresEngine.Complete(target.ConnectionString)), TimeProvider.System);
            await Migrations.ApplyAsync(database, TimeProvider.System);
            await Transfer.CopyAsync(new SqliteEngine(SqliteEngine.Complete($"Data Source={file}", Environment.CurrentDirectory)), database.Engine);
            await RunAsync(target.ConnectionString, "vacuum analyze", Name);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops what was made on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Engine == PostgresEngine.Name) await RunAsync(ConnectionString, $"drop database {Name} with (force)");
    }

    static async Task RunAsync(string server, string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ToString());
        await connection.ExecuteAsync(sql);
    }
}
