using ActionPlan.Data;

namespace ActionPlan.Http;

/// <summary>The two questions of an operator's probe; neither needs a key.</summary>
sealed class Health(Database database, TimeProvider clock, ILogger<Health> log) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(250);

    readonly SemaphoreSlim one = new(1);
    (bool IsReady, long At) last;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok\n")).ExcludeFromDescription();
        app.MapGet("/readyz", async () => await IsReadyAsync()
            ? Results.Text("ready\n")
            : Problem.Of(new DatabaseFaultException(false, new InvalidOperationException("not ready")))).ExcludeFromDescription();
    }

    public void Dispose() => one.Dispose();

    // Four probes a second are enough; whoever asks more often, without a key, must not keep the disk busy.
    async Task<bool> IsReadyAsync()
    {
        await one.WaitAsync();
        try
        {
            if (last.At == 0 || clock.GetElapsedTime(last.At) > Fresh) last = (await TakesAWriteAsync(), clock.GetTimestamp());
            return last.IsReady;
        }
        finally
        {
            one.Release();
        }
    }

    // Only a write tells of a full disk.
    async Task<bool> TakesAWriteAsync()
    {
        try
        {
            return await database.WriteAsync("system", async db =>
            {
                await db.ExecuteAsync("update readiness set checked_at = @Now", new { Now = clock.GetUtcNow() });
                return await Migrations.AreAppliedAsync(db, database.Engine);
            });
        }
        catch (Exception exception)
        {
            log.LogWarning("Not ready: {Reason}", exception.Message);
            return false;
        }
    }
}
