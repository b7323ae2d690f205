using System.Collections.Concurrent;

namespace ActionPlan.Data;

/// <summary>What holds everything: the <see cref="Engine"/>, and the one <see cref="Writer"/> of this process.</summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>Takes the settings; opens nothing yet.</summary>
    public Database(Settings settings, TimeProvider clock)
    {
        Mapping.Register();
        Engine = Engine.Of(settings);
        Writer = new Writer(Engine, clock);
    }

    /// <summary>The engine that the settings name.</summary>
    public Engine Engine { get; }

    /// <summary>The queue in which all writes wait for their turn.</summary>
    public Writer Writer { get; }

    /// <summary>Remembered totals of lists; see <see cref="Db.Totals"/>.</summary>
    internal ConcurrentDictionary<string, (long LastChange, int Total)> Totals { get; } = new();

    /// <summary>A session outside any request, for start-up and background work.</summary>
    public Db Read() => new(this, CancellationToken.None);

    /// <summary>Runs <paramref name="work"/> as one transaction in the name of <paramref name="actor"/>.</summary>
    /// <exception cref="DatabaseFaultException">The database could not take the write.</exception>
    public async Task<T> WriteAsync<T>(string actor, Func<Db, Task<T>> work, bool isLong = false)
    {
        await using var db = Read();
        return await Writer.RunAsync(db, actor, () => work(db), _ => true, isLong);
    }

    /// <summary>Waits for the writes under way, then closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
