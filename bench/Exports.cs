using System.Diagnostics;
using System.Net.Http.Headers;

namespace ActionPlan.Bench;

/// <summary>Measures the whole list as a file, in each form: rows a second, and how much memory the service needs for it.</summary>
static class Exports
{
    static readonly string[] Formats = ["csv", "csv&dialect=rfc4180", "flat", "xlsx", "ics", "csv&sort=-title"];

    public static async Task RunAsync(int actions, int rounds, string folder, string engine, string? connection)
    {
        Directory.CreateDirectory(folder);
        var stored = Path.Combine(folder, $"{actions}.db");
        if (!File.Exists(stored)) await Generator.RunAsync(actions, stored);
        await using var target = await Target.CreateAsync(engine, connection, stored);
        using var service = await Server.StartServiceAsync(target);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}"), Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Server.Key);

        Console.WriteLine($"\n## {actions:N0} actions as a file, {engine}\n");
        Console.WriteLine("| format | rows per second | best | MB | CPU µs per row | RssAnon MB at most |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        // The first seconds after a start are compiling.
        foreach (var format in Formats) await ReadAsync(client, service, format);
        foreach (var format in Formats)
        {
            var runs = new List<(double Seconds, double Cpu, long Bytes, double Memory)>();
            for (var round = 0; round < rounds; round++) runs.Add(await ReadAsync(client, service, format));
            var median = runs.Select(r => r.Seconds).Order().ElementAt(rounds / 2);
            Console.WriteLine($"| {format} | {actions / median:N0} | {actions / runs.Min(r => r.Seconds):N0} | {runs[0].Bytes / 1e6:N0} "
                + $"| {runs.Select(r => r.Cpu).Order().ElementAt(rounds / 2) / actions * 1e6:N1} | {runs.Max(r => r.Memory):N0} |");
        }
    }

    // Nothing is kept of what comes, as by a client that writes it to a disk.
    static async Task<(double Seconds, double Cpu, long Bytes, double Memory)> ReadAsync(HttpClient client, Server service, string format)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), service.Cpu);
        using var response = await client.GetAsync(new Uri($"{Settings.BasePath}/actions?format={format}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        var (bytes, memory, looked) = (0L, 0.0, 0L);
        while (await body.ReadAsync(buffer) is var count and > 0)
        {
            if (bytes - looked > 4_000_000) (memory, looked) = (Math.Max(memory, service.RssAnon), bytes);
            bytes += count;
        }

        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (service.Cpu - cpu).TotalSeconds, bytes, Math.Max(memory, service.RssAnon));
    }
}
