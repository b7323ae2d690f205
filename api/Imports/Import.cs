using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Deadlines;
using ActionPlan.FocusAreas;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Language;

namespace ActionPlan.Imports;

/// <summary>
/// What a file will do to a plan, worked out against the plan as it is without writing anything: what each row creates,
/// changes or leaves alone, and everything that is wrong.
/// </summary>
sealed class Import
{
    // So many rows, and the actions that they name, are in memory as such at a time.
    const int Together = 2000;

    readonly string plan;
    readonly Period period;
    readonly Target target;
    readonly DateOnly today;
    readonly bool createsAreas;
    readonly RowReader reader;
    readonly Dictionary<string, string> areas = [];
    readonly HashSet<string> areaKeys;
    readonly Dictionary<string, int> seen = [];
    int nextNumber;

    Import(string plan, Period period, Target target, Table table, IReadOnlyList<Column> columns, bool createsAreas, DateOnly today)
    {
        (this.plan, this.period, this.target, this.today, this.createsAreas) = (plan, period, target, today, createsAreas);
        (Columns, Table) = (columns, table);
        reader = new RowReader(columns, table.IsJson, period);
        nextNumber = target.LastNumber + 1;
        areaKeys = [.. target.FocusAreas.Select(area => area.Key)];
        foreach (var area in target.FocusAreas.OrderByDescending(area => area.Position)) areas[SearchText.Name(area.Title) ?? area.Title] = area.Key;
        foreach (var area in target.FocusAreas) areas[area.Key] = area.Key;
    }

    /// <summary>What the file holds.</summary>
    public Table Table { get; }

    /// <summary>How the columns were understood.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The plan as it was when this was worked out.</summary>
    public Target Target => target;

    /// <summary>What each row does, in the file's order.</summary>
    public List<Outcome> Outcomes { get; } = [];

    /// <summary>The focus areas that are to be there first, in order.</summary>
    public List<FocusAreaInput> NewAreas { get; } = [];

    /// <summary>Everything that is wrong.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>Works it out. The table's cells are let go of on the way.</summary>
    public static async Task<Import> OfAsync(Db db, Table table, string plan, Period period, Target target, bool isNewPlan, bool createsAreas, DateOnly today)
    {
        var import = new Import(plan, period, target, table, Column.Of(table, isNewPlan), createsAreas, today);
        RowReader.Check(import.Columns, table, target.Numbers.Count > 0, import.Faults);
        if (import.Faults.Count > 0) return import;
        foreach (var rows in table.Rows.Chunk(Together)) await import.AddAsync(db, rows);
        return import;
    }

    // Each row by itself, by all processors; only what rows have in common goes by their order.
    async Task AddAsync(Db db, Row[] cells)
    {
        var rows = cells.AsParallel().AsOrdered().Select(reader.Read).ToArray();
        foreach (var row in cells) Array.Clear(row.Cells);
        var numbers = Array.ConvertAll(rows, Find);
        await target.LoadAsync(db, plan, numbers);
        foreach (var row in rows) Place(row);
        foreach (var outcome in rows.Zip(numbers).AsParallel().AsOrdered().Select(found => WorkOut(found.First, target.Actions.GetValueOrDefault(found.Second))))
        {
            if (outcome.Kind == Outcome.Created) outcome.Number = nextNumber++;
            Outcomes.Add(outcome);
            Faults.AddRange(outcome.Faults);
        }
    }

    Outcome WorkOut(ImportRow row, ActionResponse? current)
    {
        var outcome = current is null ? Create(row) : Change(row, current);
        return row.Faults.Count == 0 ? outcome : new Outcome(row) { Kind = Outcome.Failed, Number = current?.Number ?? 0 };
    }

    // The number of the action that a row names; 0 if it is to be a new one.
    int Find(ImportRow row)
    {
        var id = row.Says("externalId", out var said) ? said as string : null;
        var name = row.Key is not null && Columns.Any(c => c is { Field: Headings.Key, Use: "field" }) ? row.Key : id is null ? null : "#" + id;
        if (name is null) return 0;
        var known = name == row.Key ? 0 : target.ByExternalId.GetValueOrDefault(id!);
        // The same action may be named by its key in one row, and by its number from elsewhere in another.
        var action = known == 0 ? name : $"{plan}-{known}";
        if (!seen.TryAdd(action, row.Number)) Refuse(row, row.Key is null ? "externalId" : Headings.Key, "sameRowTwice", name.TrimStart('#'), seen[action]);

        if (name == row.Key)
        {
            if (GetAction.TrySplit(name, out var named, out var number) && named == plan && target.Numbers.Contains(number)) return number;
            Refuse(row, Headings.Key, "unknownAction", row.Key, plan);
            return 0;
        }

        if (known > 0)
        {
            var also = target.Ambiguous.FindAll(action => action.ExternalId == id);
            if (also.Count > 0) Refuse(row, "externalId", "ambiguousId", id, string.Join(", ", also.Select(action => action.Number).Prepend(known).Select(number => $"{plan}-{number}")));
        }
        else if (target.DeletedIds.Contains(id!))
        {
            row.Warnings.Add(Text.Of("Warning.deletedBefore", Text.Quote(id!, 100)));
        }

        return known;
    }

