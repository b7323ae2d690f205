using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Dapper;

namespace ActionPlan.Data;

/// <summary>
/// The one writer. Writes wait in a queue; all that wait are taken into one transaction, each behind a savepoint of
/// its own, and are answered only after the commit. One disk flush thus serves many writers, and none starves.
/// </summary>
public sealed class Writer : IAsyncDisposable
{
    /// <summary>What the writer measures of itself: how many writes it has committed, and in how many transactions.</summary>
    public const string MeterName = "ActionPlan.Writer";

    const int LargestGroup = 256;

    static readonly Meter Meter = new(MeterName);
    static readonly Counter<long> Writes = Meter.CreateCounter<long>("actionplan.writes");
    static readonly Counter<long> Commits = Meter.CreateCounter<long>("actionplan.commits");

    readonly Engine engine;
    readonly TimeProvider clock;
    readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(10_000) { SingleReader = true });
    readonly Task loop;
    DbConnection? connection;

    internal Writer(Engine engine, TimeProvider clock)
    {
        this.engine = engine;
        this.clock = clock;
        loop = Task.Run(LoopAsync);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction on <paramref name="db"/>. What it wrote stays only if
    /// <paramref name="keep"/> says so of its result, and the result is handed over only when that is durable.
    /// </summary>
    /// <exception cref="DatabaseFaultException">The database failed; nothing was stored.</exception>
    public async Task<T> RunAsync<T>(Db db, string actor, Func<Task<T>> work, Func<T, bool> keep)
    {
        T result = default!;
        var job = new Job(db, actor, ExecutionContext.Capture(), async () => keep(result = await work()));
        await queue.Writer.WriteAsync(job);
        await job.Done.Task;
        return result;
    }

    /// <summary>Takes no more writes and waits until those taken are on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        connection?.Dispose();
    }

    async Task LoopAsync()
    {
        var group = new List<Job>();
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var job)) group.Add(job);
            await CommitAsync(group);
        }
    }

    async Task CommitAsync(List<Job> group)
    {
        try
        {
            connection ??= await engine.OpenAsync();
            await connection.ExecuteAsync(engine.Begin);
            var log = await ChangeLog.OpenAsync(connection, engine);

            foreach (var job in group) await RunAsync(job, connection, log);

            await log.CloseAsync(connection);
            await CommitAsync(log);
            Writes.Add(group.Count(job => job.IsKept));
            Commits.Add(1);
            foreach (var job in group) job.Complete();
        }
        catch (Exception exception)
        {
            Discard();
            var fault = engine.Fault(exception) ?? exception;
            foreach (var job in group) job.Fail(fault);
        }
    }

    async Task CommitAsync(ChangeLog log)
    {
        try
        {
            await connection!.ExecuteAsync("commit transaction");
        }
        catch (Exception exception) when (engine.Fault(exception) is not null && log.HasMoved)
        {
            // A connection that breaks here leaves open whether it happened. The answer stands in the database, and a
            // client that is told "try again" after all would store everything twice.
            Discard();
            if (!await IsStoredAsync(log)) throw;
        }
    }

    async Task<bool> IsStoredAsync(ChangeLog log)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                await using var asking = await engine.OpenAsync();
                await asking.ExecuteAsync(engine.Begin);
                // Waits for the old transaction, if the server still has it open.
                await ChangeLog.OpenAsync(asking, engine);
                var stored = await asking.ExecuteScalarAsync<long>("select count(*) from change where number = @Number and digest = @Digest", log.Position);
                await asking.ExecuteAsync("rollback transaction");
                return stored == 1;
            }
            catch (Exception exception) when (engine.Fault(exception) is not null)
            {
                await timer.WaitForNextTickAsync();
            }
        }

        return false;
    }

    async Task RunAsync(Job job, DbConnection writing, ChangeLog log)
    {
        var before = log.Position;
        await writing.ExecuteAsync("savepoint one");
        job.Db.Join(new Transaction(writing, log, log.Tick(clock), job.Actor));
        try
        {
            if (await job.RunAsync())
            {
                job.IsKept = true;
                await writing.ExecuteAsync("release one");
                return;
            }
        }
        catch (Exception exception) when (engine.Fault(exception) is null)
        {
            job.Fault = exception;
        }
        finally
        {
            job.Db.Join(null);
        }

        await writing.ExecuteAsync("rollback to one; release one");
        log.Position = before;
    }

    // After a fault nobody knows what state the connection is in; a new one starts clean.
    void Discard()
    {
        try
        {
            connection?.Dispose();
        }
        catch (Exception exception) when (engine.Fault(exception) is not null)
        {
            // It is gone either way.
        }

        connection = null;
    }

    sealed class Job(Db db, string actor, ExecutionContext? context, Func<Task<bool>> work)
    {
        public Db Db { get; } = db;
        public string Actor { get; } = actor;
        public Exception? Fault { get; set; }
        public bool IsKept { get; set; }
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // In the caller's context: its language and its trace are asynchronous locals.
        public Task<bool> RunAsync()
        {
            if (context is null) return work();
            Task<bool>? running = null;
            ExecutionContext.Run(context, _ => running = work(), null);
            return running!;
        }

        public void Complete()
        {
            if (Fault is null) Done.SetResult();
            else Done.TrySetException(Fault);
        }

        public void Fail(Exception fault) => Done.TrySetException(Fault ?? fault);
    }
}

/// <summary>One write's part of the group's transaction.</summary>
sealed record Transaction(DbConnection Connection, ChangeLog Log, DateTimeOffset Now, string Actor);
