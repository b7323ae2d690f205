using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>GET /indicators</summary>
public static class ListIndicators
{
    static readonly QueryParameter Department = QueryParameter.Keys("department", "Only indicators of these departments.", "soc");
    static readonly QueryParameter Plan = QueryParameter.Keys("plan", "Only indicators that are tied to actions of these plans.", "soc-2015");
    static readonly QueryParameter Action = QueryParameter.Keys("action", "Only indicators that are tied to these actions.", "soc-2015-12");
    static readonly QueryParameter IntervalIs = QueryParameter.Words("interval", "Only indicators that are measured this often.", Interval.All);

    static readonly Dictionary<string, string> Orders = new()
    {
        ["key"] = "key {0}",
        ["name"] = "name collate swedish {0}",
        ["department"] = "department {0}",
        ["updatedAt"] = "updated_at {0}",
    };

    static readonly QueryParameter Sort = Sorting.Parameter(Orders, "name");
    static readonly QueryParameter Fields = Sorting.Fields("key,name,latestValues");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/indicators", HandleAsync)
        .Describe("List indicators",
            "The nyckeltal that the key may see, each with the latest value of each unit, how it stands, and the periods that lack a value.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Department, Plan, Action, IntervalIs, Sort, Fields, Moment.AsOf]);

    static Task<Results<Ok<Page<IndicatorResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Filter filter, Caller caller, Db db, HttpContext http)
    {
        var select = new Select(IndicatorResponse.Columns, $"indicator where deleted_at is null {Scope.On(caller)} {filter.Where}", filter.Order)
        {
            Wide = ("indicator", "key"),
            Fields = filter.Fields,
        };
        return db.ListAsync<IndicatorResponse>(http, paging, select.With("Scope", caller.Scope).With(filter.Where),
            (links, _) => links.Add("create", "/indicators", "POST", Role.Editor));
    }

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where, string Order, IReadOnlyList<string>? Fields)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http)
        {
            var (query, faults) = (new QueryValues(http), Faults.Of(http));
            var where = new Conditions()
                .In("department", "Department", query.All(Department))
                .In("interval", "Interval", query.All(IntervalIs));
            if (query.All(Plan) is { Count: > 0 } plans) where.Add(Tied($"tied.plan in ({where.Names("Plan", plans)})"));
            if (query.All(Action) is { Count: > 0 } actions) where.Add(Tied(GetAction.Named(actions, "tied", where)));
            return ValueTask.FromResult<Filter?>(new Filter(where, Sorting.Order(query.All(Sort), Orders, Sort, faults), Sorting.Narrowed<IndicatorResponse>(query.All(ListIndicators.Fields), faults)));
        }

        static string Tied(string condition) => $"""
            exists (
                select 1 from indicator_action tied join action on action.plan = tied.plan and action.number = tied.number
                where tied.indicator = indicator.key and action.deleted_at is null and action.department = indicator.department and {condition})
            """;
    }
}
