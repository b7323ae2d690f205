using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ActionPlan.Tests.Support;

/// <summary>Someone who receives webhooks: a server that keeps what comes, and answers as a test will have it.</summary>
public sealed class Receiver : IAsyncDisposable
{
    WebApplication? app;
    int port;

    /// <summary>What has come, and what was answered, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What has come and was taken (a status from 200 to 299), each message once.</summary>
    public IReadOnlyList<Received> Taken => [.. All.Where(r => r.Status is >= 200 and <= 299).DistinctBy(r => r.Id)];

    /// <summary>Where to send to.</summary>
    public string Url => $"http://127.0.0.1:{port}/in";

    /// <summary>The status of the answer to a request, by how many came before it.</summary>
    public Func<int, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.RestartAsync();
        return receiver;
    }

    /// <summary>Starts it again on the same port.</summary>
    public async Task RestartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync();
        port = new Uri(app.Urls.Single()).Port;
    }

    public async Task StopAsync()
    {
        if (app is null) return;
        await app.DisposeAsync();
        app = null;
    }

    /// <summary>Waits until so many messages were taken.</summary>
    public async Task<IReadOnlyList<Received>> MustTakeAsync(int count, double seconds = 15)
    {
        await Eventually.HoldsAsync(() => Taken.Count >= count, $"{count} messages, but only {string.Join(", ", Taken.Select(r => r.Type))}", seconds);
        return Taken;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var status = await Answer(All.Count, http);
        All.Enqueue(new Received(headers, body, status));
        if (!http.Response.HasStarted) http.Response.StatusCode = status;
    }
}

/// <summary>A message that came.</summary>
public sealed record Received(IReadOnlyDictionary<string, string> Headers, string Body, int Status)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => Json["type"]!.ToString();

    public JsonNode Data => Json["data"]!;

    /// <summary>True if one of its signatures was made with <paramref name="secret"/>: as the standard has it, with nothing of the service's own code.</summary>
    public bool IsSignedWith(string secret)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        using var mac = new HMACSHA256(Convert.FromBase64String(secret[6..]));
        var expected = Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}")));
        return Headers["webhook-signature"].Split(' ').Contains("v1," + expected);
    }
}
