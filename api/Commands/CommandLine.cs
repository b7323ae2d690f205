using System.CommandLine;
using ActionPlan.Data;

namespace ActionPlan.Commands;

/// <summary>The program's command line: without a command it serves.</summary>
static class CommandLine
{
    /// <summary>Runs what the arguments ask for; the exit code is 2 when a setting or an argument is wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Åtgärdsplan API: without a command, starts the service.") { TreatUnmatchedTokensAsErrors = false };
        root.Add(KeysCommand.Create());
        root.Add(CopyCommand.Create());
        root.SetAction((_, stopping) => ServeAsync(args, stopping));

        var parsed = root.Parse(args);
        if (Mistake(parsed, root) is { } mistake) return await FailAsync(mistake);

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SettingException fault)
        {
            return await FailAsync(fault.Message);
        }
        catch (Exception fault) when (fault is DatabaseFaultException || Sqlite.Fault(fault) is not null)
        {
            // Read-only, locked, full: whoever starts the program can do something about it.
            await Console.Error.WriteLineAsync($"ConnectionStrings__ActionPlan: {fault.Message}");
            return 2;
        }
    }

    // The service takes any setting as --name=value; a command takes what it knows, and a slip must not make another key.
    static string? Mistake(ParseResult parsed, RootCommand root)
    {
        if (parsed.Errors is [var error, ..]) return error.Message;
        var unknown = parsed.CommandResult.Command == root
            ? parsed.UnmatchedTokens.TakeWhile(token => !token.StartsWith("--", StringComparison.Ordinal))
            : parsed.UnmatchedTokens;
        return unknown.FirstOrDefault() is { } word ? $"'{word}' is no command or option; see --help" : null;
    }

    static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 2;
    }

    static async Task ServeAsync(string[] args, CancellationToken stopping)
    {
        await using var app = await StartAsync(args);
        await app.WaitForShutdownAsync(stopping);
    }

    static async Task<WebApplication> StartAsync(string[] args)
    {
        try
        {
            var app = Program.Build(args);
            await Program.StartAsync(app);
            return app;
        }
        // An address that is taken or no address, a certificate that is missing, a word that is no log level.
        catch (Exception fault) when (fault is IOException or FormatException or InvalidOperationException or ArgumentException or Data.DatabaseFaultException)
        {
            throw new SettingException("start", fault.Message);
        }
    }
}
