using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using ActionPlan.Data;

namespace ActionPlan.Commands;

/// <summary>The program's command line: without a command it serves.</summary>
static class CommandLine
{
    /// <summary>
    /// Runs what the arguments ask for, with <paramref name="settings"/> (<c>--Database:Engine=…</c>) besides those of the
    /// environment; the exit code is 2 when a setting or an argument is wrong.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, params string[] settings)
    {
        var root = new RootCommand("Åtgärdsplan API: without a command, starts the service.") { TreatUnmatchedTokensAsErrors = false };
        root.Add(KeysCommand.Create(settings));
        root.Add(CopyCommand.Create());
        root.Add(VerifyCommand.Create(settings));
        root.Add(RedactCommand.Create(settings));
        root.SetAction((_, stopping) => ServeAsync([.. args, .. settings], stopping));

        try
        {
            var parsed = root.Parse(args);
            Refuse(parsed, root, args);
            // The host handles signals itself: it lets requests under way finish, where the library would cut them off after two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SettingException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (Exception fault) when (fault is DatabaseFaultException or DbException)
        {
            // Read-only, locked, full: whoever starts the program can do something about it.
            await error.WriteLineAsync(new SettingException("ConnectionStrings__ActionPlan", fault.Message).Message);
            return 2;
        }
    }

    // What follows the program's name is handed on to the configuration (--urls …); a command takes what it knows and
    // nothing else: a mistyped --department must not make a key that sees all.
    static void Refuse(ParseResult parsed, RootCommand root, string[] args)
    {
        var command = parsed.CommandResult.Command;
        if (command == root)
        {
            if (args is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('/') && !first.Contains('='))
                throw new SettingException(first, "there is no such command");
        }
        else if (parsed.Action is ParseErrorAction || parsed.UnmatchedTokens.Count > 0)
        {
            throw new SettingException(command.Name, parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known" : parsed.Errors[0].Message);
        }
    }

    static async Task ServeAsync(string[] args, CancellationToken stopping)
    {
        await using var app = Build(args);
        try
        {
            await Program.StartAsync(app);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before it had started.
            return;
        }

        await app.WaitForShutdownAsync(stopping);
    }

    static WebApplication Build(string[] args)
    {
        try
        {
            return Program.Build(args);
        }
        // A word that is no log level, an address that is none.
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new SettingException("start", fault.Message);
        }
    }
}
