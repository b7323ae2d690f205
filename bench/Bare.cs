using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ActionPlan.Bench;

/// <summary>
/// What Kestrel alone can do here: reads the request's body and answers recorded bytes, status and headers included.
/// No routing, no access, no database.
/// </summary>
static class Bare
{
    public static async Task RunAsync(string folder)
    {
        var answers = Directory.GetFiles(folder).ToDictionary(file => "/" + Path.GetFileName(file), file => new Answer(File.ReadAllText(file)));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            var answer = answers[http.Request.Path];
            http.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
            await http.Response.Body.WriteAsync(answer.Body);
        });
        await app.RunAsync();
    }

    /// <summary>An answer as it came over the wire, taken apart. A body in chunks is one chunk, as the service's are.</summary>
    sealed class Answer
    {
        public Answer(string raw)
        {
            var head = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
            var body = raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            Status = int.Parse(head[0].Split(' ')[1]);
            Headers = [.. head.Skip(1).Select(line => line.Split(": ", 2)).Where(h => h[0] is not ("Date" or "Transfer-Encoding" or "Content-Length")).Select(h => (h[0], h[1]))];
            Body = Encoding.UTF8.GetBytes(head.Any(line => line.EndsWith("chunked", StringComparison.Ordinal)) ? Joined(body) : body);
        }

        public int Status { get; }
        public (string Name, string Value)[] Headers { get; }
        public byte[] Body { get; }

        static string Joined(string chunks)
        {
            var bytes = Encoding.UTF8.GetBytes(chunks).AsSpan();
            var joined = new StringBuilder();
            while (true)
            {
                var line = bytes.IndexOf("\r\n"u8);
                var size = Convert.ToInt32(Encoding.ASCII.GetString(bytes[..line]), 16);
                if (size == 0) return joined.ToString();
                joined.Append(Encoding.UTF8.GetString(bytes.Slice(line + 2, size)));
                bytes = bytes[(line + 2 + size + 2)..];
            }
        }
    }
}
