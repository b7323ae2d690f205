using System.Security.Cryptography;
using ActionPlan.ApiKeys;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Mvc;

namespace ActionPlan.Pages;

/// <summary>
/// /sign-in and /sign-out: a form takes a key and begins a session of a working day. The cookie holds chance alone, so that it
/// tells no key; the session ends with the key, at once when signing out, and in every process.
/// </summary>
static class SignIn
{
    static readonly TimeSpan Lasts = TimeSpan.FromHours(9);
    static readonly QueryParameter ReturnTo = new("returnTo", "Where to go then.", "/plans/soc-2015") { MaxLength = 60_000 };

    public static void Map(IEndpointRouteBuilder pages)
    {
        // A key has 200 characters at most, and where to return to fits into an address.
        var small = new RequestSizeLimitAttribute(256 * 1024);
        pages.MapGet("/sign-in", (HttpContext http) => new View<SignInView>(new SignInModel(Local(http.Request.Query[ReturnTo.Name]), IsWrong: false))).Query(ReturnTo).AllowsEveryone();
        pages.MapPost("/sign-in", BeginAsync).WithMetadata(new RateLimits.ByAddress(), small).AllowsEveryone();
        pages.MapPost("/sign-out", EndAsync).WithMetadata(small).AllowsEveryone();
    }

    /// <summary>The address of the form that leads back to <paramref name="path"/>.</summary>
    public static string Address(string path) => "/sign-in?returnTo=" + Uri.EscapeDataString(path);

    /// <summary>True if whoever asks is better led to the form than refused.</summary>
    public static bool IsAskedOf(HttpContext http) =>
        View.IsWanted(http) && HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<WebPage>() is { IsEmbedded: false };

    /// <summary>What the cookie holds; null where there is none, or where it does not count.</summary>
    public static string? Token(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<WebPage>() is null ? null : http.Request.Cookies[CookieName(http)] is { Length: > 0 } token ? token : null;

    static async Task<IResult> BeginAsync(HttpContext http, KeyRing keys, Database database, TimeProvider clock)
    {
        if (!IsFromHere(http.Request)) return Problem.ForeignForm();
        if (!http.Request.HasFormContentType) return Problem.UnsupportedMediaType(http.Request.ContentType, ["application/x-www-form-urlencoded"]);

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var target = Local(form[ReturnTo.Name]);
        if (await keys.FindAsync(form["key"].ToString().Trim()) is not { } holder)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return new View<SignInView>(new SignInModel(target, IsWrong: true), StatusCodes.Status401Unauthorized);
        }

        var token = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var now = clock.GetUtcNow();
        await database.WriteAsync("system", async db =>
        {
            await db.ExecuteAsync("delete from web_session where expires_at <= @Now", new { Now = now });
            return await db.ExecuteAsync("insert into web_session (hash, api_key, expires_at) values (@Hash, @ApiKey, @ExpiresAt)",
                new { Hash = Secret.Hash(token), ApiKey = holder.Id, ExpiresAt = now + Lasts });
        });
        http.Response.Cookies.Append(CookieName(http), token, Cookie(http));
        return SeeOther(http, target);
    }

    static async Task<IResult> EndAsync(HttpContext http, KeyRing keys, Database database)
    {
        if (!IsFromHere(http.Request)) return Problem.ForeignForm();
        if (Token(http) is { } token)
        {
            await database.WriteAsync("system", db => db.ExecuteAsync("delete from web_session where hash = @Hash", new { Hash = Secret.Hash(token) }));
            keys.Forget();
        }

        http.Response.Cookies.Delete(CookieName(http), Cookie(http));
        return SeeOther(http, "/sign-in");
    }

    // Not kept when the browser is closed. A plain connection is one on this machine, or a proxy's; any other would give the key away first.
    static CookieOptions Cookie(HttpContext http) => new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Path = "/", Secure = IsSecure(http) };

    // The prefix keeps other hosts of the same domain from setting it (RFC 6265bis, 4.1.3).
    static string CookieName(HttpContext http) => IsSecure(http) ? "__Host-action-plan" : "action-plan";

    static bool IsSecure(HttpContext http) => http.Request.IsHttps || http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]");

    // The pages change nothing but this: so the two forms alone need to know where they were sent from. No browser leaves out both headers.
    static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && new Uri(Caller.Host(request.HttpContext)) is var here && from.Authority == here.Authority),
        _ => false,
    };

    /// <summary>A path on this host, as the Location header takes it; whatever else is asked for is the overview.</summary>
    static string Local(string? target) => target?.StartsWith('/') == true && Uri.TryCreate("http://host" + target, UriKind.Absolute, out var uri) && uri.Host == "host"
        && uri.PathAndQuery is var local && !local.StartsWith("//", StringComparison.Ordinal) ? local : "/plans";

    static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <summary>What the sign-in form shows.</summary>
/// <param name="ReturnTo">Where it leads.</param>
/// <param name="IsWrong">True if a key was tried that does not work.</param>
public sealed record SignInModel(string ReturnTo, bool IsWrong);
