using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActionPlan.Language;

namespace ActionPlan.Webhooks;

/// <summary>
/// Sends one message once. The name is resolved for each attempt, checked, and connected to as it was checked, so that a
/// name that changes its address in between leads nowhere else. No proxy, no redirect, no cookie.
/// </summary>
public sealed class Sender : IDisposable
{
    const int LongestAnswer = 4096;

    readonly Targets targets;
    readonly HttpClient client;

    /// <summary>Opens nothing yet.</summary>
    public Sender(Targets targets)
    {
        this.targets = targets;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // A connection that is kept would keep an address that was checked long ago.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("action-plan/" + typeof(Sender).Assembly.GetName().Version!.ToString(3));
    }

    /// <summary>How long the receiver has for its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Says which addresses a name stands for.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Sends <paramref name="body"/>, signed with each of <paramref name="secrets"/>.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public async Task<Outcome> SendAsync(string url, Guid id, DateTimeOffset at, string body, IEnumerable<string> secrets, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", id.ToString());
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", SigningSecret.Sign(secrets, id.ToString(), at, body));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new Outcome((int)response.StatusCode, await ReadAsync(response, limit.Token), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException && !stopping.IsCancellationRequested)
        {
            return new Outcome(null, null, Name(fault));
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken aborted)
    {
        var host = context.DnsEndPoint.Host;
        var isHttps = context.InitialRequestMessage.RequestUri!.Scheme == "https";
        var addresses = IPAddress.TryParse(host, out var known) ? [known] : await Resolve(host, aborted);
        var allowed = addresses.Where(address => targets.Allows(address, isHttps)).ToArray();
        if (allowed.Length == 0) throw new TargetRefusedException(host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, aborted);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The status is the answer; a body that never ends, or breaks off, changes nothing.
    static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken limit)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(limit);
            while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), limit) is > 0 and var read) length += read;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // What has come is kept.
        }

        return Text.Quote(Encoding.UTF8.GetString(buffer, 0, length), LongestAnswer);
    }

    static string Name(Exception fault) => fault switch
    {
        OperationCanceledException => "timeout",
        { InnerException: TargetRefusedException } => "notAllowed",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } => "invalidAnswer",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "unknownHost",
        _ => "unreachable",
    };
}

/// <summary>What came of an attempt.</summary>
/// <param name="Status">The receiver's HTTP status, or null when there was none.</param>
/// <param name="Answer">The beginning of its answer.</param>
/// <param name="Error">What stood in the way, as a word: timeout, notAllowed, unknownHost, unreachable, tls, invalidAnswer.</param>
public sealed record Outcome(int? Status, string? Answer, string? Error)
{
    /// <summary>True if the receiver has the message.</summary>
    public bool IsDelivered => Status is >= 200 and <= 299;

    /// <summary>True if the receiver wants no more.</summary>
    public bool IsGone => Status == 410;
}
