using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Support;

/// <summary>A client of the service. Paths are under the API's base path, or from the host's root when they start with <c>//</c>.</summary>
public sealed class Api(HttpClient client)
{
    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    public Task<Answer> PatchAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync("PATCH", path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync("DELETE", path, null, headers);

    /// <summary>
    /// Sends a request. A body that is text is sent as it is, anything else as JSON; the header <c>Content-Type</c>
    /// replaces the usual one, which is application/json.
    /// </summary>
    public async Task<Answer> SendAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var address = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : Settings.BasePath + path;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (body is not null)
        {
            var bytes = body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body));
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                if (value.Length > 0) request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase))
        {
            Bytes = await response.Content.ReadAsByteArrayAsync(),
        };
    }
}

/// <summary>What the service answered.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    JsonNode? json;

    /// <summary>The body as it came; the text lacks a byte order mark.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => json ??= JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    public string? ETag => Headers.GetValueOrDefault("ETag");

    public string? MediaType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0];

    /// <summary>A property of the body.</summary>
    public JsonNode? this[string property] => Json[property];

    /// <summary>The body, if the status is the one that the test goes on from.</summary>
    public JsonNode Must(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return Text.Length == 0 ? new JsonObject() : Json;
    }

    /// <summary>The values of a property of a list's items, in order.</summary>
    public IEnumerable<string?> Items(string property) => Must(200)["items"]!.AsArray().Select(i => i![property]?.ToString());

    /// <summary>The faults of a 400 or 422, each as "place code": <c>/dueDate wrongType</c>.</summary>
    public IEnumerable<string> Faults() => Json["errors"]!.AsArray().Select(e => $"{e!["pointer"] ?? e["parameter"]} {e["code"]}").Order();
}
