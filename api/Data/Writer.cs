using System.Data;
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

    // Whoever waits is to be answered within some ten seconds; a restart or a change of the leading server takes less.
    static readonly TimeSpan LongestDoubt = TimeSpan.FromSeconds(6), Pause = TimeSpan.FromMilliseconds(100);

    // Others are to be answered within five seconds while something long is written.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    static readonly Meter Meter = new(MeterName);
    static readonly Counter<long> Writes = Meter.CreateCounter<long>("actionplan.writes");
    static readonly Counter<long> Commits = Meter.CreateCounter<long>("actionplan.commits");

    readonly Engine engine;
    readonly TimeProvider clock;
    readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(10_000) { SingleReader = true });
    readonly Task loop;
    DbConnection? connection;
    volatile bool isBusy;

    internal Writer(Engine engine, TimeProvider clock)
    {
        this.engine = engine;
        this.clock = clock;
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Raised when changes have been committed.</summary>
    public event Action? ChangesCommitted;

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction on <paramref name="db"/>. What it wrote stays only if
    /// <paramref name="keep"/> says so of its result, and the result is handed over only when that is durable. Work that
    /// <paramref name="isLong"/> has a transaction to itself, so that nobody's commit waits for it.
    /// </summary>
    /// <exception cref="DatabaseFaultException">The database failed, or is busy with something long; nothing was stored.</exception>
    public async Task<T> RunAsync<T>(Db db, string actor, Func<Task<T>> work, Func<T, bool> keep, bool isLong = false)
    {
        T result = default!;
        var job = new Job(db, actor, ExecutionContext.Capture(), async () => keep(result = await work())) { IsLong = isLong };
        await queue.Writer.WriteAsync(job);
        while (true)
        {
            try
            {
                await job.Done.Task.WaitAsync(LongestWait, clock);
                return result;
            }
            catch (TimeoutException wait)
            {
                // Done in the very moment that the wait ended: then that is the answer.
                if (job.Done.Task.IsCompleted)
                {
                    await job.Done.Task;
                    return result;
                }

                // The client is told to come again. What has begun is waited for, and so is a crowd of short writes: it moves on.
                if (isBusy && job.GivesUp()) throw new DatabaseFaultException(false, wait);
            }
        }
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
            while (group.Count < LargestGroup && queue.Reader.TryPeek(out var next) && Fits(next, group) && queue.Reader.TryRead(out var job)) group.Add(job);
            group.RemoveAll(job => !job.Begins());
            if (group.Count == 0) continue;
            isBusy = group[0].IsLong;
            await CommitAsync(group);
            if (isBusy) await TidyAsync();
            isBusy = false;
            group.Clear();
        }
    }

    static bool Fits(Job job, List<Job> group) => group.Count == 0 || !(job.IsLong || group[0].IsLong);

    async Task CommitAsync(List<Job> group)
    {
        try
        {
            var log = await OpenAsync();
            foreach (var job in group) await RunAsync(job, connection!, log, isLast: job == group[^1]);
            await CommitAsync(log);
            Writes.Add(group.Count(job => job.IsKept));
            Commits.Add(1);
            foreach (var job in group) job.Complete();
            if (log.HasMoved) ChangesCommitted?.Invoke();
        }
        catch (Exception exception)
        {
            Discard();
            var fault = engine.Fault(exception) ?? exception;
            foreach (var job in group) job.Fail(fault);
        }
    }

    async Task<ChangeLog> OpenAsync()
    {
        var hasRested = connection is not null;
        connection ??= await engine.OpenAsync();
        try
        {
            return await ChangeLog.OpenAsync(connection, engine);
        }
        catch (Exception exception) when (hasRested && connection.State != ConnectionState.Open && exception.InnerException is not TimeoutException)
        {
            // It was cut while nothing was asked of it: by a restart, or by a firewall that found it too quiet.
            Discard();
            connection = await engine.OpenAsync();
            return await ChangeLog.OpenAsync(connection, engine);
        }
    }

    async Task CommitAsync(ChangeLog log)
    {
        try
        {
            // Dapper opens what is closed, and there a commit would store the end of the log without the log.
            if (connection!.State != ConnectionState.Open) throw new DatabaseFaultException(false, new InvalidOperationException("the connection is gone"));
            await log.CommitAsync(connection);
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
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await using var asking = await engine.OpenAsync();
                // Waits for the old transaction, if the server still has it open: it may yet be told to commit.
                await ChangeLog.OpenAsync(asking, engine);
                var stored = await asking.ExecuteScalarAsync<long>("select count(*) from change where number = @Number and digest = @Digest", log.Position);
                await asking.ExecuteAsync("rollback transaction");
                return stored == 1;
            }
            catch (Exception exception) when (engine.Fault(exception) is not null)
            {
                if (clock.GetElapsedTime(since) > LongestDoubt) throw new DatabaseFaultException(false, exception) { IsInDoubt = true };
                await Task.Delay(Pause, clock);
            }
        }
    }

    // A savepoint is open before each job, and what happens to it waits for the next.
    async Task RunAsync(Job job, DbConnection writing, ChangeLog log, bool isLast)
    {
        var before = log.Position;
        // It is alone: all can go back. Behind a savepoint the old content of every page that it changes would be kept in memory.
        if (job.IsLong) await writing.ExecuteAsync("release one");
        job.Db.Join(new Transaction(writing, log, log.Tick(clock), job.Actor));
        try
        {
            job.IsKept = await job.RunAsync();
        }
        catch (Exception exception) when (engine.Fault(exception) is null)
        {
            job.Fault = exception;
        }
        finally
        {
            job.Db.Join(null);
        }

        if (!job.IsKept)
        {
            await writing.ExecuteAsync(job.IsLong ? "rollback transaction; begin transaction" : "rollback to one");
            log.Position = before;
        }
        else if (!isLast)
        {
            await writing.ExecuteAsync("release one; savepoint one");
        }
    }

    // What a long one has left to do is done now that it is answered, and what it has filled its connection with is given back.
    async Task TidyAsync()
    {
        try
        {
            if (connection is not null) await connection.ExecuteAsync(engine.AfterLong);
        }
        catch (Exception exception) when (engine.Fault(exception) is not null)
        {
            // Nothing depends on it, and others will do it by and by.
        }

        Discard();
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
        int state;

        public Db Db { get; } = db;
        public string Actor { get; } = actor;
        public Exception? Fault { get; set; }
        public bool IsKept { get; set; }
        public bool IsLong { get; init; }
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>True if its turn has come before its caller gave up.</summary>
        public bool Begins() => Interlocked.CompareExchange(ref state, 1, 0) == 0;

        /// <summary>True if its turn has not come, and now never will.</summary>
        public bool GivesUp() => Interlocked.CompareExchange(ref state, 2, 0) == 0;

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
