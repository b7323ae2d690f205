using System.Net;
using ActionPlan.Data;

namespace ActionPlan;

/// <summary>The configuration, read and checked once at start.</summary>
public sealed class Settings
{
    /// <summary>Where the API lies under the host.</summary>
    public const string BasePath = "/action-plan/v1";

    /// <summary>sqlite or postgresql (<c>Database__Engine</c>).</summary>
    public required string Engine { get; init; }

    /// <summary>The completed connection string (<c>ConnectionStrings__ActionPlan</c>).</summary>
    public required string ConnectionString { get; init; }

    /// <summary>A first admin key of the installation's own choice (<c>Auth__BootstrapKey</c>), or null.</summary>
    public required string? BootstrapKey { get; init; }

    /// <summary>What is loaded at start: demo, catalogue or none (<c>Seeds__Load</c>).</summary>
    public required string Seeds { get; init; }

    /// <summary>What absolute links start with, without the base path, or null for the request's own host (<c>Api__PublicBaseUrl</c>).</summary>
    public required string? PublicBaseUrl { get; init; }

    /// <summary>Requests per minute and key, 0 for no limit (<c>Limits__RequestsPerMinute</c>).</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>Private networks that webhooks may reach (<c>Webhooks__AllowedNetworks</c>).</summary>
    public IReadOnlyList<IPNetwork> WebhookNetworks { get; init; } = [];

    /// <summary>True if webhooks may reach this machine itself (<c>Webhooks__AllowLoopback</c>).</summary>
    public bool WebhooksMayReachLoopback { get; init; }

    /// <summary>Whose pages may show the embedded summary, as the Content-Security-Policy has it (<c>Pages__EmbedOrigins</c>).</summary>
    public string EmbedOrigins { get; init; } = "'self'";

    /// <summary>A database alone, for commands that are told where it is.</summary>
    public static Settings For(string engine, string connectionString, string seeds = "none") => new()
    {
        Engine = engine,
        ConnectionString = connectionString,
        BootstrapKey = null,
        Seeds = seeds,
        PublicBaseUrl = null,
        RequestsPerMinute = 0,
    };

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="SettingException">A setting is wrong; its message says which and why.</exception>
    public static Settings From(IConfiguration configuration, IHostEnvironment environment) => new()
    {
        Engine = OneOf(configuration, "Database:Engine", "sqlite", "sqlite", PostgresEngine.Name),
        ConnectionString = Connection(configuration, environment),
        BootstrapKey = Bootstrap(configuration["Auth:BootstrapKey"]),
        Seeds = OneOf(configuration, "Seeds:Load", environment.IsDevelopment() ? "demo" : "catalogue", "demo", "catalogue", "none"),
        PublicBaseUrl = BaseUrl(configuration["Api:PublicBaseUrl"]),
        RequestsPerMinute = Number(configuration, "Limits:RequestsPerMinute", 6000),
        WebhookNetworks = Networks(configuration["Webhooks:AllowedNetworks"]),
        EmbedOrigins = Origins(configuration["Pages:EmbedOrigins"]),
        WebhooksMayReachLoopback = OneOf(configuration, "Webhooks:AllowLoopback", "false", "true", "false") == "true",
    };

    static string Connection(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = configuration.GetConnectionString("ActionPlan");
        return configuration["Database:Engine"] == PostgresEngine.Name
            ? PostgresEngine.Complete(text ?? "")
            : SqliteEngine.Complete(string.IsNullOrWhiteSpace(text) ? "Data Source=actionplan.db" : text, Path.Combine(environment.ContentRootPath, "data"));
    }

    static string? Bootstrap(string? text) => text?.Trim() switch
    {
        null or "" => null,
        { Length: >= 24 } key => key,
        var key => throw new SettingException("Auth__BootstrapKey", $"needs 24 characters or more, has {key.Length}"),
    };

    static string? BaseUrl(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new SettingException("Api__PublicBaseUrl", $"must be an address such as https://atgardsplan.example, is '{text}'");

        var address = url.ToString().TrimEnd('/');
        return address.EndsWith(BasePath, StringComparison.Ordinal) ? address[..^BasePath.Length] : address;
    }

    static IPNetwork[] Networks(string? text) => [.. (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Contains('/') && IPNetwork.TryParse(part, out var network) ? network
            : throw new SettingException("Webhooks__AllowedNetworks", $"must be networks such as 10.20.0.0/16, separated by commas, is '{text}'"))];

    // Nothing that could end the directive and begin another gets into the policy.
    static string Origins(string? text) => string.Join(' ', (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(part => Uri.TryCreate(part, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && part.TrimEnd('/') == url.GetLeftPart(UriPartial.Authority) ? part.TrimEnd('/')
            : throw new SettingException("Pages__EmbedOrigins", $"must be addresses such as https://intranet.kommunen.se, separated by commas, is '{text}'"))
        .Prepend("'self'"));

    static int Number(IConfiguration configuration, string key, int otherwise) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, out var number) && number >= 0 => number,
        var text => throw new SettingException(Name(key), $"must be a whole number, 0 or more, is '{text}'"),
    };

    static string OneOf(IConfiguration configuration, string key, string otherwise, params string[] known) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when known.Contains(text) => text,
        var text => throw new SettingException(Name(key), $"must be {string.Join(" or ", known)}, is '{text}'"),
    };

    static string Name(string key) => key.Replace(":", "__");
}

/// <summary>A setting that the service cannot start with: one line on standard error, exit code 2.</summary>
public sealed class SettingException(string setting, string reason) : Exception($"{setting}: {reason.ReplaceLineEndings(" ")}");
