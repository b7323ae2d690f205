using ActionPlan.ApiKeys;
using ActionPlan.Data;

namespace ActionPlan;

/// <summary>What happens between starting the program and listening: migrations, seeds, the first key.</summary>
static class Preparation
{
    /// <summary>Makes the database ready for the first request.</summary>
    /// <exception cref="SettingException">The database cannot be opened, or not by this program.</exception>
    public static async Task RunAsync(IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        var database = services.GetRequiredService<Database>();

        await MigrateAsync(services);
        // Of several that start at once one fills the database; the writer of another would give up waiting for it.
        await using var alone = await database.Engine.OpenAsync(create: true);
        await database.Engine.LockForStartAsync(alone);
        await Seeding.LoadAsync(database, settings);
        if (await FirstKeyAsync(database, settings) is { } secret)
        {
            var address = services.GetRequiredService<IConfiguration>()["urls"]!.Split(';')[0].Replace("+", "localhost").Replace("*", "localhost");
            Console.WriteLine($"""

                Den första nyckeln, som visas bara nu (the first admin key, shown only now):

                curl -H "Authorization: Bearer {secret}" {address.TrimEnd('/')}{Settings.BasePath}/plans

                """);
        }

        await services.GetRequiredService<KeyRing>().PrepareAsync();
    }

    /// <summary>Makes the data folder and brings the database to this version.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        var database = services.GetRequiredService<Database>();
        try
        {
            if (settings.Engine == "sqlite") SqliteEngine.CreateFolder(settings.ConnectionString);
            await Migrations.ApplyAsync(database, services.GetRequiredService<TimeProvider>());
        }
        catch (Exception exception) when (database.Engine.Fault(exception) is not null || exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("ConnectionStrings__ActionPlan", exception.Message);
        }
    }

    // The secret is returned only when it was made here: one that was configured is known already.
    static Task<string?> FirstKeyAsync(Database database, Settings settings) => database.WriteAsync("system", async db =>
    {
        if (await db.FindAsync<bool>("select exists (select 1 from api_key)")) return null;
        var secret = settings.BootstrapKey ?? Secret.Create();
        await CreateApiKey.AddAsync(db, new ApiKeyInput { Name = "admin", Role = Http.Role.Admin }, secret);
        return settings.BootstrapKey is null ? secret : null;
    });
}
