using System.Security.Claims;
using System.Threading.RateLimiting;

namespace ActionPlan.Http;

/// <summary>
/// A number of requests per key and minute. Told in <c>RateLimit</c> and <c>RateLimit-Policy</c>
/// (draft-ietf-httpapi-ratelimit-headers), enforced with 429 and <c>Retry-After</c>.
/// </summary>
sealed class RateLimits : IDisposable
{
    /// <summary>Marks an endpoint whose anonymous callers are counted by where they call from.</summary>
    public sealed class ByAddress;

    readonly int limit;
    readonly PartitionedRateLimiter<string> limiter;

    public RateLimits(Settings settings)
    {
        limit = settings.RequestsPerMinute;
        limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ =>
            new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // Whoever tries keys has none yet.
        var key = http.User.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? (http.GetEndpoint()?.Metadata.GetMetadata<ByAddress>() is null ? null : $"{http.Connection.RemoteIpAddress}");
        if (limit == 0 || key is null)
        {
            await next(http);
            return;
        }

        var (lease, remaining) = Acquire(key);
        using var held = lease;
        http.Response.Headers["RateLimit-Policy"] = $"\"default\";q={limit};w=60";
        http.Response.Headers["RateLimit"] = $"\"default\";r={remaining}";

        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers["RateLimit"] = $"\"default\";r=0;t={seconds}";
        await Problem.RateLimited(limit, seconds).ExecuteAsync(http);
    }

    // Together, so that of requests at once no two are told the same number.
    (RateLimitLease Lease, long Remaining) Acquire(string key)
    {
        lock (limiter) return (limiter.AttemptAcquire(key), limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0);
    }

    public void Dispose() => limiter.Dispose();
}