    // A focus area is known by its key or its title; one that is new is made, if that was asked for.
    void Place(ImportRow row)
    {
        if (row.FocusArea is not { } written) return;
        var key = written.Length == 0 ? null : areas.GetValueOrDefault(written) ?? areas.GetValueOrDefault(SearchText.Name(written) ?? written);
        if (written.Length > 0 && key is null)
        {
            key = CreateFocusArea.Slug(written);
            if (!createsAreas || key.Length == 0)
            {
                Refuse(row, "focusArea", key.Length == 0 ? "keyNotDerivable" : "focusAreaMissing", written, plan);
                return;
            }

            for (var (slug, i) = (key, 2); !areaKeys.Add(key); i++) key = $"{slug[..Math.Min(slug.Length, 55)].TrimEnd('-')}-{i}";
            var area = new FocusAreaInput { Key = key, Title = written };
            var faults = new Faults();
            area.Check(faults);
            if (faults.Count > 0) Refuse(row, "focusArea", "tooLong", 200, written.EnumerateRunes().Count());
            areas[SearchText.Name(written)!] = key;
            NewAreas.Add(area);
        }

        row.Values.Add((RowReader.Property("focusArea"), key));
    }

    Outcome Create(ImportRow row)
    {
        var input = new ActionInput();
        foreach (var (property, value) in row.Values) property.Set!(input, value);
        input.Settle();
        input.Description = Described(input.Description, row);
        Deadline.Settle(input, period);
        if (row.IsContinuous && input.DueDate is null)
        {
            input.Recurrence = "continuous";
            input.StartDate ??= period.Start;
        }

        Excuse(row, input.Status!, () => input.StatusReason is null, reason => input.StatusReason = reason);
        if (input.Status == Status.Verified) input.CompletedOn ??= row.VerifiedOn;
        if (input.Status is Status.Done or Status.Verified) input.CompletedOn ??= today;
        if (input.Status != Status.Verified) input.NextFollowUpDate ??= FollowUpInterval.Next(input.FollowUpInterval, input.StartDate > today ? input.StartDate.Value : today);
        Check(row, input, null);
        return new Outcome(row) { Kind = Outcome.Created, Wanted = input, Note = row.Note };
    }

    Outcome Change(ImportRow row, ActionResponse current)
    {
        var named = row.Values.Where(v => v.Property.Name != "description" && !IsSame(v.Property.Name, v.Value, current)).ToList();
        // Done is what a day of completion means where no status is told; what has been checked is that already.
        if (row.IsDoneByItsDay && current.Status == Status.Verified) named.RemoveAll(v => v.Property.Name == "status");
        // A day that is not told stays where the status needs one.
        named.RemoveAll(v => v is { Property.Name: "completedOn", Value: null });
        if (row.Kept.Count > 0 || row.Says("description", out _))
        {
            var described = row.Says("description", out var text) ? Described(text as string, row) : Kept(current.Description, row);
            if (!Even(described).Equals(Even(current.Description), StringComparison.Ordinal)) named.Add((RowReader.Property("description"), described));
        }

        var status = named.Find(v => v.Property.Name == "status").Value as string;
        if (row.IsContinuous && current.DueDate is null && current.Recurrence != "continuous" && !named.Exists(v => v.Property.Name is "recurrence" or "dueDate" or "deadline")) named.Add((RowReader.Property("recurrence"), "continuous"));
        var verifies = status == Status.Verified && current.Status == Status.Done;
        if (verifies) named.RemoveAll(v => v.Property.Name == "status");
        else if (status is not null && !Status.MovesFrom(current.Status).Contains(status)) Refuse(row, "status", "statusNotAllowed", current.Status, status, string.Join(", ", Status.MovesFrom(current.Status)));
        else if (status is not null) Excuse(row, status, () => !named.Exists(v => v is { Property.Name: "statusReason", Value: not null }), reason => named.Add((RowReader.Property("statusReason"), reason)), Status.IsFinal(current.Status));

        var note = row.Note is not null && !target.Notes.Contains((current.Number, Even(row.Note))) ? row.Note : null;
        if (named.Count == 0 && note is null && !verifies) return new Outcome(row) { Kind = Outcome.Unchanged, Number = current.Number };

        var patch = Patch<ActionInput>.Of(named);
        var wanted = patch.ApplyTo(current);
        var faults = new Faults();
        if (row.Faults.Count == 0) PatchAction.Settle(wanted, current, patch, period, today, faults);
        reader.Add(row, faults);
        Check(row, wanted, current);
        return new Outcome(row) { Kind = Outcome.Updated, Number = current.Number, Current = current, Wanted = wanted, Note = note, Verifies = verifies, NamesReason = patch.Names("statusReason") };
    }

