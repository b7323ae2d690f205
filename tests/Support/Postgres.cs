using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>
/// Where the suite finds PostgreSQL: the connection string in the environment variable POSTGRESQL names a server on
/// which it may create databases. Unset, the suite runs on SQLite.
/// </summary>
public static class Postgres
{
    public static string? Server { get; } = Environment.GetEnvironmentVariable("POSTGRESQL") is { Length: > 0 } server ? server : null;

    /// <summary>A new database, empty or with the content of another that nobody is connected to; its connection string.</summary>
    public static string Create(string? template = null)
    {
        var name = "actionplan_" + Guid.NewGuid().ToString("N");
        Run(Server!, $"create database {name} {(template is null ? "" : $"template {new NpgsqlConnectionStringBuilder(template).Database}")} strategy file_copy");
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    /// <summary>Drops a database, whoever is still connected.</summary>
    public static void Drop(string connectionString) =>
        Run(Server!, $"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    static void Run(string server, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
