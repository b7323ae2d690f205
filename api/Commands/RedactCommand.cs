using System.CommandLine;
using System.Text.Json.Nodes;
using ActionPlan.Actions;
using ActionPlan.Changes;
using ActionPlan.Data;

namespace ActionPlan.Commands;

/// <summary><c>redact</c>: erases contents of the change log where the law demands it (GDPR, article 17), and records that it did.</summary>
static class RedactCommand
{
    const string Actor = "command line";

    // What never changes cannot be cleared through the API first: its table, and what becomes of each text there.
    static readonly Dictionary<string, (string Table, Dictionary<string, string> Cleared)> AppendOnly = new()
    {
        ["followUp"] = ("follow_up", new() { ["note"] = "note = null, search_text = ''", ["author"] = "author = ''" }),
        ["decision"] = ("decision", new() { ["reason"] = "reason = null", ["note"] = "note = null", ["decidedBy"] = "decided_by = null", ["author"] = "author = ''" }),
        ["presentation"] = ("presentation", new() { ["board"] = "board = null", ["registryNumber"] = "registry_number = null", ["paragraph"] = "paragraph = null", ["note"] = "note = null" }),
    };

    public static Command Create(string[] settings)
    {
        var number = new Option<long?>("--number") { Description = "Number of one change to redact." };
        var resource = new Option<string?>("--resource") { Description = "With --key, in place of --number: what kind of thing, as the feed calls it (action, followUp …)." };
        var key = new Option<string?>("--key") { Description = "Key or id of the thing whose changes are redacted, as the feed tells it." };
        var fields = new Option<string?>("--fields") { Description = "Which properties to erase, separated by commas; every text that somebody wrote if left out." };
        var reason = new Option<string>("--reason") { Required = true, Description = "Why; it stays in the log." };

        var command = new Command("redact", "Erase contents of the change log for good. What stands now is left alone: change it through the API first.") { number, resource, key, fields, reason };
        command.SetAction(async (arguments, _) =>
        {
            var (one, type, name) = (arguments.GetValue(number), arguments.GetValue(resource), arguments.GetValue(key));
            if (one is null == type is null || type is null != name is null) throw new SettingException("redact", "takes either --number, or --resource and --key");
            if (string.IsNullOrWhiteSpace(arguments.GetRequiredValue(reason))) throw new SettingException("--reason", "must say why");
            string[] erased = arguments.GetValue(fields)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (erased.Where(Redaction.Kept.Contains).ToArray() is [var kept, ..]) throw new SettingException("--fields", $"'{kept}' is no text that somebody wrote, and stays");

            await using var app = Program.Build(settings);
            await Preparation.MigrateAsync(app.Services);
            var redaction = await app.Services.GetRequiredService<Database>().WriteAsync(Actor, async db =>
            {
                var rows = one is null
                    ? await db.QueryAsync<ChangeRow>(ChangeRow.Sql + " where change.resource = @Resource and change.resource_key = @Key order by change.number", new { Resource = type, Key = name })
                    : await db.QueryAsync<ChangeRow>(ChangeRow.Sql + " where change.number = @Number", new { Number = one });
                return await RedactAsync(db, rows, erased, arguments.GetRequiredValue(reason));
            });
            arguments.InvocationConfiguration.Output.WriteLine($"{redaction.Changes.Count} changes of {redaction.Resource} {redaction.Key} redacted: {string.Join(", ", redaction.Changes.Select(change => change.Number))}");
        });
        return command;
    }

    static async Task<Redaction> RedactAsync(Db db, IReadOnlyList<ChangeRow> found, string[] fields, string reason)
    {
        if (found.Count == 0) throw new SettingException("redact", "there is no such change");
        if (found[^1].Resource == "redaction") throw new SettingException("redact", "what a redaction recorded stays: it holds no content, and the log is checked by it");
        var isAppendOnly = AppendOnly.TryGetValue(found[0].Resource, out var standing);
        var rows = found.Where(row => !row.IsNewest || isAppendOnly).ToList();
        if (rows.Count == 0)
            throw new SettingException("redact", $"{found[0].Resource} {found[0].ResourceKey} stands as change {found[^1].Number} left it: change it through the API first (if it is deleted, restore it)");
        if (fields.Where(field => rows.All(row => !JsonNode.Parse(row.State)!.AsObject().ContainsKey(field))).ToArray() is [var unknown, ..])
            throw new SettingException("--fields", $"{rows[0].Resource} has no property '{unknown}'");

        var blanked = rows.ConvertAll(row => (Row: row, State: Redaction.Blank(row.State, fields), Reason: fields.Length == 0 || fields.Contains("statusReason") ? null : row.Reason));
        var redaction = new Redaction
        {
            Id = Guid.CreateVersion7(db.Now),
            Resource = rows[0].Resource,
            Key = rows[0].ResourceKey,
            Erased = fields,
            Changes = blanked.ConvertAll(blank => new RedactedChange(blank.Row.Number, blank.Row.Digest, blank.Row.DigestOf(blank.Row.DigestBefore ?? "", blank.Reason, blank.State))),
            Owner = (found[^1].Department, found[^1].Plan),
        };
        await db.RecordAsync(Change.Created, redaction, reason);

        var recorded = await db.FindAsync<long>("select max(number) from change");
        foreach (var (row, state, kept) in blanked)
            await db.ExecuteAsync(
                "update change set state = @State, folded = null, reason = @Reason, redacted_in = @RedactedIn where number = @Number",
                new { row.Number, State = state, Reason = kept, RedactedIn = recorded });
        if (isAppendOnly)
        {
            var cleared = standing.Cleared.Where(column => fields.Length == 0 || fields.Contains(column.Key)).Select(column => ", " + column.Value);
            await db.ExecuteAsync($"update {standing.Table} set id = id {string.Concat(cleared)} where id = @Id", new { Id = Guid.Parse(redaction.Key) });
        }

        if (redaction.Resource == "followUp") await FoldAnewAsync(db, Guid.Parse(redaction.Key));
        return redaction;
    }

    // What q finds of an action includes what its follow-ups say.
    static async Task FoldAnewAsync(Db db, Guid id)
    {
        var action = (await db.FindAsync<Followed>("select id, title, description, owner from action where id = (select action_id from follow_up where follow_up.id = @Id)", new { Id = id }))!;
        await db.ExecuteAsync(
            $"update action set search_text = @SearchText || {ActionRow.FollowUpsSql} where id = @Id",
            new { action.Id, SearchText = SearchText.Fold(action.Title, action.Description, action.Owner) });
    }

    sealed class Followed
    {
        public required long Id { get; init; }
        public required string Title { get; init; }
        public string? Description { get; init; }
        public string? Owner { get; init; }
    }
}
