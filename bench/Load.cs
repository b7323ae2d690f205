using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace ActionPlan.Bench;

/// <summary>A kind of request, and how the next one of the kind is made.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Status">The status that every answer must have.</param>
/// <param name="Next">Method, path with query, and body; the number is different for each request of a run.</param>
sealed record Workload(string Name, int Status, Func<Random, long, (string Method, string Path, string? Body)> Next)
{
    static long count;

    public byte[] Request(Random random, string? path = null)
    {
        var (method, own, body) = Next(random, Interlocked.Increment(ref count));
        var text = new StringBuilder($"{method} {path ?? own} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Server.Key}\r\nAccept: application/json\r\n");
        if (body is not null) text.Append($"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}

/// <summary>What a slice of load showed.</summary>
/// <param name="PerSecond">Answers per second.</param>
/// <param name="Cpu">The server's processor time per answer, in microseconds.</param>
/// <param name="Median">Milliseconds that half of the requests stayed below.</param>
/// <param name="Tail">Milliseconds that 99 in 100 stayed below.</param>
sealed record Slice(double PerSecond, double Cpu, double Median, double Tail);

/// <summary>Keeps a number of connections busy for a while.</summary>
static class Load
{
    public static async Task<Slice> RunAsync(Server server, Workload workload, int connections, TimeSpan time, string? path = null)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connection.OpenAsync(server.Port)));
        var latencies = new ConcurrentBag<List<double>>();
        var cpu = server.Cpu;
        var start = Stopwatch.GetTimestamp();

        await Task.WhenAll(open.Select((connection, i) => Task.Run(async () =>
        {
            var random = new Random(i);
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                var request = workload.Request(random, path);
                var sent = Stopwatch.GetTimestamp();
                var status = await connection.SendAsync(request);
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (status != workload.Status) throw new InvalidOperationException($"{workload.Name}: {connection.Answer}");
            }

            latencies.Add(mine);
        })));

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = server.Cpu - cpu;
        foreach (var connection in open) connection.Dispose();
        var all = latencies.SelectMany(l => l).Order().ToArray();
        return new Slice(all.Length / elapsed, cpu.TotalMicroseconds / all.Length, all[all.Length / 2], all[all.Length * 99 / 100]);
    }

    /// <summary>The first answer to a request of the kind, as it came.</summary>
    public static async Task<string> AnswerAsync(Server server, Workload workload)
    {
        using var connection = await Connection.OpenAsync(server.Port);
        var status = await connection.SendAsync(workload.Request(new Random(0)));
        return status == workload.Status ? connection.Answer : throw new InvalidOperationException(connection.Answer);
    }
}
