using System.CommandLine;

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

        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SettingException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    static async Task ServeAsync(string[] args, CancellationToken stopping)
    {
        await using var app = Program.Build(args);
        await Program.StartAsync(app);
        await app.WaitForShutdownAsync(stopping);
    }
}
