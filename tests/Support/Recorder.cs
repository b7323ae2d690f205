using System.Text.Json;

namespace ActionPlan.Tests.Support;

/// <summary>
/// Writes every exchange of the suite to the file that the environment variable EXCHANGES names, a line each, so that
/// all answers can be held against openapi.json afterwards (see Contract/tools).
/// </summary>
sealed class Recorder(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    static readonly StreamWriter? File = Environment.GetEnvironmentVariable("EXCHANGES") is { Length: > 0 } path
        ? new StreamWriter(path, append: true) { AutoFlush = true }
        : null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var requestBody = File is null || request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (File is null) return response;

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var line = JsonSerializer.Serialize(new
        {
            method = request.Method.Method,
            path = request.RequestUri!.PathAndQuery,
            requestContentType = request.Content?.Headers.ContentType?.ToString(),
            requestBody,
            status = (int)response.StatusCode,
            contentType = response.Content.Headers.ContentType?.ToString(),
            headers = response.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value)),
            body = await response.Content.ReadAsStringAsync(cancellationToken),
        });
        lock (File) File.WriteLine(line);
        return response;
    }
}
