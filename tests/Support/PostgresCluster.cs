using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>A PostgreSQL server of a test's own, in a temporary folder, that can be stopped and started again.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("actionplan-server-").FullName;
    readonly int port = FreePort();
    readonly string options;

    PostgresCluster(string options) => this.options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {options}";

    /// <summary>The folder of the newest server's programs that this machine has, or null.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        : null;

    /// <summary>Makes one and starts it, with <paramref name="options"/> of the server's.</summary>
    public static async Task<PostgresCluster> StartAsync(string options = "")
    {
        var cluster = new PostgresCluster(options);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", cluster.folder);
        await cluster.ProgramAsync("initdb", "-U", "actionplan", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    public Task StartAsync() => ProgramAsync("pg_ctl", "-w", "-l", Path.Combine(folder, "log"), "-o", options, "start");

    /// <summary>Stops the server as a crash would, without a word to anyone.</summary>
    public Task CrashAsync() => ProgramAsync("pg_ctl", "-m", "immediate", "stop");

    /// <summary>Stops it as a crash would and starts it again; returns when it takes connections.</summary>
    public Task RestartAsync() => ProgramAsync("pg_ctl", "-w", "-l", Path.Combine(folder, "log"), "-o", options, "-m", "immediate", "restart");

    /// <summary>A new, empty database; its connection string.</summary>
    public string Create(string database)
    {
        var server = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "actionplan", Database = "postgres" };
        using var connection = Open(server.ToString());
        connection.Rows($"create database {database}");
        server.Database = database;
        return server.ToString();
    }

    /// <summary>A connection of its own, to a database or to another server's.</summary>
    public static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timezone=UTC");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(folder, "postmaster.pid"))) await CrashAsync();
        Directory.Delete(folder, true);
    }

    // The server refuses to run as root.
    Task ProgramAsync(string program, params string[] arguments) =>
        RunAsync([.. Environment.IsPrivilegedProcess ? (string[])["runuser", "-u", "postgres", "--"] : [], Path.Combine(Programs!, program), "-D", folder, .. arguments]);

    // Its output goes nowhere: the server would inherit it, and reading would wait for the server's end.
    static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join(' ', command));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
