using ActionPlan.Data;
using ActionPlan.Departments;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>/plans is the overview: the same list as GET /plans, each plan with its figures.</summary>
static class PlansPage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/plans", HandleAsync).Requires(Role.Reader).Query(ListPlans.Parameters);

    static async Task<IResult> HandleAsync(Paging paging, ListPlans.Filter filter, Caller caller, Db db, HttpContext http)
    {
        var plans = await db.SliceAsync<PlanResponse>(caller, ListPlans.Find(filter, caller), paging.Take, paging.Offset);
        var shown = new List<PlanWithFigures>();
        foreach (var plan in plans.Rows)
            shown.Add(new PlanWithFigures(plan, await GetDepartment.FindAsync(db, plan.Department, caller), (await GetSummary.FindAsync(db, plan.Key, caller))!));
        return new View<PlansView>(new PlansModel(shown, new PageNumbers(http.Request, paging, plans.Total)));
    }
}

/// <summary>What the overview shows.</summary>
public sealed record PlansModel(IReadOnlyList<PlanWithFigures> Plans, PageNumbers Pages);

/// <summary>A plan, whose it is, and how it stands.</summary>
public sealed record PlanWithFigures(PlanResponse Plan, DepartmentResponse? Department, SummaryResponse Summary);
