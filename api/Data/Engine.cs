using System.Data.Common;

namespace ActionPlan.Data;

/// <summary>
/// What one database engine does its own way: opening connections, starting a write, telling its own faults. Everything
/// else is one text of SQL for both; what differs in the schema stands in <c>migrations/*_sqlite.sql</c> and <c>*_postgres.sql</c>.
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    /// <summary>The engine that the settings name.</summary>
    public static Engine Of(Settings settings) => settings.Engine == PostgresEngine.Name
        ? new PostgresEngine(settings.ConnectionString)
        : new SqliteEngine(settings.ConnectionString);

    /// <summary>The ending of the migrations that only this engine takes: <c>_sqlite</c>.</summary>
    public abstract string MigrationSuffix { get; }

    /// <summary>Starts a transaction that will write. (Of two words: Dapper takes one alone for a procedure.)</summary>
    public abstract string Begin { get; }

    /// <summary>Starts a transaction that will write while others wait: it waits for a lock, and rests between statements, only briefly.</summary>
    public abstract string BeginBriefly { get; }

    /// <summary>Follows a select of the change clock, so that no other process writes until this transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Makes a table be read through an index, where the engine does not see by itself that a page is soon full.</summary>
    public abstract string Through(string index);

    /// <summary>Starts a transaction that reads, and sees the same moment all along.</summary>
    public abstract string Snapshot { get; }

    /// <summary>Ends it.</summary>
    public abstract string SnapshotEnd { get; }

    /// <summary>What is done on its connection after a long transaction has been answered.</summary>
    public abstract string AfterLong { get; }

    /// <summary>Makes the engine's own numbering go on after rows that came with their numbers.</summary>
    public abstract string AfterCopy { get; }

    /// <summary>Which database it is, spelled the same by whoever names it.</summary>
    public abstract string Place { get; }

    /// <summary>
    /// Opens a connection that stays with whoever asks. With <paramref name="create"/> it is there to prepare the database,
    /// however long that takes; without, the database must be there: an empty one in its place would answer as one that
    /// has lost everything.
    /// </summary>
    public abstract Task<DbConnection> OpenAsync(bool create = false);

    /// <summary>An open connection for reading; give it back with <see cref="ReturnAsync"/>.</summary>
    public abstract ValueTask<DbConnection> RentAsync();

    /// <summary>Takes back a connection that <see cref="RentAsync"/> gave.</summary>
    public abstract ValueTask ReturnAsync(DbConnection connection);

    /// <summary>Inserts many rows in a transaction that is open.</summary>
    public abstract Task InsertAsync(DbConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows);

    /// <summary>Makes one process prepare the database while others that start wait, until <paramref name="connection"/> is closed.</summary>
    public abstract Task LockForStartAsync(DbConnection connection);

    /// <summary>
    /// True if this process is the one that does the background work of all that share the database. Whoever asks first is, until
    /// it ends, however that happens.
    /// </summary>
    public abstract Task<bool> LeadsAsync();

    /// <summary>Stops what runs on <paramref name="connection"/> when the token is cancelled.</summary>
    public abstract IDisposable? InterruptOn(DbConnection connection, CancellationToken aborted);

    /// <summary>A fault of the database itself (disk, lock, connection), or null when the statement is to blame.</summary>
    public abstract DatabaseFaultException? Fault(Exception exception);

    /// <summary>Reads the rows of a reader of this engine without making an object of every value.</summary>
    public abstract Utf8Row Utf8(DbDataReader reader);

    /// <summary>Closes what is kept open.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>The row that a reader stands at, each value as UTF-8: text as it is, dates and instants as in JSON, true and false as 1 and 0.</summary>
public abstract class Utf8Row
{
    /// <summary>The value of a column, empty for null; until the next value is read.</summary>
    public abstract ReadOnlySpan<byte> this[int column] { get; }
}
