using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Http;

/// <summary>Who asks, and under which conditions: the key's name, role and department, and the request's preconditions.</summary>
public sealed class Caller
{
    static readonly string Build = typeof(Caller).Assembly.GetName().Version + "/" + typeof(Caller).Assembly.ManifestModule.ModuleVersionId;
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    readonly HttpContext http;

    Caller(HttpContext http)
    {
        this.http = http;
        Id = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
        Name = http.User.FindFirstValue(ClaimTypes.Name) ?? "";
        Role = http.User.FindFirstValue(ClaimTypes.Role) ?? "";
        Scope = http.User.FindFirstValue("department");
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        Today = Day(clock.GetUtcNow());
        if (http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Query.Contains(Moment.AsOf) == true && Moment.Of(http, Moment.AsOf, Today) is { } moment)
        {
            AsOf = moment;
            Today = moment.Day;
        }

        BaseUrl = Host(http) + Settings.BasePath;
    }

    /// <summary>The key's id, or null when no key was sent.</summary>
    public Guid? Id { get; }

    /// <summary>The key's name.</summary>
    public string Name { get; }

    /// <summary>The key's role.</summary>
    public string Role { get; }

    /// <summary>The department the key is bound to, and sees nothing beyond; null for all.</summary>
    public string? Scope { get; }

    /// <summary>The day in Stockholm when the request came, or that it asks about.</summary>
    public DateOnly Today { get; }

    /// <summary>The moment that the request asks about (<c>asOf</c>), or null for now.</summary>
    public Moment? AsOf { get; }

    /// <summary>What absolute links start with, base path included.</summary>
    public string BaseUrl { get; }

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http));

    /// <summary>The caller of a request.</summary>
    public static Caller Of(HttpContext http)
    {
        if (http.Features.Get<Caller>() is { } known) return known;
        var caller = new Caller(http);
        http.Features.Set(caller);
        return caller;
    }

    /// <summary>Makes somebody the caller whom no header names.</summary>
    internal static void Enter(HttpContext http, ClaimsPrincipal user)
    {
        http.User = user;
        http.Features.Set(new Caller(http));
    }

    /// <summary>The calendar day of an instant in Stockholm.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>An instant by the clock in Stockholm.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Stockholm);

    /// <summary>The instant at which a day begins in Stockholm.</summary>
    public static DateTimeOffset Midnight(DateOnly day) =>
        new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Stockholm), TimeSpan.Zero);

    /// <summary>The address that the client used, or the configured public one, without the base path.</summary>
    public static string Host(HttpContext http) =>
        http.RequestServices.GetRequiredService<Settings>().PublicBaseUrl ?? $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>True if the caller's role may what <paramref name="role"/> may.</summary>
    public bool Has(string role) => Http.Role.Includes(Role, role);

    /// <summary>
    /// A strong ETag (RFC 9110, 8.8.3): what the representation is made from, then a digest of everything else it depends
    /// on: the caller's rights, the language, the format, the day and the program. The host and the query are part of the address.
    /// </summary>
    public string Tag(object made, string? also = null) => $"\"{made}-{Variant(also)}\"";

    /// <summary>True if the client already has this representation (<c>If-None-Match</c>).</summary>
    public bool Holds(string tag) => Matches(http.Request.Headers.IfNoneMatch, t => t.Tag.Equals(tag, StringComparison.Ordinal));

    /// <summary>A 412 if the request demands (<c>If-Match</c>) another version than the one there is, or any where there is none; else null.</summary>
    public Problem? Stale(VersionedResource? current)
    {
        var demanded = http.Request.Headers.IfMatch;
        if (StringValues.IsNullOrEmpty(demanded)) return null;

        if (!EntityTagHeaderValue.TryParseList(demanded, out _)) return Problem.InvalidHeader("If-Match", "invalidETag", demanded.ToString());

        if (current is null) return Problem.Of(StatusCodes.Status412PreconditionFailed);

        // Only the version counts: that midnight passed, or that another language is asked for, is no other's change.
        var version = current.Version.ToString(CultureInfo.InvariantCulture);
        return Matches(demanded, t => !t.IsWeak && t.Tag.Value!.Trim('"').Split('-')[0] == version) ? null : Problem.Stale(current.Version);
    }

    static bool Matches(StringValues header, Predicate<EntityTagHeaderValue> matches) =>
        EntityTagHeaderValue.TryParseList(header, out var tags) && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || matches(t));

    string Variant(string? also)
    {
        var what = string.Join('|', also, Role, Scope, CultureInfo.CurrentUICulture.Name, http.Request.Headers.Accept, Today.DayNumber, Build);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 6));
    }
}
