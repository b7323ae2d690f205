using System.Collections.Concurrent;
using System.Data.Common;

namespace ActionPlan.Data;

/// <summary>
/// The file that holds everything: connections for reading, kept open between requests, and the one <see cref="Writer"/>.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // More than enough for the cores of one machine; a burst opens more and closes them again.
    const int KeptOpen = 16;

    readonly string connectionString;
    readonly ConcurrentBag<DbConnection> idle = [];

    /// <summary>Takes the completed connection string; opens nothing yet.</summary>
    public Database(Settings settings, TimeProvider clock)
    {
        connectionString = settings.ConnectionString;
        Mapping.Register();
        Writer = new Writer(this, clock);
    }

    /// <summary>The queue in which all writes wait for their turn.</summary>
    public Writer Writer { get; }

    /// <summary>Remembered totals of lists; see <see cref="Db.Totals"/>.</summary>
    internal ConcurrentDictionary<string, (long LastChange, int Total)> Totals { get; } = new();

    /// <summary>Opens a connection that nobody else holds.</summary>
    public DbConnection Open() => Sqlite.Open(connectionString);

    /// <summary>An open connection for reading; give it back with <see cref="Return"/>.</summary>
    public DbConnection Rent() => idle.TryTake(out var connection) ? connection : Open();

    /// <summary>Takes back a connection that <see cref="Rent"/> gave.</summary>
    public void Return(DbConnection connection)
    {
        if (idle.Count < KeptOpen)
            idle.Add(connection);
        else
            connection.Dispose();
    }

    /// <summary>A session outside any request, for start-up and background work.</summary>
    public Db Read() => new(this, CancellationToken.None);

    /// <summary>Runs <paramref name="work"/> as one transaction in the name of <paramref name="actor"/>.</summary>
    /// <exception cref="DatabaseFaultException">The database could not take the write.</exception>
    public async Task<T> WriteAsync<T>(string actor, Func<Db, Task<T>> work)
    {
        await using var db = Read();
        return await Writer.RunAsync(db, actor, () => work(db), _ => true);
    }

    /// <summary>Waits for the writes under way, then closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        while (idle.TryTake(out var connection)) await connection.DisposeAsync();
    }
}
