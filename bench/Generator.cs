using System.Data.Common;
using System.Text.Json;
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
    const int LargestPlan = 2000, SmallestPlan = 100, Measures = 101;
    static readonly DateOnly Today = new(2026, 9, 1);

    public static async Task RunAsync(int actions, string file)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} exists already");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var settings = Settings.For("sqlite", SqliteEngine.Complete($"Data Source={file}", Environment.CurrentDirectory));
        await using var database = new Database(settings, TimeProvider.System);
        await Migrations.ApplyAsync(database, TimeProvider.System);
        await Seeding.LoadAsync(database, "catalogue");

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

        using var insert = Prepare(connection, ActionSql);
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
                Run(insert, Row(random, words, ++id, key, department, number, start, participants, tags));
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

    static Dictionary<string, object?> Row(Random random, Vocabulary words, int id, string plan, string department, int number, DateOnly start, string[] participants, string[] tags)
    {
        DateOnly? due = words.Chance(15) ? null : start.AddDays(random.Next(30, 720));
        var status = Status(random, due ?? start.AddYears(2));
        var (title, description, owner) = (words.Title(), words.Description(), words.Owner());
        var created = start.ToDateTime(TimeOnly.MinValue).AddMilliseconds(random.NextInt64(86_400_000L * 60));
        return new()
        {
            ["Id"] = id, ["Plan"] = plan, ["Number"] = number, ["Department"] = department, ["Title"] = title, ["Description"] = description,
            ["FocusArea"] = words.Chance(10) ? null : words.One(Vocabulary.FocusAreas).Key, ["Status"] = status,
            ["StatusReason"] = status is "paused" or "cancelled" or "rejected" ? "Väntar på beslut om budget" : null,
            ["Owner"] = owner, ["OwnerKey"] = SearchText.Name(owner),
            ["Participants"] = JsonSerializer.Serialize(participants, Http.Json.State), ["Tags"] = JsonSerializer.Serialize(tags, Http.Json.State),
            ["Deadline"] = Text(due), ["DueDate"] = Text(due), ["Priority"] = words.One<string?>([null, null, "low", "normal", "normal", "high"]),
            ["Prognosis"] = words.One<string?>([null, null, null, "green", "green", "yellow", "red"]), ["Highlighted"] = words.Chance(5) ? 1 : 0,
            ["MeasureNumber"] = words.Chance(30) ? random.Next(1, Measures + 1) : null,
            ["CompletedOn"] = status is "done" or "verified" ? Text(due ?? start.AddDays(200)) : null,
            ["VerifiedOn"] = status is "verified" ? Text(due?.AddDays(90) ?? start.AddDays(300)) : null,
            ["NextFollowUpDate"] = words.Chance(30) ? Text(start.AddDays(random.Next(30, 900))) : null,
            ["SearchText"] = SearchText.Fold(title, description, owner),
            ["CreatedAt"] = Http.Json.Instant(created), ["UpdatedAt"] = Http.Json.Instant(created.AddSeconds(random.Next(0, 86_400 * 200))),
        };
    }

    // What is due in the past is mostly over; what is to come is mostly not.
    static string Status(Random random, DateOnly due) => (due < Today, random.Next(100)) switch
    {
        (true, < 45) => "done", (true, < 75) => "verified", (true, < 87) => "cancelled", (true, < 93) => "inProgress", (true, < 97) => "planned", (true, _) => "paused",
        (false, < 40) => "planned", (false, < 70) => "inProgress", (false, < 80) => "proposed", (false, < 88) => "done", (false, < 94) => "paused", (false, _) => "rejected",
    };

    static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd");

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

    const string ActionSql = """
        insert into action (id, plan, number, department, title, description, focus_area, status, status_reason, owner, owner_key,
            participants, tags, deadline, due_date, priority, prognosis, is_highlighted, measure_number, completed_on, verified_on,
            next_follow_up_date, search_text, created_at, created_by, updated_at, updated_by)
        values (@Id, @Plan, @Number, @Department, @Title, @Description, @FocusArea, @Status, @StatusReason, @Owner, @OwnerKey,
            @Participants, @Tags, @Deadline, @DueDate, @Priority, @Prognosis, @Highlighted, @MeasureNumber, @CompletedOn, @VerifiedOn,
            @NextFollowUpDate, @SearchText, @CreatedAt, 'bench', @UpdatedAt, 'bench')
        """;
}
