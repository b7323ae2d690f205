using System.Globalization;
using ActionPlan.Actions;
using ActionPlan.Departments;
using ActionPlan.FocusAreas;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Indicators;
using ActionPlan.Plans;

namespace ActionPlan.Data;

/// <summary>
/// Gives the example plan the history that its source tells (<c>seeds/demo/history.csv</c>), each change at its own time.
/// For an empty database alone: in any other, time has gone on. A day is told whole and once, also when the telling is
/// interrupted, or two tell it at once.
/// </summary>
sealed class Past : TimeProvider
{
    DateOnly today;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Caller.Midnight(today).AddHours(12);

    /// <summary>Fills an empty database; the catalogue comes first, since actions refer to it.</summary>
    public static async Task LoadAsync(Settings settings)
    {
        var past = new Past();
        await using var database = new Database(settings, past);
        var rows = Seeding.Rows("demo/history.csv").ToLookup(row => DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var days = rows.Select(day => day.Key).Union(IndicatorSeeds.Days).Order().ToList();

        foreach (var day in days)
        {
            past.today = day;
            await database.WriteAsync("seeds", async db =>
            {
                if (await db.FindAsync<DateTimeOffset>("select at from change_clock") >= past.GetUtcNow()) return false;
                if (day == days[0]) await Seeding.LoadMeasuresAsync(db);
                foreach (var row in rows[day]) await RelateAsync(db, row, day);
                await IndicatorSeeds.TellAsync(db, day);
                return true;
            });
        }
    }

    static async Task RelateAsync(Db db, IReadOnlyDictionary<string, string> row, DateOnly day)
    {
        var values = new { Key = row["key"], Status = row["status"], db.Now, db.Actor };
        switch (row["resource"])
        {
            case "plan" when await db.FindAsync<PlanResponse>(PlanSql, values) is { } plan:
                await db.RecordAsync(Change.Updated, plan);
                break;
            case "plan":
                foreach (var department in Seeding.Rows("demo/departments.csv")) await CreateDepartment.AddAsync(db, Seeding.Read<DepartmentInput>(department));
                var input = Seeding.Read<PlanInput>(Seeding.Rows("demo/plans.csv").Single(p => p["key"] == values.Key));
                input.Status = values.Status;
                await CreatePlan.AddAsync(db, input);
                foreach (var area in Seeding.Rows("demo/focus-areas.csv")) await CreateFocusArea.AddAsync(db, values.Key, Seeding.Read<FocusAreaInput>(area));
                break;
            case "actions":
                var parent = (await db.FindAsync<PlanResponse>($"select {PlanResponse.Columns} from plan where key = @Key", values))!;
                // What begins later was still planned.
                await Seeding.ImportActionsAsync(db, parent, day, [.. Seeding.Rows("demo/history.csv").Where(later => later["resource"] == "action").Select(later => later["key"])]);
                break;
            case "presentation":
                await CreatePresentation.AddAsync(db, new PresentationInput { Date = day, Board = "Socialnämnden", Note = row["note"] }, (await db.FindAsync<PlanResponse>($"select {PlanResponse.Columns} from plan where key = @Key", values))!);
                break;
            case "action":
                await db.RecordAsync(Change.Updated, (await db.FindAsync<ActionResponse>(ActionSql, values))!);
                break;
            default:
                var followed = (await db.FindAsync<ActionResponse>($"select {ActionResponse.Columns} from action where external_id = @Key", values))!;
                await CreateFollowUp.AddAsync(db, new FollowUpInput { Date = day, Kind = row["kind"], Effect = row["effect"], Note = row["note"], Author = db.Actor }, followed);
                break;
        }
    }

    const string PlanSql = $"""
        update plan set status = @Status, version = version + 1, updated_at = @Now, updated_by = @Actor where key = @Key
        returning {PlanResponse.Columns}
        """;

    const string ActionSql = $"""
        update action set status = @Status, version = version + 1, updated_at = @Now, updated_by = @Actor where external_id = @Key
        returning {ActionResponse.Columns}
        """;
}
