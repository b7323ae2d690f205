using ActionPlan.Plans;

namespace ActionPlan.Exports;

/// <summary>A fact of a plan in the second sheet of a workbook: what an export tells of it, and an import of a whole plan reads.</summary>
/// <param name="Field">The property of the API, and its name in the dialect rfc4180.</param>
/// <param name="Name">Its name in Swedish.</param>
/// <param name="Width">How wide its column is where plans stand in rows, in characters.</param>
/// <param name="Of">Its value.</param>
sealed record PlanFact(string Field, string Name, int Width, Func<PlanResponse, string?> Of)
{
    static readonly Dictionary<string, string> Statuses = new() { [PlanStatus.Draft] = "Utkast", [PlanStatus.Adopted] = "Beslutad", [PlanStatus.Closed] = "Avslutad" };

    /// <summary>All of them, in order.</summary>
    public static readonly IReadOnlyList<PlanFact> All =
    [
        new("key", "Nyckel", 14, plan => plan.Key),
        new("department", "Förvaltning", 16, plan => plan.Department),
        new("title", "Titel", 40, plan => plan.Title),
        new("periodStart", "Första dag", 12, plan => $"{plan.PeriodStart:yyyy-MM-dd}"),
        new("periodEnd", "Sista dag", 12, plan => $"{plan.PeriodEnd:yyyy-MM-dd}"),
        new("status", "Status", 12, plan => plan.Status),
        new("registryNumber", "Diarienummer", 16, plan => plan.RegistryNumber),
        new("background", "Bakgrund", 60, plan => plan.Background),
    ];

    /// <summary>What the columns are called.</summary>
    public static (string Name, string Value) Heading(bool isSwedish) => isSwedish ? ("Fält", "Värde") : ("field", "value");

    /// <summary>True of the headings over plans in rows: the sheet that tells of them beside their actions.</summary>
    public static bool AreHeadings(IEnumerable<string?> cells)
    {
        var first = cells.Take(All.Count).ToList();
        return first.SequenceEqual(All.Select(fact => fact.Name)) || first.SequenceEqual(All.Select(fact => fact.Field));
    }

    /// <summary>The fact as a line of the sheet.</summary>
    public (string Name, string Value) Tell(PlanResponse plan, bool isSwedish) =>
        (isSwedish ? Name : Field, (isSwedish && Field == "status" ? Statuses[plan.Status] : Of(plan)) ?? "");

    /// <summary>The facts that a sheet's lines tell, by the API's names, in either language; what is no fact of a plan is left out.</summary>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<(string Name, string Value)> lines) => lines
        .Select(line => (Field: All.FirstOrDefault(fact => fact.Name == line.Name || fact.Field == line.Name)?.Field, line.Value))
        .Where(line => line.Field is not null).DistinctBy(line => line.Field)
        .ToDictionary(line => line.Field!, line => line.Field == "status" ? Statuses.FirstOrDefault(status => status.Value == line.Value).Key ?? line.Value : line.Value);
}
