using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans</summary>
public static class ListPlans
{
    static readonly QueryParameter Department = QueryParameter.Keys("department", "Only plans of these departments.", "soc");
    static readonly QueryParameter Status = QueryParameter.Words("status", "Only plans with these statuses.", PlanStatus.All);

    /// <summary>The query parameters.</summary>
    internal static readonly IReadOnlyList<QueryParameter> Parameters = [.. Paging.Parameters, Department, Status, Moment.AsOf];

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans", HandleAsync)
        .Describe("List plans", "The plans that the key may see, the latest period first.")
        .Requires(Role.Reader)
        .Query(Parameters);

    static Task<Results<Ok<Page<PlanResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Filter filter, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<PlanResponse>(http, paging, Find(filter, caller), (links, _) => links.Add("create", "/plans", "POST", Role.Editor));

    /// <summary>What to read.</summary>
    internal static Select Find(Filter filter, Caller caller) =>
        new Select(PlanResponse.Columns, $"plan where deleted_at is null {Scope.On(caller)} {filter.Where}", "period_start desc nulls last, key")
            .With("Scope", caller.Scope)
            .With(filter.Where);

    /// <summary>Which plans. Bound, not read in the handler, so that its faults are told with all others.</summary>
    internal sealed record Filter(Conditions Where)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http)
        {
            var query = new QueryValues(http);
            return ValueTask.FromResult<Filter?>(new Filter(new Conditions()
                .In("department", "Department", query.All(Department))
                .In("status", "Status", query.All(Status))));
        }
    }
}
