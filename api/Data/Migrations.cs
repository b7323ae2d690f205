using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace ActionPlan.Data;

/// <summary>
/// Brings a database to this program's version with the plain SQL files in <c>migrations/</c>. Files with the same
/// number belong together: <c>0001_plans.sql</c> for every engine, <c>0001_plans_sqlite.sql</c> for what only one can say.
/// </summary>
public static partial class Migrations
{
    static readonly ConcurrentDictionary<string, string[]> Names = new();
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "migrations");

    /// <summary>Applies what is missing, each number in one transaction, in order.</summary>
    /// <exception cref="SettingException">The database is newer than the program, or an applied file has changed since.</exception>
    public static async Task ApplyAsync(Database database, TimeProvider clock)
    {
        var engine = database.Engine;
        await using var connection = await engine.OpenAsync(create: true);
        await engine.LockForStartAsync(connection);
        await connection.ExecuteAsync(
            "create table if not exists migration (name text primary key not null, digest text not null, applied_at timestamptz not null)");

        var known = Read(engine);
        while (await NextAsync(connection, known) is { } migration) await ApplyAsync(connection, engine, migration, clock);
    }

    /// <summary>True when everything has been applied.</summary>
    public static async Task<bool> AreAppliedAsync(Db db, Engine engine) =>
        !Names.GetOrAdd(engine.MigrationSuffix, _ => [.. Read(engine).Select(m => m.Name)]).Except(await db.QueryAsync<string>("select name from migration")).Any();

    /// <summary>Makes sure that a database is of this program's version, for who may not change it.</summary>
    /// <exception cref="SettingException">It is older or newer, or none of this program's; the message starts with <paramref name="name"/>.</exception>
    public static async Task CheckAsync(DbConnection connection, Engine engine, string name)
    {
        var known = Read(engine).ConvertAll(m => m.Name);
        List<string> applied;
        try
        {
            applied = [.. await connection.QueryAsync<string>("select name from migration")];
        }
        catch (DbException fault) when (engine.Fault(fault) is null)
        {
            throw new SettingException(name, "holds no installation of this program");
        }

        if (applied.Except(known).Order(StringComparer.Ordinal).ToArray() is [var unknown, ..])
            throw new SettingException(name, $"is newer than this program: it has {unknown}. Use the newer program.");
        if (known.Except(applied).ToArray() is [var missing, ..])
            throw new SettingException(name, $"is older than this program: it lacks {missing}. Start this program on it once.");
    }

    static async Task ApplyAsync(DbConnection connection, Engine engine, Migration migration, TimeProvider clock)
    {
        // Taken at once, so that of two processes that start together one waits and then finds nothing to do.
        await connection.ExecuteAsync(engine.Begin);
        try
        {
            if (await connection.ExecuteScalarAsync<int>("select count(*) from migration where name = @Name", migration) == 0)
            {
                foreach (var text in migration.Texts) await connection.ExecuteAsync(text);
                await connection.ExecuteAsync(
                    "insert into migration (name, digest, applied_at) values (@Name, @Digest, @AppliedAt)",
                    new { migration.Name, migration.Digest, AppliedAt = clock.GetUtcNow() });
            }

            await connection.ExecuteAsync("commit transaction");
        }
        catch
        {
            await connection.ExecuteAsync("rollback transaction");
            throw;
        }
    }

    static async Task<Migration?> NextAsync(DbConnection connection, IReadOnlyList<Migration> known)
    {
        var applied = (await connection.QueryAsync<(string Name, string Digest)>("select name, digest from migration"))
            .ToDictionary(row => row.Name, row => row.Digest);

        if (applied.Keys.Except(known.Select(m => m.Name)).Order().ToArray() is [var unknown, ..])
            throw new SettingException("migrations", $"the database is newer than this program: it has {unknown}. Start the newer program, or restore an older backup.");

        if (known.FirstOrDefault(m => applied.TryGetValue(m.Name, out var digest) && digest != m.Digest) is { } changed)
            throw new SettingException("migrations", $"{changed.Name} has changed since it was applied. Restore the file; a change to the schema belongs in a new one.");

        return known.FirstOrDefault(m => !applied.ContainsKey(m.Name));
    }

    static List<Migration> Read(Engine engine) => [.. Directory.GetFiles(Folder, "*.sql")
        .Where(file => !OfOneEngine().IsMatch(file) || file.EndsWith(engine.MigrationSuffix + ".sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .GroupBy(file => Path.GetFileName(file)[..4])
        .Select(files => new Migration(
            Path.GetFileNameWithoutExtension(files.First()),
            // Line ends are not content: a checkout on Windows must not look like an edit.
            [.. files.Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))]))];

    [GeneratedRegex(@"_(sqlite|postgres)\.sql$")]
    private static partial Regex OfOneEngine();

    sealed record Migration(string Name, string[] Texts)
    {
        public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Texts))));
    }
}
