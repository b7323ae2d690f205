using System.Data.Common;
using ActionPlan.Actions;
using ActionPlan.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Bench;

/// <summary>
/// Fills a database with realistic actions: the same ones every time. The schema is the service's own; what the service
/// keeps true (rows for participants and tags, the search index, numbers without gaps) is true here too. There are no
/// change rows: the log begins with what is written after.
/// </summary>
static class Generator
{
    const int LargestPlan = 2000, SmallestPlan = 100;

    public static async Task RunAsync(int actions, string file)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} exists already");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var settings = Settings.For("sqlite", SqliteEngine.Complete($"Data Source={file}", Environment.CurrentDirectory), "catalogue");
        await using var database = new Database(settings, TimeProvider.System);
        await Migrations.ApplyAsync(database, TimeProvider.System);
        await Seeding.LoadAsync(database, settings);

        await using var connection = (SqliteConnection)await database.Engine.OpenAsync();
        // A generator that is interrupted is run again: nothing here needs to be durable.
        connection.Execute("pragma synchronous = off; pragma cache_size = -400000");
        connection.Execute("begin immediate");
        var indexes = connection.Query<string>("select sql from sqlite_schema where tbl_name = 'action' and type in ('index', 'trigger') and sql is not null").ToList();
        foreach (var name in connection.Query<(string Type, string Name)>("select type, name from sqlite_schema where tbl_name = 'action' and type in ('index', 'trigger') and sql is not null").ToList())
            connection.Execute($"drop {name.Type} {name.Name}");

        Fill(connection, actions);

        foreach (var sql in indexes) connection.Execute(sql);
        connection.Execute("insert into action_search (action_search) values ('rebuild')");
        connection.Execute("commit; pragma wal_checkpoint(truncate)");
    }

    static void Fill(SqliteConnection connection, int actions)
    {
        var random = new Random(20150901);
        var words = new Vocabulary(random);
        foreach (var (key, name) in Vocabulary.Departments)
            connection.Execute($"insert into department (key, name, {Audit}) values (@key, @name, {AuditValues})", new { key, name });

        using var insert = Prepare(connection, GeneratedAction.Sql);
        using var participant = Prepare(connection, "insert into action_participant (participant_key, action_id) values (@Key, @Id)");
        using var tag = Prepare(connection, "insert into action_tag (tag_key, action_id) values (@Key, @Id)");

        for (int id = 0, plan = 0; id < actions; plan++)
        {
            var department = Vocabulary.Departments[plan % Vocabulary.Departments.Length].Key;
            var start = new DateOnly(2026 - plan / Vocabulary.Departments.Length % 12, 1, 1);
            var key = $"{department}-{start.Year}-{plan / (12 * Vocabulary.Departments.Length) + 1}";
            AddPlan(connection, key, department, start);

            var size = Math.Min(random.Next(SmallestPlan, LargestPlan + 1), actions - id);
            for (var number = 1; number <= size; number++)
            {
                var (participants, tags) = (words.SomeParticipants(), words.SomeTags());
                Run(insert, GeneratedAction.Row(random, words, ++id, key, department, number, start, participants, tags));
                foreach (var name in participants) Run(participant, new() { ["Key"] = SearchText.Name(name), ["Id"] = id });
                foreach (var name in tags) Run(tag, new() { ["Key"] = SearchText.Name(name), ["Id"] = id });
            }
        }
    }

    static void AddPlan(DbConnection connection, string key, string department, DateOnly start)
    {
        var closed = start.Year < 2016;
        connection.Execute(
            $"insert into plan (key, department, title, period_start, period_end, status, sharing, {Audit}) values (@key, @department, @title, @start, @end, @status, 'none', {AuditValues})",
            new { key, department, title = $"Åtgärdsplan {start.Year} {key}", start, end = start.AddYears(2).AddDays(-1), status = closed ? "closed" : "adopted" });
        foreach (var (area, i) in Vocabulary.FocusAreas.Select((a, i) => (a, i)))
            connection.Execute($"insert into focus_area (plan, key, title, position, {Audit}) values (@plan, @key, @title, @position, {AuditValues})",
                new { plan = key, key = area.Key, title = area.Title, position = i + 1 });
    }

    static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    static void Run(SqliteCommand command, Dictionary<string, object?> values)
    {
        if (command.Parameters.Count == 0)
            foreach (var name in values.Keys) command.Parameters.AddWithValue("@" + name, DBNull.Value);
        foreach (var (name, value) in values) command.Parameters["@" + name].Value = value ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    const string Audit = "created_at, created_by, updated_at, updated_by";
    const string AuditValues = "'2015-01-01T00:00:00.000Z', 'bench', '2015-01-01T00:00:00.000Z', 'bench'";
}
