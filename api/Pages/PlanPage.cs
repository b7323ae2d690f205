using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Departments;
using ActionPlan.Exports;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>/plans/{plan} is the board: the same list as GET /plans/{plan}/actions, with the same filters in the address, and as the same files.</summary>
static class PlanPage
{
    static readonly IReadOnlyList<QueryParameter> Parameters = [.. ActionQuery.ParametersInPlan.Where(p => p.Name is not ("fields" or "deleted"))];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/plans/{plan}", HandleAsync).Requires(Role.Reader).Query(Parameters);

    static async Task<IResult> HandleAsync(string plan, ActionQuery query, ExportFormat format, BoardPaging board, Caller caller, Db db, HttpContext http)
    {
        if (format.IsFile) return new ActionExport(format, query, plan);
        if (await GetPlan.FindAsync(db, plan, caller) is not { } shown) return Problem.NotFound("plan", plan);
        var listed = db.BesideAsync(beside => beside.SliceAsync<ActionResponse>(caller, query.Select(plan), board.Paging.Take, board.Paging.Offset));
        var counted = db.BesideAsync(beside => GetSummary.FindAsync(beside, plan, caller));
        await Task.WhenAll(listed, counted);
        if (await counted is not { } summary) return Problem.NotFound("plan", plan);

        var actions = await listed;
        return new View<PlanView>(new PlanModel(
            shown,
            await GetDepartment.FindAsync(db, shown.Department, caller),
            summary,
            actions.Rows,
            new PageNumbers(http.Request, board.Paging, actions.Total),
            new Filters(http.Request, Parameters)));
    }

    // Most plans fit on one page, where people look for words in it and print it.
    sealed record BoardPaging(Paging Paging)
    {
        public static ValueTask<BoardPaging?> BindAsync(HttpContext http) => ValueTask.FromResult<BoardPaging?>(new BoardPaging(new Paging(http, 100)));
    }
}

/// <summary>What the board shows.</summary>
public sealed record PlanModel(PlanResponse Plan, DepartmentResponse? Department, SummaryResponse Summary, IReadOnlyList<ActionResponse> Actions, PageNumbers Pages, Filters Filters);
