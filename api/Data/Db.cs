using System.Collections.Concurrent;
using System.Data.Common;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Data;

/// <summary>
/// One request's way to the database: outside a write it reads on a borrowed connection, inside one it is the
/// writer's transaction. Statements are stopped when the caller goes away.
/// </summary>
public sealed class Db(Database database, CancellationToken aborted) : IAsyncDisposable
{
    long? position;
    DbConnection? rented;
    bool isBroken;
    Transaction? transaction;

    /// <summary>The instant of this transaction, the same for every row it writes (UTC, whole milliseconds).</summary>
    public DateTimeOffset Now => transaction!.Now;

    /// <summary>Who writes: the name of the key, as it stands in <c>createdBy</c> and in the change log.</summary>
    public string Actor => transaction!.Actor;

    /// <summary>The last instant that statements see, or null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Totals of lists by statement and values, each with the change it was counted at.</summary>
    public ConcurrentDictionary<string, (long LastChange, int Total)> Totals => database.Totals;

    /// <summary>A session of the same request that sees things as they stood at an instant.</summary>
    public Db At(DateTimeOffset instant) => new(database, aborted) { AsOf = instant };

    /// <summary>Reads beside whatever else this session does, on a thread and a connection of its own: for answers that are made of several long lists.</summary>
    public Task<T> BesideAsync<T>(Func<Db, Task<T>> read) => Task.Run(async () =>
    {
        await using var beside = new Db(database, aborted) { AsOf = AsOf };
        return await read(beside);
    });

    /// <summary>Runs <paramref name="work"/> as one transaction of this session; see <see cref="Writer.RunAsync"/>.</summary>
    public Task<T> WriteAsync<T>(string actor, Func<Task<T>> work, Func<T, bool> keep, bool isLong = false) => database.Writer.RunAsync(this, actor, work, keep, isLong);

    /// <summary>Binds an endpoint's parameter of this type; the connection goes back when the answer has been sent.</summary>
    public static ValueTask<Db?> BindAsync(HttpContext http)
    {
        var db = new Db(http.RequestServices.GetRequiredService<Database>(), http.RequestAborted) { AsOf = Caller.Of(http).AsOf?.Instant };
        http.Response.RegisterForDisposeAsync(db);
        return ValueTask.FromResult<Db?>(db);
    }

    /// <summary>All rows of a query.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        RunAsync<IReadOnlyList<T>>(async connection => (List<T>)await connection.QueryAsync<T>(Command(sql, parameters)));

    /// <summary>All rows of a query, each split in two at a column.</summary>
    public Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(string sql, string splitOn, object? parameters) =>
        RunAsync<IReadOnlyList<(T1, T2)>>(async connection =>
            (List<(T1, T2)>)await connection.QueryAsync<T1, T2, (T1, T2)>(Command(sql, parameters), (a, b) => (a, b), splitOn));

    /// <summary>The one row of a query, or null when there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) =>
        RunAsync(connection => connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters)));

    /// <summary>
    /// Hands the rows of a query to <paramref name="read"/> one by one, as they come; it says after each if it wants to be
    /// awaited. Nothing is kept, so that the rows may be any number.
    /// </summary>
    public Task StreamAsync(string sql, object? parameters, Func<Utf8Row, ValueTask> read) => RunAsync<object?>(async connection =>
    {
        await using var wrapped = await connection.ExecuteReaderAsync(Command(sql, parameters, LongestSort));
        var reader = (DbDataReader)((IWrappedDataReader)wrapped).Reader;
        var row = database.Engine.Utf8(reader);
        try
        {
            while (await reader.ReadAsync(aborted)) await read(row);
        }
        catch
        {
            // Closing would read on to the end.
            ((IWrappedDataReader)wrapped).Command.Cancel();
            throw;
        }

        return null;
    });

    /// <summary>Runs <paramref name="work"/> so that all it reads in this session is of one moment.</summary>
    public async Task SnapshotAsync(Func<Task> work)
    {
        await ExecuteAsync(database.Engine.Snapshot);
        try
        {
            await work();
        }
        finally
        {
            // Whatever cannot be ended is not used again.
            isBroken = true;
            await rented!.ExecuteAsync(database.Engine.SnapshotEnd);
            isBroken = false;
        }
    }

    /// <summary>Runs a statement; the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        RunAsync(connection => connection.ExecuteAsync(Command(sql, parameters)));

    /// <summary>
    /// Writes the change row that belongs to this write: who, when, why, and the whole state afterwards;
    /// <paramref name="leaving"/> is the department that the resource had before, if it moves.
    /// </summary>
    public Task RecordAsync(string kind, Resource resource, string? reason = null, string? leaving = null, bool movesDeadline = false) =>
        transaction!.Log.RecordAsync(this, kind, resource, reason, leaving, movesDeadline);

    /// <summary>Writes a change row for each of many, in their order.</summary>
    public Task RecordAllAsync(IEnumerable<(string Kind, Resource Resource, string? Reason)> changes) => transaction!.Log.RecordAsync(this, changes);

    /// <summary>Inserts many rows at once, the way the engine is quickest; a value is text, a number, a boolean, a day, an instant, an id or null.</summary>
    public Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => database.Engine.InsertAsync(transaction!.Connection, table, columns, rows);

    internal void Join(Transaction? writing) => transaction = writing;

    /// <summary>Gives the borrowed connection back.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref rented, null) is not { } connection ? ValueTask.CompletedTask
        : isBroken ? connection.DisposeAsync()
        : database.Engine.ReturnAsync(connection);

    // Seconds until the first of a million rows, which may have to be sorted.
    const int LongestSort = 120;

    const string PositionSql = "select coalesce((select number from change where at <= @At order by at desc, number desc limit 1), 0)";

    // A list has as many texts as there are combinations of filters, and Dapper would remember every one for ever.
    CommandDefinition Command(string sql, object? parameters, int? timeout = null)
    {
        if (position is not null)
        {
            sql = Data.AsOf.Rewrite(sql);
            var past = parameters as DynamicParameters ?? new DynamicParameters(parameters);
            past.Add("AsOf", position);
            parameters = past;
        }

        return new CommandDefinition(sql, parameters, commandTimeout: timeout, flags: parameters is DynamicParameters ? CommandFlags.Buffered | CommandFlags.NoCache : CommandFlags.Buffered, cancellationToken: aborted);
    }

    async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> statement)
    {
        if (transaction is not null) return await statement(transaction.Connection);

        rented ??= await database.Engine.RentAsync();
        using var interrupt = database.Engine.InterruptOn(rented, aborted);
        try
        {
            if (AsOf is { } instant) position ??= await rented.ExecuteScalarAsync<long>(PositionSql, new { At = instant });
            return await statement(rented);
        }
        catch (Exception exception) when (database.Engine.Fault(exception) is not null)
        {
            // The next reader is to have a new one.
            isBroken = true;
            throw;
        }
    }
}
