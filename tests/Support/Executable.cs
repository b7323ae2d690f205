using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ActionPlan.Commands;

namespace ActionPlan.Tests.Support;

/// <summary>The built program, run as an operator runs it: as a process of its own.</summary>
public sealed class Executable(string dll)
{
    /// <summary>As it was built for the tests.</summary>
    public static Executable Built { get; } = new(Path.Combine(AppContext.BaseDirectory, "api.dll"));

    /// <summary>Runs it to its end in this process, which saves starting one: for what does not depend on that.</summary>
    public static async Task<Finished> RunHereAsync(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var settings = environment.Select(variable => $"--{variable.Name.Replace("ASPNETCORE_", "").Replace("__", ":")}={variable.Value}");
        var exitCode = await CommandLine.RunAsync([.. arguments], output, error, [.. settings]);
        return new Finished(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<Finished> RunAsync(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, string? folder = null, IEnumerable<string>? wrapper = null)
    {
        using var process = Start(arguments, environment, folder, wrapper);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"Still running after 90 s: {await output}{await error}");
        }

        return new Finished(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it, behind <paramref name="wrapper"/> where one is given: a command that runs the command behind it.</summary>
    public Process Start(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, string? folder = null, IEnumerable<string>? wrapper = null)
    {
        string[] command = [.. wrapper ?? [], "dotnet", dll, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        // Neither the settings of whoever runs the tests nor those of the test runner.
        foreach (var name in start.Environment.Keys.Where(n => n.Contains("__") || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || n == "DOTNET_ENVIRONMENT").ToList())
            start.Environment.Remove(name);
        // As the tests themselves: it lives too briefly to gain from being measured.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>How it ended and what it said.</summary>
    public sealed record Finished(int ExitCode, string Output, string Error)
    {
        /// <summary>What was said on standard error, which is to be one line.</summary>
        public string OnlyLine()
        {
            Assert.Matches(@"\A[^\n]+\n\z", Error);
            return Error.TrimEnd();
        }
    }
}

/// <summary>The service in a process of its own.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    readonly ConcurrentQueue<string> lines = new();
    readonly TaskCompletionSource<Uri> listening = new();
    readonly HttpClient client = new();

    ServiceProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => listening.Task.Result;

    /// <summary>What it has said so far.</summary>
    public string Said => string.Join('\n', lines);

    /// <summary>With the tests' first key.</summary>
    public Api Admin { get; private set; } = null!;

    /// <summary>
    /// Starts the service and waits until it listens: on a free port and with the tests' first key, unless
    /// <paramref name="environment"/> says otherwise.
    /// </summary>
    public static async Task<ServiceProcess> StartAsync(
        TestDatabase database, IEnumerable<(string Name, string Value)>? environment = null, Executable? executable = null,
        IEnumerable<string>? arguments = null, IEnumerable<string>? wrapper = null, string? folder = null)
    {
        var process = (executable ?? Executable.Built).Start(
            arguments ?? ["--urls", "http://127.0.0.1:0"],
            [
                .. database.Environment, ("Auth__BootstrapKey", ApiHost.BootstrapKey), ("Seeds__Load", "none"),
                ("Limits__RequestsPerMinute", "0"), .. environment ?? [],
            ],
            folder, wrapper);
        var service = new ServiceProcess(process);
        process.OutputDataReceived += (_, line) => service.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => service.Hear(line.Data);
        process.Exited += (_, _) =>
        {
            // With all that it has said.
            process.WaitForExit();
            service.listening.TrySetException(new InvalidOperationException("It ended: " + service.Said));
        };
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        try
        {
            service.client.BaseAddress = await service.listening.Task.WaitAsync(TimeSpan.FromSeconds(90));
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        service.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiHost.BootstrapKey);
        service.Admin = new Api(service.client);
        return service;
    }

    /// <summary>Ends it as a power cut would: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (!Process.HasExited) Process.Kill();
        await Process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
        client.Dispose();
    }

    void Hear(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
