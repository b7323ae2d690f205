using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionPlan.Data;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Http;

/// <summary>
/// Makes a POST safe to send again (<c>Idempotency-Key</c>, after draft-ietf-httpapi-idempotency-key-header). What it
/// answered is stored in the transaction that did it, and for a day answered again to the same request. Writes run one
/// after the other, in all processes, so a repeat that comes while the first is running waits and gets its answer. An
/// error did nothing and is not kept: the request may be corrected and sent under the same key.
/// </summary>
static class Idempotency
{
    const string Header = "Idempotency-Key";
    const int Longest = 255, SweptAtOnce = 20;

    static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    static readonly string[] KeptHeaders = ["Location", "ETag", "Preference-Applied", "Content-Language"];

    /// <summary>True if the request is to be done only once.</summary>
    public static bool IsAsked(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Headers.ContainsKey(Header);

    /// <summary>Adds a fault if the key is none.</summary>
    public static void Check(HttpRequest request, Faults faults)
    {
        if (IsAsked(request) && !(request.Headers[Header] is [{ Length: > 0 and <= Longest } key] && key.All(c => c is >= ' ' and <= '~')))
            faults.AddParameter(Header, "invalidIdempotencyKey", Longest);
    }

    /// <summary>What the same request answered before, a 422 if it was another, or what <paramref name="answer"/> says now.</summary>
    public static async Task<object?> OnceAsync(HttpContext http, Db db, Func<Task<IResult>> answer)
    {
        var key = new { Caller = Caller.Of(http).Id.ToString(), Key = http.Request.Headers[Header].ToString(), RequestHash = Digest(http), Expired = db.Now - Kept };
        if (await db.FindAsync<Replay>(FindSql, key) is { } first)
            return first.RequestHash == key.RequestHash ? first : Problem.KeyReused(key.Key);

        var result = await answer();
        if (!RequestFilter.HasWritten(result)) return result;

        await db.ExecuteAsync(SweepSql, new { key.Expired, SweptAtOnce });
        await db.ExecuteAsync(StoreSql, new
        {
            key.Caller,
            key.Key,
            key.RequestHash,
            Status = ((IStatusCodeHttpResult)result).StatusCode!.Value,
            Headers = JsonSerializer.Serialize(http.Response.Headers.Where(h => KeptHeaders.Contains(h.Key)).ToDictionary(h => h.Key, h => h.Value.ToString())),
            Body = result is IValueHttpResult { Value: { } shown } ? JsonSerializer.Serialize(shown, shown.GetType(), Json.Again) : null,
            db.Now,
        });
        return result;
    }

    static string Digest(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.GetEncodedPathAndQuery()}\n"));
        if (http.Features.Get<ReadBody>() is { } body) hash.AppendData(body.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    const string FindSql = "select request_hash, status, headers, body from idempotency_key where caller = @Caller and key = @Key and created_at > @Expired";

    // A few at a time, so that no request pays for a day's worth of others.
    const string SweepSql = """
        delete from idempotency_key
        where (caller, key) in (select caller, key from idempotency_key where created_at <= @Expired order by created_at limit @SweptAtOnce)
        """;

    // One that has expired and is still there is used anew.
    const string StoreSql = """
        insert into idempotency_key (caller, key, request_hash, status, headers, body, created_at)
        values (@Caller, @Key, @RequestHash, @Status, @Headers, @Body, @Now)
        on conflict (caller, key) do update set request_hash = excluded.request_hash, status = excluded.status,
            headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
        """;
}

/// <summary>The first answer to a request, given again. Nothing has been done for it.</summary>
sealed class Replay : IResult
{
    /// <summary>Which request it answers.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Its status.</summary>
    public required int Status { get; init; }

    /// <summary>Its headers, as a JSON object.</summary>
    public required string Headers { get; init; }

    /// <summary>Its body, without what is shown only once; null if it had none.</summary>
    public required string? Body { get; init; }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(Headers)!) http.Response.Headers[name] = value;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (Body is null) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(Body);
    }
}
