using System.CommandLine;
using System.Globalization;
using ActionPlan.ApiKeys;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Commands;

/// <summary><c>keys create</c>, <c>keys list</c>, <c>keys revoke</c>: for whoever has the machine but no key.</summary>
static class KeysCommand
{
    const string Actor = "command line";

    public static Command Create(string[] settings) => new("keys", "Create, list and revoke API keys.") { CreateKey(settings), ListKeys(settings), RevokeKey(settings) };

    static Command CreateKey(string[] settings)
    {
        var name = new Option<string>("--name") { Required = true, Description = "Who or what uses it." };
        var role = new Option<string>("--role") { Required = true, Description = "reader, editor or admin." };
        var department = new Option<string?>("--department") { Description = "Key of the department it is bound to; all if left out." };
        var expires = new Option<string?>("--expires") { Description = "Last day it works (2027-12-31); for ever if left out." };

        var command = new Command("create", "Create a key and print it, once.") { name, role, department, expires };
        command.SetAction((arguments, _) => WithDatabaseAsync(settings, async database =>
        {
            var input = new ApiKeyInput
            {
                Name = arguments.GetRequiredValue(name),
                Role = arguments.GetRequiredValue(role),
                Department = arguments.GetValue(department),
                ExpiresAt = EndOf(arguments.GetValue(expires)),
            };
            var faults = new Faults();
            input.Check(faults);
            if (faults.Count > 0) throw new SettingException(faults[0].Pointer!.Replace("/", "--"), faults[0].Detail);

            var secret = Secret.Create();
            await database.WriteAsync(Actor, async db =>
            {
                if (input.ExpiresAt <= db.Now) throw new SettingException("--expires", "is past");
                if (input.Department is { } key && !await db.FindAsync<bool>(CreateApiKey.DepartmentSql, new { Key = key }))
                    throw new SettingException("--department", $"there is no department '{key}'");
                return await CreateApiKey.AddAsync(db, input, secret);
            });
            arguments.InvocationConfiguration.Output.WriteLine(secret);
        }));
        return command;
    }

    static Command ListKeys(string[] settings)
    {
        var command = new Command("list", "List all keys, the newest first; never the secrets.");
        command.SetAction((arguments, _) => WithDatabaseAsync(settings, async database =>
        {
            await using var db = database.Read();
            foreach (var key in await db.QueryAsync<ApiKeyResponse>($"select {ApiKeyResponse.Columns} from api_key order by created_at desc, id"))
                arguments.InvocationConfiguration.Output.WriteLine($"{key.Id}  {State(key),-7}  {key.Role,-6}  {key.Department ?? "*",-12}  {Day(key.LastUsedAt),-16}  {key.Name}");
        }));
        return command;
    }

    static Command RevokeKey(string[] settings)
    {
        var id = new Argument<Guid>("id") { Description = "The key's id, as keys list shows it." };
        var command = new Command("revoke", "Revoke a key; it stops working within a second.") { id };
        command.SetAction((arguments, _) => WithDatabaseAsync(settings, database => database.WriteAsync(Actor, async db =>
        {
            var key = await db.FindAsync<ApiKeyResponse>($"select {ApiKeyResponse.Columns} from api_key where id = @Id", new { Id = arguments.GetRequiredValue(id) })
                ?? throw new SettingException("id", "there is no such key");
            if (key.RevokedAt is null) await DeleteApiKey.RevokeAsync(db, key);
            return true;
        })));
        return command;
    }

    static async Task WithDatabaseAsync(string[] settings, Func<Database, Task> work)
    {
        await using var app = Program.Build(settings);
        await Preparation.MigrateAsync(app.Services);
        await work(app.Services.GetRequiredService<Database>());
    }

    // A day means all of it, in Stockholm.
    static DateTimeOffset? EndOf(string? day)
    {
        if (day is null) return null;
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new SettingException("--expires", $"must be a day such as 2027-12-31, is '{day}'");
        // People write 9999-12-31 for never; there is no day after it.
        return date == DateOnly.MaxValue ? new DateTimeOffset(date, TimeOnly.MaxValue, TimeSpan.Zero) : Caller.Midnight(date.AddDays(1));
    }

    static string State(ApiKeyResponse key) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt is { } at ? $"{at:yyyy-MM-dd}" : "works";

    static string Day(DateTimeOffset? instant) => instant is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "never used";
}
