using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Data;

/// <summary>What happened to a resource: the values of <c>change.kind</c>.</summary>
public static class Change
{
    /// <summary>It is new.</summary>
    public const string Created = "created";

    /// <summary>Some of it is different.</summary>
    public const string Updated = "updated";

    /// <summary>It is hidden from now on.</summary>
    public const string Deleted = "deleted";

    /// <summary>It was hidden and is back.</summary>
    public const string Restored = "restored";
}

/// <summary>
/// The change log's end, as one group of writes moves it. The numbers follow commit order, time never goes back, and
/// each row's digest is made from its own content and the digest before, so that no row can be altered, removed or
/// moved unseen.
/// </summary>
sealed class ChangeLog
{
    ChangeLog(End end) => stored = Position = end;

    readonly End stored;
    DateTimeOffset? instant;

    /// <summary>Where the log ends now; set back when a write is undone.</summary>
    public End Position { get; set; }

    /// <summary>True if this group has written a change.</summary>
    public bool HasMoved => Position.Number != stored.Number;

    /// <summary>Begins a transaction; reads, and on engines with row locks holds, the end of the log until it ends.</summary>
    public static async Task<ChangeLog> OpenAsync(DbConnection connection, Engine engine) =>
        // The lock before the savepoint: whoever goes back to one lets go of the locks that were taken after it.
        new(await connection.QuerySingleAsync<End>($"{engine.BeginBriefly}; select number, at, digest from change_clock{engine.ForUpdate}; savepoint one"));

    /// <summary>Commits, and stores the end of the log, if it moved.</summary>
    public Task CommitAsync(DbConnection connection) => HasMoved
        ? connection.ExecuteAsync("update change_clock set number = @Number, at = @At, digest = @Digest; commit transaction", Position)
        : connection.ExecuteAsync("commit transaction");

    /// <summary>What <paramref name="column"/> held in the change before, of the same resource as the change at hand; null if there was none.</summary>
    public static string Before(string column) => $"""
        (select earlier.{column} from change as earlier
         where earlier.resource = change.resource and earlier.resource_key = change.resource_key and earlier.number < change.number
         order by earlier.number desc limit 1)
        """;

    /// <summary>The instant of all writes that are committed together: now in whole milliseconds, but never before the last change.</summary>
    public DateTimeOffset Tick(TimeProvider clock) => instant ??= After(stored.At, clock.GetUtcNow());

    // Two commits in one millisecond are told apart, so that whoever noted the time in between is shown what was there. What
    // is committed together nobody has seen in part, so it has one instant: with one each, a thousand clients at once would
    // take the log ahead of the clock, and who notes the time afterwards must find all of theirs. A second is the most.
    static DateTimeOffset After(DateTimeOffset last, DateTimeOffset now)
    {
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        if (now > last) return now;
        var next = last.AddMilliseconds(1);
        return next < now.AddSeconds(1) ? next : last;
    }

    /// <summary>Writes one change.</summary>
    public Task RecordAsync(Db db, string kind, Resource resource, string? reason, string? leaving, bool movesDeadline) =>
        db.ExecuteAsync($"insert into change ({Entry.Columns}) values ({Entry.Parameters})", Next(db, kind, resource, Content.Of(resource), reason, leaving, movesDeadline));

    /// <summary>Writes many changes at once, in their order.</summary>
    public Task RecordAsync(Db db, IEnumerable<(string Kind, Resource Resource, string? Reason)> changes) =>
        db.InsertAsync("change", Entry.Columns.Split(", "), changes.AsParallel().AsOrdered().Select(change => (Change: change, Content: Content.Of(change.Resource))).AsEnumerable()
            .Select(next => Next(db, next.Change.Kind, next.Change.Resource, next.Content, next.Change.Reason, null, false).Values()));

    // The chain's next link, with which the log then ends.
    Entry Next(Db db, string kind, Resource resource, Content content, string? reason, string? leaving, bool movesDeadline)
    {
        var (type, key, department, plan) = resource.Identify();
        var number = Position.Number + 1;
        var digest = Digest(Position.Digest, number, db.Now, db.Actor, reason, department, plan, type, key, kind, content.State);
        Position = new End { Number = number, At = db.Now, Digest = digest };
        return new Entry(number, db.Now, db.Actor, reason, department, plan, type, key, kind, content.State, digest, content.Folded, movesDeadline, leaving);
    }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of the row as a JSON array. The state enters as its own SHA-256: should the
    /// law demand that a content be erased, the chain over what remains can still be checked.
    /// </summary>
    public static string Digest(
        string previous, long number, DateTimeOffset at, string actor, string? reason, string? department, string? plan,
        string resource, string key, string kind, string state)
    {
        object?[] row = [previous, number, Json.Instant(at), actor, reason, department, plan, resource, key, kind, Hash(state)];
        return Hash(JsonSerializer.Serialize(row, Json.State));
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>The last row's number, time and digest.</summary>
    public sealed record End
    {
        public required long Number { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Digest { get; init; }
    }

    /// <summary>What a change holds of the resource: its state, and how that is found.</summary>
    sealed record Content(string State, string? Folded)
    {
        public static Content Of(Resource resource) => new(
            JsonSerializer.Serialize(resource, resource.GetType(), Json.State),
            resource.Fold() is { } folded ? JsonSerializer.Serialize(folded, Json.State) : null);
    }

    /// <summary>One change as its row.</summary>
    sealed record Entry(
        long Number, DateTimeOffset At, string Actor, string? Reason, string? Department, string? Plan, string Resource, string ResourceKey,
        string Kind, string State, string Digest, string? Folded, bool DeadlineMoved, string? LeftDepartment)
    {
        public const string Columns = "number, at, actor, reason, department, plan, resource, resource_key, kind, state, digest, folded, deadline_moved, left_department";

        public const string Parameters = "@Number, @At, @Actor, @Reason, @Department, @Plan, @Resource, @ResourceKey, @Kind, @State, @Digest, @Folded, @DeadlineMoved, @LeftDepartment";

        public object?[] Values() => [Number, At, Actor, Reason, Department, Plan, Resource, ResourceKey, Kind, State, Digest, Folded, DeadlineMoved, LeftDepartment];
    }
}
