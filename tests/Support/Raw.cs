using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActionPlan.Tests.Support;

/// <summary>Sends bytes as they are, for requests that no HTTP library would make.</summary>
public static class Raw
{
    /// <summary>
    /// Sends <paramref name="request"/> and reads the answer until the service closes the connection, so it should ask
    /// for that (<c>Connection: close</c>). Lines are separated by a line feed alone; each becomes CR LF.
    /// </summary>
    public static Task<Answer> SendAsync(Uri address, string request) =>
        SendAsync(address, Encoding.UTF8.GetBytes(request.ReplaceLineEndings("\r\n")));

    /// <summary>Sends <paramref name="request"/> byte by byte as it is.</summary>
    public static async Task<Answer> SendAsync(Uri address, byte[] request)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, deadline.Token);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, deadline.Token);
            await stream.CopyToAsync(answer, deadline.Token);
        }
        catch (IOException)
        {
            // The service may answer and close before it has read everything; what it answered is there all the same.
        }

        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    static Answer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer, but '{text}'.");
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(':', 2)).GroupBy(h => h[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g.Select(h => h[1].Trim())), StringComparer.OrdinalIgnoreCase);
        var body = text[(end + 4)..];
        return new Answer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers.GetValueOrDefault("Transfer-Encoding") == "chunked" ? Joined(body) : body,
            headers);
    }

    // Sizes count bytes; the text is cut where the next line is a size, which JSON without line breaks never looks like.
    static string Joined(string chunked) =>
        string.Concat(chunked.Split("\r\n").Where((_, i) => i % 2 == 1));
}
