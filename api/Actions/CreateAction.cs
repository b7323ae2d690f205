using System.Data;
using ActionPlan.Data;
using ActionPlan.Deadlines;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>POST /plans/{plan}/actions</summary>
public static class CreateAction
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans/{plan}/actions", HandleAsync)
        .Describe("Add an action to a plan", "Adds an åtgärd and gives it the plan's next number. A title is enough. It may start in any status that has what it needs.")
        .Requires(Role.Editor)
        .Takes<ActionInput>();

    static async Task<Results<Created<ActionResponse>, Problem>> HandleAsync(string plan, ActionInput input, Faults faults, Caller caller, Db db)
    {
        if (await GetPlan.FindAsync(db, plan, caller) is not { } parent) return Problem.NotFound("plan", plan);
        if (parent.Status == PlanStatus.Closed) return Problem.PlanClosed(plan);

        Deadline.Settle(input, new Period(parent.PeriodStart, parent.PeriodEnd));
        input.Check(faults);
        if (input.Status == Status.Verified) faults.AddAt("/status", "verifiedNeedsCheck");
        await ActionRow.CheckReferencesAsync(plan, input, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        if (input.Status == Status.Done) input.CompletedOn ??= caller.Today;
        input.NextFollowUpDate ??= FollowUpInterval.Next(input.FollowUpInterval, input.StartDate > caller.Today ? input.StartDate.Value : caller.Today);
        return TypedResults.Created((string?)null, await AddAsync(db, input, parent));
    }

    /// <summary>Writes the row, those beside it, and the change.</summary>
    internal static async Task<ActionResponse> AddAsync(Db db, ActionInput input, PlanResponse plan, ActionResponse? predecessor = null)
    {
        var parameters = ActionRow.Of(input, plan.Key, 0, db);
        parameters.Add("Department", plan.Department);
        parameters.Add("PredecessorPlan", predecessor?.Plan, DbType.String);
        parameters.Add("PredecessorNumber", predecessor?.Number, DbType.Int32);
        var action = (await db.FindAsync<ActionResponse>(Sql, parameters))!;
        await ActionRow.WriteListsAsync(db, input, plan.Key, action.Number, true);
        await db.RecordAsync(Change.Created, action, input.StatusReason);
        return action;
    }

    // The highest number counts deleted actions too, so none is ever given twice.
    const string Sql = $"""
        insert into action (plan, number, department, title, description, focus_area, status, status_reason, owner, owner_key,
            owner_email, initiator, participants, deadline, start_date, due_date, recurrence, priority, is_highlighted,
            expected_effect, source, measure_number, is_trial, decision_due_date, completed_on, follow_up_interval,
            next_follow_up_date, evaluation_responsible, evaluation_due_date, evaluation_support, tags, external_id,
            search_text, predecessor_plan, predecessor_number, created_at, created_by, updated_at, updated_by)
        values (@Plan, (select coalesce(max(number), 0) + 1 from action where plan = @Plan), @Department, @Title, @Description,
            @FocusArea, @Status, @StatusReason, @Owner, @OwnerKey, @OwnerEmail, @Initiator, @Participants, @Deadline, @StartDate,
            @DueDate, @Recurrence, @Priority, @IsHighlighted, @ExpectedEffect, @Source, @MeasureNumber, @IsTrial,
            @DecisionDueDate, @CompletedOn, @FollowUpInterval, @NextFollowUpDate, @EvaluationResponsible, @EvaluationDueDate,
            @EvaluationSupport, @Tags, @ExternalId, @SearchText, @PredecessorPlan, @PredecessorNumber, @Now, @Actor, @Now, @Actor)
        returning {ActionResponse.Columns}
        """;
}
