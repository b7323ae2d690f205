using System.Text;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Exports;

/// <summary>What a file tells beside its rows.</summary>
sealed class ExportFacts
{
    /// <summary>The titles of focus areas by key and plan (<c>halsa/soc-2026</c>), as far as they tell one from all others of the plan.</summary>
    public required Dictionary<string, byte[]> Sections { get; init; }

    /// <summary>The plan, if it is one plan's list.</summary>
    public required PlanResponse? Plan { get; init; }

    /// <summary>The plans that the rows are of, each with its number of rows, if they may be of several and the file tells of them.</summary>
    public required IReadOnlyList<(PlanResponse Plan, int Count)> Plans { get; init; }

    /// <summary>What it is called, if it is not by its plan.</summary>
    public required string? Title { get; init; }

    /// <summary>The day that it is of.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What was asked for: filters, order, asOf.</summary>
    public required IReadOnlyList<(string Name, string Value)> Asked { get; init; }

    /// <summary>What the addresses of pages start with: whoever follows one stands before a browser.</summary>
    public required string Host { get; init; }

    /// <summary>Reads them, in the transaction of the export.</summary>
    public static async Task<ExportFacts> ReadAsync(Db db, HttpContext http, string? plan, string? title, Select? acrossPlans)
    {
        string[] form = [ExportFormat.Parameter.Name, ExportFormat.DialectParameter.Name, "page", "limit", "fields"];
        var caller = Caller.Of(http);
        return new ExportFacts
        {
            Sections = Titles(await db.QueryAsync<Section>(
                $"select plan, key, title from focus_area where deleted_at is null {(plan is null ? "" : "and plan = @Plan")}", new { Plan = plan })),
            Plan = plan is null ? null : await db.FindAsync<PlanResponse>($"select {PlanResponse.Columns} from plan where key = @Plan and deleted_at is null", new { Plan = plan }),
            Plans = acrossPlans is null ? [] : await CountAsync(db, acrossPlans),
            Title = title,
            Day = caller.Today,
            Asked = [.. http.Request.Query.Where(q => !form.Contains(q.Key)).Select(q => (q.Key, q.Value.ToString()))],
            Host = Caller.Host(http),
        };
    }

    /// <summary>What a calendar is called.</summary>
    public string CalendarName(bool isSwedish) => Title ?? Plan?.Title ?? (isSwedish ? "Åtgärder" : "Actions");

    /// <summary>What the number of actions is called.</summary>
    public static string Count(bool isSwedish) => isSwedish ? "Antal åtgärder" : "count";

    /// <summary>The facts by name, headings first.</summary>
    public IEnumerable<(string Name, string Value)> Tell(bool isSwedish, int count)
    {
        yield return PlanFact.Heading(isSwedish);
        if (Plan is not null)
            foreach (var fact in PlanFact.All) yield return fact.Tell(Plan, isSwedish);

        yield return (isSwedish ? "Läget den" : "asOf", $"{Day:yyyy-MM-dd}");
        yield return (Count(isSwedish), $"{count}");
        foreach (var (name, value) in Asked) yield return ((isSwedish ? "Urval: " : "query: ") + name, value);
    }

    static async Task<List<(PlanResponse, int)>> CountAsync(Db db, Select select)
    {
        var counts = (await db.QueryAsync<Counted>($"select plan, count(*) as total from {select.From} group by plan", select.Parameters)).ToDictionary(counted => counted.Plan, counted => (int)counted.Total);
        var plans = await db.QueryAsync<PlanResponse>($"select {PlanResponse.Columns} from plan where deleted_at is null and key in (select plan from {select.From}) order by department, key", select.Parameters);
        return [.. plans.Select(plan => (plan, counts[plan.Key]))];
    }

    // A title that another section of the plan has too, as title or key, would not lead back to its section.
    static Dictionary<string, byte[]> Titles(IReadOnlyList<Section> sections)
    {
        var known = sections.SelectMany(s => new[] { (s.Plan, Name: s.Title, s.Key), (s.Plan, Name: s.Key, s.Key) })
            .ToLookup(s => $"{s.Plan}/{s.Name.Trim()}", s => s.Key, StringComparer.OrdinalIgnoreCase);
        return sections.Where(s => known[$"{s.Plan}/{s.Title.Trim()}"].All(key => key == s.Key))
            .ToDictionary(s => $"{s.Key}/{s.Plan}", s => Encoding.UTF8.GetBytes(s.Title));
    }

    sealed class Counted
    {
        public required string Plan { get; init; }
        public required long Total { get; init; }
    }

    sealed class Section
    {
        public required string Plan { get; init; }
        public required string Key { get; init; }
        public required string Title { get; init; }
    }
}
