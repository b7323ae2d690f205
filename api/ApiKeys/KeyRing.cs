using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ActionPlan.Data;

namespace ActionPlan.ApiKeys;

/// <summary>
/// Knows who a key belongs to. What the database says is believed for half a second, so that a revoked key stops
/// working everywhere within one; when a key was used is written behind, to the minute.
/// </summary>
public sealed class KeyRing(Database database, TimeProvider clock, ILogger<KeyRing> log) : BackgroundService
{
    static readonly TimeSpan Believed = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentDictionary<(string Sql, string Hash), (Holder? Holder, long Read)> known = new();
    readonly ConcurrentDictionary<Guid, DateTimeOffset> used = new();
    HashSet<string> chosenByHumans = [];

    /// <summary>Reads which keys carry no checksum; called when the database is ready.</summary>
    public async Task PrepareAsync()
    {
        await using var db = database.Read();
        chosenByHumans = [.. await db.QueryAsync<string>("select hash from api_key where has_checksum = false")];
    }

    /// <summary>The holder of a key that works now, or null. A mistyped key is told from its checksum alone.</summary>
    public async Task<Holder?> FindAsync(string key)
    {
        var hash = Secret.Hash(key);
        return !Secret.HasChecksum(key) && !chosenByHumans.Contains(hash) ? null : await FindAsync(Sql, hash);
    }

    /// <summary>The holder of the key that a session on the web pages was begun with, or null when either has ended.</summary>
    public Task<Holder?> FindSessionAsync(string token) => FindAsync(SessionSql, Secret.Hash(token));

    async Task<Holder?> FindAsync(string sql, string hash)
    {
        if (!known.TryGetValue((sql, hash), out var entry) || clock.GetElapsedTime(entry.Read) > Believed)
        {
            await using var db = database.Read();
            var asked = clock.GetTimestamp();
            entry = (await db.FindAsync<Holder>(sql, new { Hash = hash, Now = clock.GetUtcNow() }), asked);
            // Keys that do not exist must not fill the memory.
            if (entry.Holder is not null) known[(sql, hash)] = entry;
            else known.TryRemove((sql, hash), out _);
        }

        var now = clock.GetUtcNow();
        if (entry.Holder is not { } holder || holder.ExpiresAt <= now) return null;

        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        if (!(holder.LastUsedAt >= minute)) used[holder.Id] = minute;
        return holder;
    }

    /// <summary>Believes nothing any more: a key has been revoked here.</summary>
    public void Forget() => known.Clear();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await WriteAsync();
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    async Task WriteAsync()
    {
        if (used.IsEmpty) return;
        var batch = used.ToArray();
        try
        {
            await database.WriteAsync("system", async db =>
            {
                foreach (var (id, minute) in batch) await db.ExecuteAsync(Touch, new { Id = id, Minute = minute });
                return true;
            });
            foreach (var pair in batch) used.TryRemove(pair);
        }
        catch (Exception fault)
        {
            // Nobody waits for it; it is tried again in a second.
            log.LogWarning("When keys were used could not be written: {Reason}", fault.Message);
        }
    }

    const string Sql = """
        select api_key.id, api_key.name, role, department, expires_at, last_used_at
        from api_key
        where hash = @Hash and revoked_at is null
        """;

    const string SessionSql = """
        select api_key.id, api_key.name, role, department, api_key.expires_at, last_used_at
        from web_session join api_key on api_key.id = web_session.api_key
        where web_session.hash = @Hash and web_session.expires_at > @Now and revoked_at is null
        """;

    const string Touch = """
        update api_key set last_used_at = @Minute
        where id = @Id and (last_used_at is null or last_used_at < @Minute)
        """;

    /// <summary>Who holds a key.</summary>
    public class Holder
    {
        /// <summary>The key's id.</summary>
        public required Guid Id { get; init; }

        /// <summary>The key's name.</summary>
        public required string Name { get; init; }

        /// <summary>Its role.</summary>
        public required string Role { get; init; }

        /// <summary>The department it is bound to, or null.</summary>
        public string? Department { get; init; }

        /// <summary>When it stops working, or null.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>The minute it was last seen in the database, or null.</summary>
        public DateTimeOffset? LastUsedAt { get; init; }
    }
}

/// <summary>Makes keys, and tells a key that was mistyped from one that may exist.</summary>
public static class Secret
{
    const string Prefix = "ap_";
    const int RandomLength = 43;
    const int ChecksumLength = 6;
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key: <c>ap_</c>, 256 bits of chance in letters and digits, and a checksum over both.</summary>
    public static string Create()
    {
        var random = Prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return random + Checksum(random);
    }

    /// <summary>A word of 256 bits of chance for an address. It has neither prefix nor checksum, and so is never taken for a key.</summary>
    public static string Token() => RandomNumberGenerator.GetString(Alphabet, RandomLength);

    /// <summary>SHA-256 in lower-case hexadecimal: a key of 256 random bits needs no slower hash.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>True if the key has the form and the checksum of one made here.</summary>
    public static bool HasChecksum(string key) =>
        key.Length == Prefix.Length + RandomLength + ChecksumLength
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Checksum(key[..^ChecksumLength]), StringComparison.Ordinal);

    static string Checksum(string text) =>
        string.Concat(SHA256.HashData(Encoding.ASCII.GetBytes(text)).Take(ChecksumLength).Select(b => Alphabet[b % Alphabet.Length]));
}