    void Check(ImportRow row, ActionInput input, ActionResponse? current)
    {
        var faults = new Faults();
        if (current is null) input.Check(faults);
        var title = input.MeasureNumber is { } number ? target.Measures.GetValueOrDefault(number) : null;
        if (title is null && input.MeasureNumber is { } measure && measure != current?.MeasureNumber && !faults.AreAt("/measureNumber")) faults.AddAt("/measureNumber", "unknownMeasure", measure);
        // A measure gives its title to what has none.
        input.Title ??= title;
        if (row.Note is { Length: > 20_000 }) faults.AddAt("/" + Headings.FollowUp, "tooLong", 20_000, row.Note.Length);
        reader.Add(row, faults);
        // A wording that gives no date is taken as it is, and told.
        if (input.Deadline is { } wording && wording != current?.Deadline && input.DueDate is null && input.Recurrence != "continuous" && !faults.AreAt("/deadline")
            && Wording.Read(wording, period).Warning is { } warning) row.Warnings.Add(warning.Text());
    }

    // DOMAIN: a reason that is missing is the comment, else it says where it comes from.
    static void Excuse(ImportRow row, string status, Func<bool> isMissing, Action<string> set, bool isReopened = false)
    {
        if (!(Status.NeedsReason(status) || isReopened) || !isMissing()) return;
        if (row.Note is null) row.Warnings.Add(Text.Of("Warning.reasonMissing", status));
        set(row.Note is null ? "enligt importerad fil" : Text.Cut(row.Note, 2000));
    }

    void Refuse(ImportRow row, string field, string code, params object?[] values) => reader.Add(row, Columns.FirstOrDefault(c => c.Field == field), code, values);

    static string? Described(string? text, ImportRow row)
    {
        var kept = string.Join('\n', row.Kept.Select(k => $"{k.Heading}: {k.Content}"));
        return kept.Length == 0 ? text : string.IsNullOrEmpty(text) ? kept : $"{text}\n{kept}";
    }

    // A description whose lines under the same headings say what the row says; all other text stays.
    static string? Kept(string? description, ImportRow row)
    {
        var text = Even(description);
        foreach (var (heading, content) in row.Kept)
        {
            var block = $"{heading}: {content}";
            if ($"\n{text}\n".Contains($"\n{block}\n", StringComparison.Ordinal)) continue;
            var lines = text.Split('\n').ToList();
            var at = lines.FindIndex(line => line.StartsWith(heading + ": ", StringComparison.Ordinal));
            if (at >= 0) lines[at] = block;
            else lines.Add(block);
            text = string.Join('\n', lines).Trim();
        }

        return text.Length == 0 ? null : text;
    }

    static bool IsSame(string property, object? value, ActionResponse current) => (Of(property, current), value) switch
    {
        (string known, string said) => Even(known) == Even(said),
        (IEnumerable<string> known, null) => !known.Any(),
        (IEnumerable<string> known, IEnumerable<string> said) => known.Select(Even).SequenceEqual(said.Select(Even)),
        (bool known, null) => !known,
        (null, null) => true,
        var (known, said) => Equals(known, said),
    };

    static object? Of(string property, ActionResponse current) => Shown[property](current);

    static readonly Dictionary<string, Func<object, object?>> Shown = Json.Properties(typeof(ActionResponse)).ToDictionary(p => p.Name, p => p.Get!);

    static string Even(string? text) => (text ?? "").Replace("\r\n", "\n").Replace('\r', '\n').Trim();
}

/// <summary>What becomes of a row: all that is kept of it.</summary>
sealed class Outcome(ImportRow row)
{
    /// <summary>The words for it.</summary>
    public const string Created = "created", Updated = "updated", Unchanged = "unchanged", Failed = "failed";

    /// <summary>The row's number in the file.</summary>
    public int Row { get; } = row.Number;

    /// <summary>Which of the words.</summary>
    public required string Kind { get; init; }

    /// <summary>The action's number in the plan, or 0.</summary>
    public int Number { get; set; }

    /// <summary>The action as it is; null unless it is to change.</summary>
    public ActionResponse? Current { get; init; }

    /// <summary>What it is to be.</summary>
    public ActionInput? Wanted { get; init; }

    /// <summary>The follow-up that is added.</summary>
    public string? Note { get; init; }

    /// <summary>The day it was checked, or null.</summary>
    public DateOnly? VerifiedOn { get; } = row.VerifiedOn;

    /// <summary>True if a change adds the check that verifies.</summary>
    public bool Verifies { get; init; }

    /// <summary>True if the row told the reason of the change.</summary>
    public bool NamesReason { get; init; }

    /// <summary>What deserves a look, in the language of the request.</summary>
    public IReadOnlyList<string> Warnings { get; } = row.Warnings.Count == 0 ? [] : row.Warnings;

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Fault> Faults { get; } = row.Faults.Count == 0 ? [] : row.Faults;
}
