using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>Looks into a database file, and changes it, behind the service's back.</summary>
public static class Behind
{
    /// <summary>A connection of its own, to a file or to where PostgreSQL is; nothing of the service's.</summary>
    public static DbConnection Open(string database)
    {
        if (Postgres.Server is not null && database.Contains('='))
        {
            var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ToString());
            server.Open();
            return server;
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
        // Text is compared in indexes and orders that name the collation, never here.
        connection.CreateCollation("swedish", string.CompareOrdinal);
        connection.Open();
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public static void Run(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as its values.</summary>
    public static List<object?[]> Rows(string file, string sql)
    {
        using var connection = Open(file);
        return connection.Rows(sql);
    }

    /// <summary>The rows of a query, each as its values.</summary>
    public static List<object?[]> Rows(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    /// <summary>A single number.</summary>
    public static long Number(string file, string sql) => (long)Rows(file, sql).Single()[0]!;

    /// <summary>How many rows there are of everything that a request may write, changes too.</summary>
    public static string Counts(this DbConnection connection) => string.Join(' ', connection.Rows("""
        select (select count(*) from department), (select count(*) from plan), (select count(*) from focus_area), (select count(*) from action),
               (select count(*) from action_participant), (select count(*) from action_tag), (select count(*) from api_key),
               (select count(*) from change), (select number from change_clock), (select max(number) from change)
        """).Single());
}
