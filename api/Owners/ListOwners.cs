using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Owners;

/// <summary>GET /owners</summary>
public static class ListOwners
{
    static readonly QueryParameter Plan = QueryParameter.Keys("plan", "Only these plans' actions.", "soc-2015");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/owners", HandleAsync)
        .Describe("List owners", "Who is accountable for how many actions in the plans that the key may see, in Swedish order. Due soon is within 30 days.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Plan, Moment.AsOf]);

    static Task<Results<Ok<Page<OwnerResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Filter filter, Caller caller, Db db, HttpContext http)
    {
        // A plan's department, not the action's own, since that does not stand in the index that is counted in.
        var scope = caller.Scope is null ? "" : "and plan in (select key from plan where department = @Scope)";
        var select = new Select(
            "owner, open, overdue, due_soon, done, owner_key",
            $"""
            (select counted.*, (select owner from action where plan = first_plan and number = first_number) as owner
             from (select owner_key, min(first_plan) as first_plan, min(first_number) as first_number,
                          sum(case when {Status.OpenSql} then total else 0 end) as open,
                          sum(case when {Status.OpenSql} then past else 0 end) as overdue,
                          sum(case when {Status.OpenSql} then soon else 0 end) as due_soon,
                          sum(case when status in ('done', 'verified') then total else 0 end) as done
                   from (select by_plan.*, first_value(plan) over its_first as first_plan, first_value(number) over its_first as first_number
                         from (select plan, owner_key, status, count(*) as total, min(number) as number,
                                      count(case when due_date < @Today then 1 end) as past,
                                      count(case when due_date >= @Today and due_date <= @Soon then 1 end) as soon
                               from action where deleted_at is null and owner_key is not null {scope} {filter.Where}
                               group by plan, owner_key, status) by_plan
                         window its_first as (partition by owner_key order by plan, number)) named
                   group by owner_key) counted) figures
            """,
            "owner collate swedish, owner_key");
        return db.ListAsync<OwnerResponse>(http, paging, select
            .With("Scope", caller.Scope).With("Today", caller.Today).With("Soon", caller.Today.AddDays(30)).With(filter.Where));
    }

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http) =>
            ValueTask.FromResult<Filter?>(new Filter(new Conditions().In("plan", "Plan", new QueryValues(http).All(Plan))));
    }
}
