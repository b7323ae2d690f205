using System.Diagnostics;
using ActionPlan.Data;

namespace ActionPlan.Http;

/// <summary>What every answer of this host has in common, whatever endpoint gives it.</summary>
static class Protocol
{
    /// <summary>Adds the middleware, outermost first.</summary>
    public static void UseProtocol(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseRequestLocalization();
        app.Use(HeadersAsync);
        app.Use(FaultsAsync);
        app.UseStatusCodePages(context => Problem.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.Use(MethodsAsync);
    }

    /// <summary>True if the answer's headers alone are asked for: what would be long need not be made.</summary>
    public static bool WantsHeadersAlone(this HttpContext http) => http.Items.ContainsKey(nameof(HttpMethods.Head));

    static Task HeadersAsync(HttpContext http, RequestDelegate next)
    {
        // Kestrel starts an activity for each request from the caller's traceparent; without a listener there is none.
        if (Activity.Current is null) new Activity("request").SetParent(http).Start();

        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers["traceparent"] = Activity.Current?.Id;
            headers.XContentTypeOptions = "nosniff";
            if (headers["Referrer-Policy"].Count == 0) headers["Referrer-Policy"] = "no-referrer";
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
            headers.Vary = "Accept, Accept-Language, Authorization, Cookie";
            return Task.CompletedTask;
        });
        return next(http);
    }

    static Activity SetParent(this Activity activity, HttpContext http)
    {
        var parent = http.Request.Headers["traceparent"].ToString();
        return ActivityContext.TryParse(parent, null, out _) ? activity.SetParentId(parent) : activity;
    }

    // HEAD is GET without the body, which Kestrel leaves out; OPTIONS is told what 405 would tell.
    static async Task MethodsAsync(HttpContext http, RequestDelegate next)
    {
        var options = HttpMethods.IsOptions(http.Request.Method);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[nameof(HttpMethods.Head)] = true;
            http.Request.Method = HttpMethods.Get;
        }

        await next(http);

        if (http.Response.StatusCode != StatusCodes.Status405MethodNotAllowed || http.Response.HasStarted) return;
        var allowed = http.Response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (allowed.Contains("GET")) allowed = [.. allowed, "HEAD"];
        http.Response.Headers.Allow = string.Join(", ", allowed.Append("OPTIONS").Distinct().Order(StringComparer.Ordinal));
        if (options) http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    static async Task FaultsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var headers = http.Response.Headers.Where(h => h.Key.StartsWith("RateLimit", StringComparison.Ordinal)).ToList();
            http.Response.Clear();
            foreach (var header in headers) http.Response.Headers.Append(header.Key, header.Value);
            await Describe(exception, http).ExecuteAsync(http);
        }
    }

    static Problem Describe(Exception exception, HttpContext http)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ActionPlan");
        switch (exception as DatabaseFaultException ?? http.RequestServices.GetRequiredService<Database>().Engine.Fault(exception) ?? exception)
        {
            case DatabaseFaultException fault:
                log.LogWarning("The database failed: {Reason} ({TraceId})", fault.Message, Activity.Current?.TraceId);
                return Problem.Of(fault);
            case BadHttpRequestException fault:
                return Problem.Of(fault.StatusCode);
            default:
                log.LogError(exception, "{Method} {Path} failed ({TraceId})", http.Request.Method, http.Request.Path, Activity.Current?.TraceId);
                return Problem.Of(StatusCodes.Status500InternalServerError);
        }
    }
}
