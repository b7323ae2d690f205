using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Departments;
using ActionPlan.Http;
using ActionPlan.Indicators;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>
/// /reports/{plan} is the page for the nämnd: how the plan stands and what has happened since it was presented. With <c>asOf</c>
/// it is what it was then. Every figure is one of the API's, read by the same code.
/// </summary>
static class ReportPage
{
    const int Most = 50;

    static readonly QueryParameter Department = QueryParameter.Keys("department", "The department that the plan is to belong to; another's is a 404.", "soc");

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/reports/{plan}", HandleAsync).Requires(Role.Reader).Query(Moment.AsOf, GetComparison.From, Department);

    static async Task<IResult> HandleAsync(string plan, Asked asked, Faults faults, Caller caller, Db db, TimeProvider clock, HttpContext http)
    {
        var shown = await GetPlan.FindAsync(db, plan, caller);
        if (shown is null || (asked.Departments.Count > 0 && !asked.Departments.Contains(shown.Department))) return Problem.NotFound("plan", plan);

        var until = caller.AsOf?.Instant ?? clock.GetUtcNow();
        // The day's own presentation is what the page is made for: what it tells of is what has happened since the one before.
        var presentation = asked.From is null ? await PresentationRow.FindBeforeAsync(db, plan, caller.Today, until) : null;
        var from = asked.From?.Instant ?? (presentation is null ? shown.CreatedAt : Moment.EndOf(presentation.Date));
        if (asked.From is not null && from > until && caller.Today != asked.From.Day) faults.AddParameter("from", "fromAfterTo");
        if (faults.Count > 0) return Problem.Invalid(faults);

        var summary = db.BesideAsync(beside => GetSummary.FindAsync(beside, plan, caller));
        var comparison = db.BesideAsync(beside => GetComparison.CompareAsync(beside, plan, from < until ? from : until, until, caller.AsOf is null, caller));
        var overdue = ListAsync(ActionQuery.Of(http, "overdue=true&sort=dueDate,-priority").Select(plan));
        var dueSoon = ListAsync(ActionQuery.Of(http, "open=true&dueWithin=30d&sort=dueDate,-priority").Select(plan));
        var highlighted = ListAsync(new Select(ActionResponse.Columns, HighlightedSql, "number").With("Plan", plan));
        var awaiting = ListAsync(new Select(ActionResponse.Columns, AwaitingSql, "decision_due_date nulls last, number").With("Plan", plan));
        var gaps = db.BesideAsync(beside => GetGaps.FindAsync(beside, plan, caller));
        var indicators = db.BesideAsync(beside => PlanIndicators.ReadAsync(beside, shown, caller));
        await Task.WhenAll(summary, comparison, overdue, dueSoon, highlighted, awaiting, gaps, indicators);

        // Deleted this moment, while it was being read.
        if (await summary is not { } figures || await gaps is not { } lacking) return Problem.NotFound("plan", plan);
        return new View<ReportView>(new ReportModel(
            shown,
            await GetDepartment.FindAsync(db, shown.Department, caller),
            figures,
            lacking,
            await comparison,
            presentation,
            asked.From,
            await highlighted,
            await overdue,
            await dueSoon,
            await awaiting,
            await indicators));

        Task<Slice<ActionResponse>> ListAsync(Select select) => db.BesideAsync(beside => beside.SliceAsync<ActionResponse>(caller, select, Most));
    }

    const string HighlightedSql = "action where plan = @Plan and is_highlighted and deleted_at is null";

    // As POST …/decisions takes one.
    const string AwaitingSql = $"action where plan = @Plan and (status = 'proposed' or is_trial and {Status.FollowedSql}) and deleted_at is null";

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Asked(Moment? From, IReadOnlyList<string> Departments)
    {
        public static ValueTask<Asked?> BindAsync(HttpContext http) =>
            ValueTask.FromResult<Asked?>(new Asked(Moment.Of(http, GetComparison.From, Caller.Of(http).Today), new QueryValues(http).All(Department)));
    }
}

/// <summary>What the report shows.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Department">Whose it is.</param>
/// <param name="Summary">As GET …/summary.</param>
/// <param name="Gaps">As GET …/gaps.</param>
/// <param name="Comparison">As GET …/comparison.</param>
/// <param name="Presentation">The presentation that the comparison begins with, if it does with one.</param>
/// <param name="From">The moment that was asked for instead, or null.</param>
/// <param name="Highlighted">What a summary names first.</param>
/// <param name="Overdue">As GET …/actions?overdue=true.</param>
/// <param name="DueSoon">As GET …/actions?open=true&amp;dueWithin=30d.</param>
/// <param name="Awaiting">Proposals and trials that nobody has decided on.</param>
/// <param name="Indicators">Those tied to the plan, with their values.</param>
public sealed record ReportModel(
    PlanResponse Plan,
    DepartmentResponse? Department,
    SummaryResponse Summary,
    GapsResponse Gaps,
    ComparisonResponse Comparison,
    PresentationResponse? Presentation,
    Moment? From,
    Slice<ActionResponse> Highlighted,
    Slice<ActionResponse> Overdue,
    Slice<ActionResponse> DueSoon,
    Slice<ActionResponse> Awaiting,
    IReadOnlyList<(IndicatorResponse Indicator, IReadOnlyList<IndicatorValueResponse> Values)> Indicators);
