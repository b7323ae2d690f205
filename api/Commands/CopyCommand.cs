using System.CommandLine;
using System.Data.Common;
using ActionPlan.Data;

namespace ActionPlan.Commands;

/// <summary><c>copy --from sqlite:FILE --to postgresql:CONNECTION</c>: moves an installation to another database.</summary>
static class CopyCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Required = true, Description = "Where it is: sqlite:FILE or postgresql:CONNECTION STRING." };
        var to = new Option<string>("--to") { Required = true, Description = "Where it shall be: an empty database, written in the same way." };

        var command = new Command("copy", "Copy an installation, history included, to an empty database. Stop the service first.") { from, to };
        command.SetAction(async (arguments, _) =>
        {
            await using var source = new Database(Parse("--from", arguments.GetRequiredValue(from)), TimeProvider.System);
            await using var target = new Database(Parse("--to", arguments.GetRequiredValue(to)), TimeProvider.System);
            if (source.Engine.Place == target.Engine.Place) throw new SettingException("--to", "is the same database as --from");
            // Before anything is made in the target.
            await CheckAsync(source.Engine);
            try
            {
                await Migrations.ApplyAsync(target, TimeProvider.System);
                foreach (var (table, rows, checksum) in await Transfer.CopyAsync(source.Engine, target.Engine))
                    arguments.InvocationConfiguration.Output.WriteLine($"{table,-20} {rows,10}  {checksum[..16]}");
            }
            catch (DbException fault)
            {
                throw new SettingException("copy", fault.Message);
            }
        });
        return command;
    }

    static async Task CheckAsync(Engine source)
    {
        try
        {
            await using var connection = await source.OpenAsync();
            await Migrations.CheckAsync(connection, source, "--from");
        }
        catch (DbException fault)
        {
            throw new SettingException("--from", fault.Message);
        }
    }

    static Settings Parse(string option, string text)
    {
        var (engine, rest) = text.Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        var connection = engine switch
        {
            "sqlite" => SqliteEngine.Complete(rest.Contains('=') ? rest : "Data Source=" + rest, Directory.GetCurrentDirectory()),
            // Nobody waits for an answer, and a whole table is read at once.
            PostgresEngine.Name => PostgresEngine.Complete("Command Timeout=0;" + rest),
            _ => throw new SettingException(option, $"must be sqlite:FILE or postgresql:CONNECTION STRING, is '{text}'"),
        };
        if (option == "--from" && engine == "sqlite" && !File.Exists(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource))
            throw new SettingException(option, $"there is no file {rest}");
        return Settings.For(engine, connection);
    }
}
