using ActionPlan.Actions;
using ActionPlan.Changes;
using ActionPlan.Data;
using ActionPlan.Decisions;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>/actions/{action} is one åtgärd: all that is known of it, its follow-ups, the decisions on it and its history.</summary>
static class ActionPage
{
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/actions/{action}", HandleAsync).Requires(Role.Reader).Query([.. Paging.Parameters, Moment.AsOf]);

    static async Task<IResult> HandleAsync(string action, ChangeQuery all, FollowUpFilter every, Paging paging, Caller caller, Db db, HttpContext http)
    {
        if (await GetAction.FindAsync(db, action, caller) is not { } shown) return Problem.NotFound("action", action);
        shown.Show(caller);
        var plan = (await GetPlan.FindAsync(db, shown.Plan, caller))!;
        var changes = await db.SliceAsync<ChangeResponse>(caller, ListActionChanges.Find(action, all, caller), paging.Take, paging.Offset);
        var summary = (await GetSummary.FindAsync(db, shown.Plan, caller))!;
        return new View<ActionView>(new ActionModel(
            shown,
            plan,
            summary.FocusAreas.FirstOrDefault(area => area.FocusArea == shown.FocusArea)?.Title,
            await db.SliceAsync<FollowUpResponse>(caller, ListActionFollowUps.Find(action, every, caller), Most),
            (await db.SliceAsync<DecisionResponse>(caller, ListDecisions.Find(action, caller), Most)).Rows,
            changes.Rows,
            new PageNumbers(http.Request, paging, changes.Total)));
    }
}

/// <summary>What the page of an action shows.</summary>
public sealed record ActionModel(ActionResponse Action, PlanResponse Plan, string? FocusArea, Slice<FollowUpResponse> FollowUps, IReadOnlyList<DecisionResponse> Decisions, IReadOnlyList<ChangeResponse> Changes, PageNumbers Pages);
