using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ActionPlan.Bench;

/// <summary>A server in a process of its own: the service from its Release build, or the bare endpoint.</summary>
sealed class Server : IDisposable
{
    /// <summary>The admin key that the service is started with.</summary>
    public const string Key = "bench-bench-bench-bench-bench";

    readonly Process process;

    Server(int port, string program, string arguments, params (string Name, string Value)[] settings)
    {
        Port = port;
        var start = new ProcessStartInfo("dotnet", $"\"{program}\" {arguments}") { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <summary>Processor time since it was started.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that belongs to this process alone and is no file's, in megabytes (Linux).</summary>
    public double RssAnon => Memory("RssAnon");

    /// <summary>The most memory that it has had, programs and files that it has mapped included, in megabytes (Linux).</summary>
    public double Peak => Memory("VmHWM");

    /// <summary>Starts the service on a database and waits until it listens.</summary>
    public static Task<Server> StartServiceAsync(Target database) => new Server(
        5391, Service, "",
        ("Database__Engine", database.Engine), ("ConnectionStrings__ActionPlan", database.ConnectionString),
        ("Auth__BootstrapKey", Key), ("Seeds__Load", "none"), ("Limits__RequestsPerMinute", "0")).ListeningAsync();

    /// <summary>Starts the bare endpoint with the answers in a folder, and waits until it listens.</summary>
    public static Task<Server> StartBareAsync(string folder) =>
        new Server(5392, Path.Combine(AppContext.BaseDirectory, "bench.dll"), $"bare --answers \"{folder}\"").ListeningAsync();

    /// <summary>Seconds from starting the service's process to its first answer.</summary>
    public static async Task<double> FirstAnswerAsync(Target database)
    {
        var start = Stopwatch.GetTimestamp();
        using var server = await StartServiceAsync(database);
        using var connection = await Connection.OpenAsync(server.Port);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"GET {Settings.BasePath}/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Key}\r\n\r\n"));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    async Task<Server> ListeningAsync()
    {
        while (true)
        {
            try
            {
                (await Connection.OpenAsync(Port)).Dispose();
                return this;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    double Memory(string kind)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(kind, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }

    // bench/bin/Release/net10.0 lies four folders below the solution.
    static string Service
    {
        get
        {
            var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "api", "bin", "Release", "net10.0", "api.dll"));
            return File.Exists(path) ? path : throw new FileNotFoundException("build first: dotnet build -c Release", path);
        }
    }
}
