using System.Diagnostics;
using ActionPlan.Data;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Bench;

/// <summary>
/// What the disk can do: rows as large as a change row, each in a durable transaction of its own, in a table without
/// indexes, on one connection, with the service's own settings (WAL, synchronous=FULL) and nothing else to do.
/// </summary>
sealed class Disk : IDisposable
{
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;

    public Disk(string folder)
    {
        connection = (SqliteConnection)new SqliteEngine(SqliteEngine.Complete($"Data Source={Path.Combine(folder, "disk.db")}", folder)).OpenAsync(create: true).GetAwaiter().GetResult();
        using var create = connection.CreateCommand();
        create.CommandText = "create table row (number integer primary key, state text not null)";
        create.ExecuteNonQuery();
        insert = connection.CreateCommand();
        insert.CommandText = "insert into row (state) values (@State)";
        insert.Parameters.AddWithValue("@State", new string('å', 700));
    }

    /// <summary>Commits per second.</summary>
    public double Run(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var commits = 0;
        for (; Stopwatch.GetElapsedTime(start) < time; commits++) insert.ExecuteNonQuery();
        return commits / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }
}
