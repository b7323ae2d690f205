using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace ActionPlan.Bench;

/// <summary>
/// Measures one file of many rows on its way into an empty database: tried, stored as a new plan, sent again unchanged, and sent
/// again with another owner on every tenth row; how long each takes, and how much memory the service needs for it.
/// </summary>
static class Imports
{
    static readonly string[] Statuses = ["Ej påbörjad", "Pågår", "Klar", "Pausad"];

    public static async Task RunAsync(int rows, string folder, string engine, string? connection)
    {
        Directory.CreateDirectory(folder);
        var stored = Path.Combine(folder, "import.db");
        foreach (var old in Directory.GetFiles(folder, "import.db*")) File.Delete(old);
        await Generator.RunAsync(0, stored);
        await using var target = await Target.CreateAsync(engine, connection, stored);
        var (file, changed) = (Csv(rows, false), Csv(rows, true));

        Console.WriteLine($"\n## An import of {rows:N0} rows, {file.Length / 1e6:N0} MB of CSV, {engine}\n");
        Console.WriteLine("| import | seconds | rows per second | CPU µs per row | most memory, MB | slowest GET beside it, ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        const string New = "imports?department=soc&title=Prov&key=prov&periodStart=2026-01-01&periodEnd=2027-12-31";
        await RunAsync("dry run", New + "&dryRun=true", file);
        await RunAsync("as a new plan", New, file);
        await RunAsync("again, unchanged", "plans/prov/imports", file);
        await RunAsync("again, a tenth changed", "plans/prov/imports", changed);

        // A process of its own for each, as the most memory that one has had is never given back.
        async Task RunAsync(string name, string address, byte[] body)
        {
            using var service = await Server.StartServiceAsync(target);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}{Settings.BasePath}/"), Timeout = TimeSpan.FromMinutes(5) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Server.Key);
            (await client.GetAsync(new Uri("plans", UriKind.Relative))).EnsureSuccessStatusCode();

            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            var (start, cpu, slowest) = (Stopwatch.GetTimestamp(), service.Cpu, TimeSpan.Zero);
            var importing = client.PostAsync(new Uri(address, UriKind.Relative), content);
            while (!importing.IsCompleted)
            {
                var asked = Stopwatch.GetTimestamp();
                (await client.GetAsync(new Uri("plans", UriKind.Relative))).EnsureSuccessStatusCode();
                slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
                await Task.WhenAny(importing, Task.Delay(20));
            }

            using var response = await importing;
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var answer = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException(answer[..Math.Min(answer.Length, 2000)]);
            Console.WriteLine($"| {name} | {seconds:N1} | {rows / seconds:N0} | {(service.Cpu - cpu).TotalMicroseconds / rows:N0} | {service.Peak:N0} | {slowest.TotalMilliseconds:N0} |");
        }
    }

    // As it comes out of a Swedish office: semicolons, Windows-1252, deadlines in words.
    static byte[] Csv(int rows, bool isChanged)
    {
        var random = new Random(20150901);
        var words = new Vocabulary(random);
        var text = new StringBuilder("Nr;Frågeområde;Åtgärd;Beskrivning;Ansvarig;Klart senast;Status\r\n");
        for (var row = 1; row <= rows; row++)
        {
            // A file may have 20 MB, and what follows needs a hundred bytes a row.
            var hasRoom = text.Length + (rows - row) * 110L < 19_000_000;
            var deadline = words.One(["hösten 2026", "2026-12-31", "vt 2027", "löpande", "kv 3 2026", "", "mars 2027"]);
            text.Append($"R{row};{words.One(Vocabulary.FocusAreas).Title};{words.Title()};{(hasRoom ? words.Description() : null)};{(isChanged && row % 10 == 0 ? "Nämndkontoret" : hasRoom ? words.Owner() : null)};{deadline};{Statuses[row % Statuses.Length]}\r\n");
        }

        return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text.ToString());
    }
}
