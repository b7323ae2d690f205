using System.Globalization;
using ActionPlan.Actions;
using ActionPlan.Departments;
using ActionPlan.FocusAreas;
using ActionPlan.Http;
using ActionPlan.Imports;
using ActionPlan.Measures;
using ActionPlan.Plans;
using CsvHelper;

namespace ActionPlan.Data;

/// <summary>
/// Fills the database from <c>seeds/</c>: the catalogue of measures, and for a demonstration a whole plan. What is
/// there already, or was there and has been deleted, is left alone.
/// </summary>
public static class Seeding
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "seeds");

    /// <summary>Loads what the settings say: demo, catalogue or none.</summary>
    public static async Task LoadAsync(Database database, Settings settings)
    {
        if (settings.Seeds == "none") return;
        if (settings.Seeds == "demo") await Past.LoadAsync(settings);
        await database.WriteAsync("seeds", LoadMeasuresAsync);
        if (settings.Seeds == "demo") await database.WriteAsync("seeds", LoadDemoAsync, isLong: true);
    }

    internal static async Task<bool> LoadMeasuresAsync(Db db)
    {
        var known = (await db.QueryAsync<MeasureResponse>("select number, category, title from measure")).ToDictionary(m => m.Number);
        foreach (var row in Rows("measures.csv"))
        {
            var measure = new MeasureResponse { Number = int.Parse(row["number"], CultureInfo.InvariantCulture), Category = row["category"], Title = row["title"] };
            var before = known.GetValueOrDefault(measure.Number);
            if (before?.Category == measure.Category && before.Title == measure.Title) continue;

            await db.ExecuteAsync(
                """
                insert into measure (number, category, title) values (@Number, @Category, @Title)
                on conflict (number) do update set category = excluded.category, title = excluded.title
                """,
                new { measure.Number, measure.Category, measure.Title });
            await db.RecordAsync(before is null ? Change.Created : Change.Updated, measure);
        }

        return true;
    }

    static async Task<bool> LoadDemoAsync(Db db)
    {
        foreach (var row in Rows("demo/departments.csv"))
            if (!await db.FindAsync<bool>("select exists (select 1 from department where key = @Key)", new { Key = row["key"] }))
                await CreateDepartment.AddAsync(db, Read<DepartmentInput>(row));

        foreach (var row in Rows("demo/plans.csv"))
        {
            var isNew = !await db.FindAsync<bool>("select exists (select 1 from plan where key = @Key)", new { Key = row["key"] });
            if (!isNew || await CreatePlan.AddAsync(db, Read<PlanInput>(row)) is not { } plan) continue;

            foreach (var area in Rows("demo/focus-areas.csv").Where(r => r["plan"] == plan.Key)) await CreateFocusArea.AddAsync(db, plan.Key, Read<FocusAreaInput>(area));
            await ImportActionsAsync(db, plan, Caller.Day(db.Now), []);
        }

        await Indicators.IndicatorSeeds.LoadAsync(db);

        return true;
    }

    /// <summary>The example's actions, through the same importer as everybody's; those in <paramref name="later"/> have not begun yet.</summary>
    internal static async Task ImportActionsAsync(Db db, PlanResponse plan, DateOnly today, IReadOnlyCollection<string> later)
    {
        var import = await ImportFile.Of(await File.ReadAllBytesAsync(Path.Combine(Folder, "demo", "actions.csv"))).WorkOutAsync(db, plan, today);
        if (import.Faults.Count > 0) throw new InvalidDataException(string.Join('\n', import.Faults.Select(fault => fault.Detail)));
        foreach (var action in import.Outcomes.Select(outcome => outcome.Wanted!).Where(action => later.Contains(action.ExternalId))) action.Status = Status.Planned;
        await ImportWriter.WriteAsync(db, import, plan, today);
    }

    internal static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(Folder, file)), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read()) yield return reader.HeaderRecord!.ToDictionary(name => name, name => reader.GetField(name)!);
    }

    // The columns are named as the properties are; an empty cell is unknown.
    internal static T Read<T>(IReadOnlyDictionary<string, string> row) where T : Input<T>, IInput<T>, new()
    {
        var input = new T();
        foreach (var property in Json.Options.GetTypeInfo(typeof(T)).Properties)
            if (row.TryGetValue(property.Name, out var text) && text.Length > 0)
                property.Set!(input, Value(text, property.PropertyType));
        input.Settle();
        return input;
    }

    static object Value(string text, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => text,
        var t when t == typeof(bool) => bool.Parse(text),
        var t when t == typeof(int) => int.Parse(text, CultureInfo.InvariantCulture),
        var t when t == typeof(DateOnly) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => text.Split("; "),
    };
}
