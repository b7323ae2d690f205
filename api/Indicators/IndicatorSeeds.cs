using System.Globalization;
using ActionPlan.Data;

namespace ActionPlan.Indicators;

/// <summary>
/// The example's indicators (<c>seeds/demo/indicators.csv</c>), and their values as they were told from time to time
/// (<c>indicator-values.csv</c>).
/// </summary>
static class IndicatorSeeds
{
    /// <summary>The days on which values were told.</summary>
    public static IEnumerable<DateOnly> Days => Values().Select(row => Day(row["told"])).Distinct();

    /// <summary>Writes what was told on a day; the first time the indicators too.</summary>
    public static async Task TellAsync(Db db, DateOnly day)
    {
        if (day == Days.Min()) await LoadAsync(db, _ => false);
        foreach (var row in Values().Where(row => Day(row["told"]) == day)) await PutAsync(db, row);
    }

    /// <summary>Adds those that are not there, and never were, to an example that was loaded before there were indicators.</summary>
    public static Task LoadAsync(Db db) => LoadAsync(db, _ => true);

    static async Task LoadAsync(Db db, Func<IReadOnlyDictionary<string, string>, bool> isTold)
    {
        foreach (var row in Seeding.Rows("demo/indicators.csv"))
        {
            if (!await db.FindAsync<bool>(IsMissingSql, new { Key = row["key"], Department = row["department"] })) continue;

            var input = Seeding.Read<IndicatorInput>(row);
            if (row["targetOperator"].Length > 0) input.Target = new IndicatorTarget { Operator = row["targetOperator"], Value = Number(row["targetValue"]), By = Day(row["targetBy"]) };
            // Those that somebody has deleted, or that a plan of the same name never had, are not tied to.
            var known = await IndicatorRow.KeysAsync(db, input.Department!, [.. input.Actions!]);
            input.Actions = [.. input.Actions!.Where(known.Contains)];
            await CreateIndicator.AddAsync(db, input);
            foreach (var value in Values().Where(value => value["indicator"] == input.Key && isTold(value))) await PutAsync(db, value);
        }
    }

    static async Task PutAsync(Db db, IReadOnlyDictionary<string, string> row)
    {
        var input = new IndicatorValueInput { Unit = Text(row["unit"]), Value = Number(row["value"]), Note = Text(row["note"]) };
        var current = await IndicatorValueRow.FindAsync(db, row["indicator"], row["period"], IndicatorValueInput.KeyOf(input.Unit));
        await IndicatorValueRow.PutAsync(db, row["indicator"], row["period"], input, current);
    }

    static IEnumerable<IReadOnlyDictionary<string, string>> Values() => Seeding.Rows("demo/indicator-values.csv");

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    static string? Text(string text) => text.Length == 0 ? null : text;

    const string IsMissingSql = """
        select exists (select 1 from department where key = @Department and deleted_at is null)
           and not exists (select 1 from indicator where key = @Key)
        """;
}
