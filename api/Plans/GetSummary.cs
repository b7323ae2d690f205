using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}/summary</summary>
public static class GetSummary
{
    const int MostOwners = 1000;

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/summary", HandleAsync)
        .Describe("Get a plan in figures",
            "Counts by status, focus area, prognosis and owner; what is overdue, due soon, highlighted or without owner; the shares that are done and verified; "
            + "how much of the catalogue the plan takes up.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<SummaryResponse>, NotModified, Problem>> HandleAsync(string plan, Caller caller, Db db) =>
        await FindAsync(db, plan, caller) is { } summary ? TypedResults.Ok(summary) : Problem.NotFound("plan", plan);

    /// <summary>The figures, or null when there is no plan that the caller may see.</summary>
    internal static async Task<SummaryResponse?> FindAsync(Db db, string plan, Caller caller)
    {
        var values = new { Plan = plan, caller.Scope, caller.Today, Soon = caller.Today.AddDays(30) };
        if (await GetPlan.FindAsync(db, plan, caller) is null) return null;

        var areas = await db.QueryAsync<(string Key, string Title)>(FocusAreasSql, values);
        var all = await db.QueryAsync<Group>(ByAreaSql, values);
        var owners = (await db.QueryAsync<Group>(ByOwnerSql, values)).GroupBy(g => g.OwnerKey, Owner);
        var open = Open(all);
        var counted = all.Where(g => g.Status is not Status.Cancelled and not Status.Rejected).Sum(g => g.Total);
        return new SummaryResponse
        {
            Plan = plan,
            Date = caller.Today,
            Total = all.Sum(g => g.Total),
            Open = open.Sum(g => g.Total),
            Overdue = open.Sum(g => g.Past),
            DueSoon = open.Sum(g => g.Soon),
            Highlighted = all.Sum(g => g.Highlighted),
            WithoutOwner = open.Sum(g => g.WithoutOwner),
            ShareDone = Share(Done(all), counted),
            ShareVerified = Share(With(all, Status.Verified), counted),
            ByStatus = ByStatus(all),
            ByPrognosis = new PrognosisCounts
            {
                Green = open.Sum(g => g.Green),
                Yellow = open.Sum(g => g.Yellow),
                Red = open.Sum(g => g.Red),
                None = open.Sum(g => g.Total - g.Green - g.Yellow - g.Red),
            },
            FocusAreas = [.. areas.Select(area => Area(area.Key, area.Title, all)), .. all.Any(g => g.FocusArea is null) ? [Area(null, null, all)] : Array.Empty<FocusAreaCounts>()],
            Owners = [.. owners.OrderByDescending(o => o.Open).Take(MostOwners)],
            Categories = await db.QueryAsync<CategoryCoverage>(CoverageSql(caller.AsOf is not null), values),
        };
    }

    static IReadOnlyList<Group> Open(IEnumerable<Group> groups) => [.. groups.Where(g => Status.IsOpen(g.Status))];

    static int Done(IEnumerable<Group> groups) => With(groups, Status.Done) + With(groups, Status.Verified);

    static int With(IEnumerable<Group> groups, string status) => groups.Where(g => g.Status == status).Sum(g => g.Total);

    static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);

    static StatusCounts ByStatus(IReadOnlyCollection<Group> groups) => new()
    {
        Proposed = With(groups, Status.Proposed),
        Planned = With(groups, Status.Planned),
        InProgress = With(groups, Status.InProgress),
        Paused = With(groups, Status.Paused),
        Done = With(groups, Status.Done),
        Verified = With(groups, Status.Verified),
        Cancelled = With(groups, Status.Cancelled),
        Rejected = With(groups, Status.Rejected),
    };

    static FocusAreaCounts Area(string? key, string? title, IEnumerable<Group> all)
    {
        var groups = all.Where(g => g.FocusArea == key).ToList();
        return new FocusAreaCounts
        {
            FocusArea = key,
            Title = title,
            Total = groups.Sum(g => g.Total),
            Open = Open(groups).Sum(g => g.Total),
            Overdue = Open(groups).Sum(g => g.Past),
            ByStatus = ByStatus(groups),
        };
    }

    static OwnerCounts Owner(string? key, IEnumerable<Group> all)
    {
        var groups = all.ToList();
        return new OwnerCounts
        {
            Owner = groups[0].Owner!,
            Open = Open(groups).Sum(g => g.Total),
            Overdue = Open(groups).Sum(g => g.Past),
            DueSoon = Open(groups).Sum(g => g.Soon),
            Done = Done(groups),
        };
    }

    // Each in the order of an index that holds all that it counts.
    internal const string ByAreaSql = """
        select focus_area, status, count(*) as total,
               count(case when due_date < @Today then 1 end) as past,
               count(case when due_date >= @Today and due_date <= @Soon then 1 end) as soon,
               count(case when is_highlighted then 1 end) as highlighted,
               count(case when owner_key is null then 1 end) as without_owner,
               count(case when prognosis = 'green' then 1 end) as green,
               count(case when prognosis = 'yellow' then 1 end) as yellow,
               count(case when prognosis = 'red' then 1 end) as red
        from action where plan = @Plan and deleted_at is null
        group by focus_area, status
        """;

    internal const string ByOwnerSql = """
        select * from (
            select figures.*, (select owner from action where plan = @Plan and number = figures.first) as owner
            from (
                select owner_key, status, count(*) as total,
                       count(case when due_date < @Today then 1 end) as past,
                       count(case when due_date >= @Today and due_date <= @Soon then 1 end) as soon,
                       min(min(number)) over (partition by owner_key) as first
                from action where plan = @Plan and deleted_at is null and owner_key is not null
                group by owner_key, status
            ) figures
        ) named
        order by owner collate swedish, owner_key
        """;

    const string FocusAreasSql = "select key, title from focus_area where plan = @Plan and deleted_at is null order by position, key";

    // Each measure is looked up in an index; the past has none, so there the plan is read once.
    static string CoverageSql(bool isPast) => $"""
        select category, count(*) as measures, sum(case when {(isPast ? $"number in (select measure_number {AdoptedSql})" : $"exists (select 1 {AdoptedSql} and measure_number = measure.number)")} then 1 else 0 end) as adopted
        from measure group by category order by min(number)
        """;

    const string AdoptedSql = $"from action where plan = @Plan and deleted_at is null and {Status.FollowedSql}";

    /// <summary>Actions that have all of this in common.</summary>
    sealed class Group
    {
        public string? OwnerKey { get; init; }
        public string? Owner { get; init; }
        public required string Status { get; init; }
        public string? FocusArea { get; init; }
        public int Total { get; init; }
        public int Past { get; init; }
        public int Soon { get; init; }
        public int Highlighted { get; init; }
        public int WithoutOwner { get; init; }
        public int Green { get; init; }
        public int Yellow { get; init; }
        public int Red { get; init; }
    }
}
