using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FollowUps;

/// <summary>GET /evaluations</summary>
public static class ListEvaluations
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/evaluations", HandleAsync)
        .Describe("List evaluations across plans",
            "The follow-ups of kind evaluation that the key may see, the latest first. With due=30d those that are planned within that time or are late, "
            + "the most urgent first: of every action, save the cancelled and rejected, whose evaluationDueDate has come and that has not been evaluated "
            + "(an evaluation that was too early is none).")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, .. DueFilter.Parameters, Moment.AsOf]);

    static Task<Results<Ok<Page<EvaluationResponse>>, NotModified, Problem>> HandleAsync(Paging paging, DueFilter due, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<EvaluationResponse>(http, paging, Find(due, caller));

    internal static Select Find(DueFilter due, Caller caller)
    {
        var select = due.Until is null
            ? new Select(EvaluationResponse.Columns, $"follow_up where kind = 'evaluation' and deleted_at is null {Scope.On(caller)} {due.OfFollowUps}", "date desc, id desc")
            : new Select(EvaluationResponse.PlannedColumns, $"{PlannedSql} {Scope.On(caller)} {due.OfActions}", "evaluation_due_date, plan, number");
        return select.With("Scope", caller.Scope).With(due.OfActions).With("Until", due.Until);
    }

    const string PlannedSql = $"""
        action where deleted_at is null and evaluation_due_date <= @Until and {Status.FollowedSql}
            and not exists (select 1 from follow_up where action_id = action.id and kind = 'evaluation' and coalesce(effect, '') <> 'tooEarly')
        """;
}
