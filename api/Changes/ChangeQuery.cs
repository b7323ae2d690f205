using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Changes;

/// <summary>Which changes a list shows: the query parameters of the feed and the histories, and their SQL.</summary>
public sealed class ChangeQuery
{
    /// <summary>What is recorded: every name that a resource has in the change log.</summary>
    public static readonly IReadOnlyList<string> Resources = ["action", "plan", "focusArea", "followUp", "decision", "department", "presentation", "indicator", "indicatorValue", "webhook", "calendarFeed", "apiKey", "measure", "redaction"];

    static readonly IReadOnlyList<string> Kinds = [Change.Created, Change.Updated, Change.Deleted, Change.Restored];

    static readonly QueryParameter AfterNumber = QueryParameter.Integer("after", "Only changes after the one with this number: the last that one has seen.", 0, int.MaxValue, 0);
    static readonly QueryParameter Sort = QueryParameter.Words("sort", "number (unless told): the oldest first; -number: the newest first, for whoever polls with after and wants no more than one page.", ["number", "-number"]) with { Many = false, Default = "\"number\"" };
    static readonly QueryParameter Plan = QueryParameter.Keys("plan", "Only changes of these plans and what they hold.", "soc-2015");
    static readonly QueryParameter Department = QueryParameter.Keys("department", "Only changes of what belongs to these departments.", "soc");
    static readonly QueryParameter Resource = QueryParameter.Words("resource", "Only changes of these kinds of things.", Resources);
    static readonly QueryParameter Kind = QueryParameter.Words("kind", "Only changes of these kinds.", Kinds);

    /// <summary>The parameters of the feed.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters = [AfterNumber, Sort, .. Paging.Parameters, Plan, Department, Resource, Kind];

    /// <summary>The parameters of the history of one thing.</summary>
    public static readonly IReadOnlyList<QueryParameter> ParametersOfHistory = [.. Paging.Parameters, Resource, Kind];

    readonly string? scope;
    readonly IReadOnlyList<string> kinds;
    readonly IReadOnlyList<string> resources;
    readonly int plans;
    readonly int departments;

    ChangeQuery(HttpContext http)
    {
        scope = Caller.Of(http).Scope;
        var query = new QueryValues(http);
        After = query.Integer(AfterNumber) ?? 0;
        Direction = query.One(Sort) == "-number" ? "desc" : "asc";
        kinds = query.All(Kind);
        resources = query.All(Resource);
        var (inPlans, inDepartments) = (query.All(Plan), query.All(Department));
        (plans, departments) = (inPlans.Count, inDepartments.Count);
        Where.In("plan", "Plan", inPlans).In("department", "Department", inDepartments).In("resource", "Resource", resources);
    }

    /// <summary>The number after which the feed goes on.</summary>
    public int After { get; }

    /// <summary>asc or desc: whether the oldest or the newest comes first.</summary>
    public string Direction { get; }

    /// <summary>The conditions, save that on the kind.</summary>
    public Conditions Where { get; } = new();

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<ChangeQuery?> BindAsync(HttpContext http) => ValueTask.FromResult<ChangeQuery?>(new ChangeQuery(http));

    /// <summary>
    /// The feed's rows, told as ways to find some of them, of which no row has two. Each way is an index that has the feed's order,
    /// so that a page costs what it shows, however few the rows are that match and however many do not.
    /// </summary>
    public IReadOnlyList<string> Ways()
    {
        if (scope is not null)
        {
            return
            [
                $"department = @Scope {Where} {KindIs("case when left_department is null then kind else 'created' end")}",
                .. kinds.Count == 0 || kinds.Contains(Change.Deleted) ? [$"left_department = @Scope {Where}"] : Array.Empty<string>(),
                $"department is null and resource = 'measure' {Where} {KindIs("kind")}",
            ];
        }

        if (plans > 0) return Each("plan", "Plan", plans);
        if (departments > 0) return Each("department", "Department", departments);
        if (resources.Count + kinds.Count == 0) return ["1 = 1"];
        return
        [
            .. from resource in Resources where resources.Count == 0 || resources.Contains(resource)
               from kind in Kinds where kinds.Count == 0 || kinds.Contains(kind)
               select $"resource = '{resource}' and kind = '{kind}'",
        ];
    }

    /// <summary>The condition on the kind, of a history: stored, or what the caller sees in its place.</summary>
    public string KindIs(string expression) => kinds.Count == 0 ? "" : $"and {expression} in ({string.Join(", ", kinds.Where(Kinds.Contains).DefaultIfEmpty("").Select(kind => $"'{kind}'"))})";

    IReadOnlyList<string> Each(string column, string name, int count) =>
        [.. Enumerable.Range(0, count).DistinctBy(i => Where.Values[name + i]).Select(i => $"{column} = @{name}{i} {Where} {KindIs("kind")}")];
}
