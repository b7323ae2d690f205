using System.Net;
using System.Net.Sockets;

namespace ActionPlan.Webhooks;

/// <summary>
/// Which addresses a webhook may reach: https anywhere on the public Internet, http and https inside the networks that are
/// configured, the machine itself only when that is configured too. Whoever may make a webhook must not be able to make
/// this service ask others on its own network.
/// </summary>
public sealed class Targets(Settings settings)
{
    // What no one reaches over the Internet (IANA's special-purpose registries), and what only seems to be elsewhere.
    static readonly IPNetwork[] NotPublic = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    // Nobody's, everybody's, or not yet anyone's: no setting opens these.
    static readonly IPNetwork[] Never = Networks("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8");

    static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    static readonly IPNetwork Embedding = IPNetwork.Parse("::/96");

    /// <summary>
    /// What is wrong with an address, as the code of a fault, or null. What a name stands for is not asked here but when a
    /// message is sent, each time anew.
    /// </summary>
    public string? Refuse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || url.AsSpan().ContainsAny(' ', '\\') || address.Fragment.Length > 0)
            return "urlInvalid";
        if (address.UserInfo.Length > 0) return "urlCredentials";

        var isHttps = address.Scheme == "https";
        var host = address.IdnHost.TrimEnd('.');
        if (host.Length == 0) return "urlInvalid";
        // Reads 2130706433, 0x7f.1 and 0177.0.0.1 as the systems do that resolve names: as 127.0.0.1.
        if (IPAddress.TryParse(host, out var known)) return Allows(known, isHttps) ? null : isHttps || Allows(known, true) ? "urlNotAllowed" : "urlNotHttps";

        var isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocal) return settings.WebhooksMayReachLoopback ? null : "urlNotAllowed";
        // No name ends in a number; what does is an address that someone spelled their own way.
        if (char.IsAsciiDigit(host[host.LastIndexOf('.') + 1])) return "urlInvalid";
        return isHttps || settings.WebhookNetworks.Count > 0 ? null : "urlNotHttps";
    }

    /// <summary>True if a message may be sent to <paramref name="address"/>.</summary>
    public bool Allows(IPAddress address, bool isHttps)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // ::127.0.0.1, which some systems take for 127.0.0.1.
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && Embedding.Contains(address) && !IPAddress.IsLoopback(address)) return false;

        if (IPAddress.IsLoopback(address)) return settings.WebhooksMayReachLoopback;
        if (Never.Any(network => network.Contains(address))) return false;
        if (settings.WebhookNetworks.Any(network => network.Contains(address))) return true;
        return isHttps && IsPublic(address);
    }

    static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !NotPublic.Any(network => network.Contains(address));

    static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}

/// <summary>The address that a name stands for is none that a webhook may reach.</summary>
sealed class TargetRefusedException(string host) : IOException($"{host} is in no network that webhooks may reach");
