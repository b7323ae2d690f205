using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Decisions;

/// <summary>POST /actions/{action}/decisions</summary>
public static class CreateDecision
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/actions/{action}/decisions", HandleAsync)
        .Describe("Decide on a proposal or a trial",
            "A proposed action is accepted (it becomes planned) or rejected. A trial (isTrial) is carried on or widened (it is a trial no more, and decisionDueDate is "
            + "cleared) or stopped (an open one is cancelled, one that is done stays done). Rejecting and stopping need a reason. An outcome that the action's state does "
            + "not allow is a 409 that lists those it does.")
        .Requires(Role.Editor)
        .Takes<DecisionInput>()
        .HonoursIfMatch();

    static async Task<Results<Created<DecisionResponse>, Problem>> HandleAsync(string action, DecisionInput input, Faults faults, Caller caller, Db db)
    {
        if (await GetAction.FindAsync(db, action, caller) is not { } decided) return Problem.NotFound("action", action);
        if (caller.Stale(decided) is { } stale) return stale;
        if (decided.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(decided.Plan);

        input.Date ??= caller.Today;
        input.Author ??= caller.Name;
        if (input.Date > caller.Today && !faults.AreAt("/date")) faults.AddAt("/date", "inFuture");
        if (faults.Count > 0) return Problem.Invalid(faults);
        var allowed = Outcomes.Of(decided.Status, decided.IsTrial);
        return allowed.Contains(input.Outcome!) ? TypedResults.Created((string?)null, await AddAsync(db, input, decided)) : Problem.OutcomeNotAllowed(action, input.Outcome!, allowed);
    }

    /// <summary>Writes the decision and what it makes of the action, with a change row each.</summary>
    static async Task<DecisionResponse> AddAsync(Db db, DecisionInput input, ActionResponse action)
    {
        // A proposed trial that is accepted has yet to be tried.
        var endsTrial = action.Status != Status.Proposed;
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new
        {
            Id = Guid.CreateVersion7(db.Now),
            action.Plan,
            action.Number,
            Status = Outcomes.StatusAfter(input.Outcome!, action.Status),
            StatusReason = Outcomes.NeedsReason(input.Outcome) ? input.Reason : action.StatusReason,
            IsTrial = action.IsTrial && !endsTrial,
            DecisionDueDate = endsTrial ? null : action.DecisionDueDate,
            db.Now,
            db.Actor,
        });
        var decision = (await db.FindAsync<DecisionResponse>(Sql, parameters))!;
        await db.RecordAsync(Change.Created, decision);
        await db.RecordAsync(Change.Updated, (await db.FindAsync<ActionResponse>(ChangeSql, parameters))!, input.Reason);
        return decision;
    }

    const string Sql = $"""
        insert into decision (id, action_id, plan, number, department, date, outcome, reason, note, decided_by, author, created_at, created_by)
        select @Id, id, plan, number, department, @Date, @Outcome, @Reason, @Note, @DecidedBy, @Author, @Now, @Actor
        from action where plan = @Plan and number = @Number
        returning {DecisionResponse.Columns}
        """;

    const string ChangeSql = $"""
        update action set status = @Status, status_reason = @StatusReason, is_trial = @IsTrial, decision_due_date = @DecisionDueDate,
            version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and number = @Number
        returning {ActionResponse.Columns}
        """;
}
