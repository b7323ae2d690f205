using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Tests.Support;

/// <summary>Looks into a database, and changes it, behind the service's back.</summary>
public static class Behind
{
    /// <summary>A connection of its own; nothing of the service's.</summary>
    public static DbConnection Open(TestDatabase database) => database.Open();

    /// <summary>A connection that keeps everybody else from writing until it is closed or says <c>rollback</c>.</summary>
    public static DbConnection Hold(TestDatabase database)
    {
        var connection = Open(database);
        connection.Rows(database.Hold);
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public static void Run(TestDatabase database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as its values.</summary>
    public static List<object?[]> Rows(TestDatabase database, string sql)
    {
        using var connection = Open(database);
        return connection.Rows(sql);
    }

    /// <summary>The rows of a query, each as its values.</summary>
    public static List<object?[]> Rows(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Plain(reader.GetValue(i)))]);
        return rows;
    }

    /// <summary>A single number.</summary>
    public static long Number(TestDatabase database, string sql) => (long)Rows(database, sql).Single()[0]!;

    /// <summary>A value as SQLite would show it, which has only whole numbers and text: what a test expects is the same on both engines.</summary>
    public static object? Plain(object? value) => value switch
    {
        null or DBNull => null,
        bool truth => truth ? 1L : 0L,
        int number => (long)number,
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        _ => value,
    };

    /// <summary>A property of the state that a change row holds, as text in SQL.</summary>
    public static string State(this DbConnection connection, string property) =>
        connection is SqliteConnection ? $"cast(state ->> '{property}' as text)" : $"(cast(state as jsonb) ->> '{property}')";

    /// <summary>How far everybody's writing has come: as long as it is the same, no one has written anything.</summary>
    public static long Moment(this DbConnection connection) => (long)connection.Rows(connection is SqliteConnection
        ? "pragma data_version"
        : "select cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)").Single()[0]!;

    /// <summary>How many rows there are of everything that a request may write, changes too.</summary>
    public static string Counts(this DbConnection connection) => string.Join(' ', connection.Rows("""
        select (select count(*) from department), (select count(*) from plan), (select count(*) from focus_area), (select count(*) from action),
               (select count(*) from action_participant), (select count(*) from action_tag), (select count(*) from follow_up), (select count(*) from indicator), (select count(*) from indicator_value), (select count(*) from api_key),
               (select count(*) from change), (select number from change_clock), (select max(number) from change)
        """).Single());
}
