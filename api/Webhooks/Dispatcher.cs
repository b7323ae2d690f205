using System.Collections.Concurrent;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>
/// Sends what has happened to the webhooks: after commit, at least once, in order for each. It wakes when this process
/// commits a change, and looks every second for what others have committed and what is to be tried again. Of several
/// processes on one database one does this work, and the daily one; when it ends, another takes over.
/// </summary>
public sealed class Dispatcher(Database database, Sender sender, DailyWork daily, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), GivesUpAfter = TimeSpan.FromHours(24), LongestDelay = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<Guid, Task> running = new();
    readonly SemaphoreSlim signal = new(0, 1);
    string? told;

    /// <summary>Has it look now.</summary>
    public void Wake()
    {
        // Woken twice is woken.
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was quicker.
            }
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        signal.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        database.Writer.ChangesCommitted += Wake;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Guarded(LookAsync(stopping));
                await signal.WaitAsync(Pause, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // What is on its way is broken off; the next start sends it again.
        }
        finally
        {
            database.Writer.ChangesCommitted -= Wake;
            await Task.WhenAll(running.Values);
        }
    }

    async Task LookAsync(CancellationToken stopping)
    {
        if (!await database.Engine.LeadsAsync()) return;
        await daily.RunAsync();

        IReadOnlyList<Active> webhooks;
        await using (var db = database.Read()) webhooks = await db.QueryAsync<Active>(ActiveSql, new { Now = clock.GetUtcNow() });
        foreach (var webhook in webhooks)
        {
            if (!webhook.KeyWorks) await PauseAsync(webhook.Id, PauseReason.KeyStopped);
            // One that hangs keeps none of the others waiting.
            else if (!running.ContainsKey(webhook.Id)) running[webhook.Id] = Task.Run(() => ServeAsync(webhook.Id, stopping), CancellationToken.None);
        }
    }

    async Task ServeAsync(Guid webhook, CancellationToken stopping)
    {
        await Guarded(SendAllAsync(webhook, stopping));
        running.TryRemove(webhook, out _);
    }

    async Task SendAllAsync(Guid webhook, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var (waiting, body) = await NextAsync(webhook);
            if (waiting is null)
            {
                if (!await Outbox.FillAsync(database, webhook)) return;
                continue;
            }

            // Those behind it wait too: they are told in order.
            if (body is null) return;
            var at = clock.GetUtcNow();
            var started = clock.GetTimestamp();
            var outcome = await sender.SendAsync(waiting.Url, waiting.Id, at, body, waiting.Secrets(at), stopping);
            await RecordAsync(waiting, outcome, at, clock.GetElapsedTime(started));
        }
    }

    // The message that goes out next, and what it says if its time has come.
    async Task<(Waiting? Waiting, string? Body)> NextAsync(Guid webhook)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Read();
        if (await db.FindAsync<Waiting>(NextSql, new { Id = webhook, Now = now }) is not { } next) return (null, null);
        if (next.ResendAt is null && next.NextAttemptAt > now) return (next, null);

        var message = await Message.ReadAsync(db, next.Type, next.ChangeNumber, next.EventNumber);
        return (next, (next.Format == Formats.Teams ? TeamsCard.Of(message) : message).ToJsonString(Json.Options));
    }

    Task<bool> RecordAsync(Waiting waiting, Outcome outcome, DateTimeOffset at, TimeSpan took) => database.WriteAsync("system", async db =>
    {
        var attempt = new DeliveryAttempt { At = at, Status = outcome.Status, Answer = outcome.Answer, Error = outcome.Error, Milliseconds = (int)took.TotalMilliseconds };
        // One that was delivered before and is sent again is tried once.
        var isPending = waiting.DeliveredAt is null;
        var givesUp = (waiting.FirstAttemptAt ?? at) + GivesUpAfter;
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, waiting.Tries), LongestDelay.TotalSeconds));
        var isLast = isPending && !outcome.IsDelivered && (outcome.IsGone || at >= givesUp);
        await db.ExecuteAsync(RecordSql, new
        {
            waiting.Id,
            Attempts = DeliveryAttempt.Append(waiting.Attempts, attempt),
            DeliveredAt = waiting.DeliveredAt ?? (outcome.IsDelivered ? db.Now : null),
            FirstAttemptAt = waiting.FirstAttemptAt ?? at,
            NextAttemptAt = isPending && !outcome.IsDelivered && !isLast ? (at + delay < givesUp ? at + delay : givesUp) : (DateTimeOffset?)null,
        });
        if (isLast || outcome.IsGone) await PauseAsync(db, waiting.Webhook, outcome.IsGone ? PauseReason.Gone : PauseReason.Undeliverable);
        return true;
    });

    Task<bool> PauseAsync(Guid webhook, string reason) => database.WriteAsync("system", db => PauseAsync(db, webhook, reason));

    static async Task<bool> PauseAsync(Db db, Guid webhook, string reason)
    {
        if (await db.FindAsync<WebhookResponse>(PauseSql, new { Id = webhook, Reason = reason, db.Now, db.Actor }) is not { } paused) return false;
        await db.RecordAsync(Change.Updated, paused);
        return true;
    }

    // Nobody waits for this work; what failed is tried again in a second.
    async Task Guarded(Task work)
    {
        try
        {
            await work;
            told = null;
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
        catch (Exception fault)
        {
            // Once, not every second.
            if (told != fault.Message) log.LogWarning("Webhooks could not be served: {Reason}", fault.Message);
            told = fault.Message;
        }
    }

    const string ActiveSql = $"select id, {WebhookResponse.KeyWorks} as key_works from webhook where state = 'active' and deleted_at is null";

    // Asked for before each message, so that a key that is revoked stops the very next.
    const string NextSql = $"""
        select delivery.id, delivery.webhook, type, change_number, event_number, delivered_at, resend_at, tries, first_attempt_at, next_attempt_at, attempts,
               url, format, secret, previous_secret, previous_secret_until
        from webhook
        join delivery on delivery.webhook = webhook.id and (delivered_at is null or resend_at is not null)
        where webhook.id = @Id and webhook.state = 'active' and webhook.deleted_at is null and {WebhookResponse.KeyWorks}
        order by case when resend_at is null then 1 else 0 end, delivery.number
        limit 1
        """;

    const string RecordSql = """
        update delivery set attempts = @Attempts, tries = tries + 1, delivered_at = @DeliveredAt, resend_at = null,
            first_attempt_at = @FirstAttemptAt, next_attempt_at = @NextAttemptAt
        where id = @Id
        """;

    const string PauseSql = $"""
        update webhook set state = 'paused', pause_reason = @Reason, version = version + 1, updated_at = @Now, updated_by = @Actor
        where id = @Id and state = 'active' and deleted_at is null
        returning {WebhookResponse.Columns}
        """;

    sealed class Active
    {
        public required Guid Id { get; init; }
        public required bool KeyWorks { get; init; }
    }

    /// <summary>A delivery that is not done, and its webhook.</summary>
    sealed class Waiting
    {
        public required Guid Id { get; init; }
        public required Guid Webhook { get; init; }
        public required string Type { get; init; }
        public required long ChangeNumber { get; init; }
        public required long EventNumber { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
        public DateTimeOffset? ResendAt { get; init; }
        public required int Tries { get; init; }
        public DateTimeOffset? FirstAttemptAt { get; init; }
        public DateTimeOffset? NextAttemptAt { get; init; }
        public required string Attempts { get; init; }
        public required string Url { get; init; }
        public required string Format { get; init; }
        public required string Secret { get; init; }
        public string? PreviousSecret { get; init; }
        public DateTimeOffset? PreviousSecretUntil { get; init; }

        /// <summary>Those that sign at an instant, the newest first.</summary>
        public IEnumerable<string> Secrets(DateTimeOffset at) => PreviousSecret is { } previous && PreviousSecretUntil > at ? [Secret, previous] : [Secret];
    }
}
