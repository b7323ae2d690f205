using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Owners;

/// <summary>POST /handovers</summary>
public static class CreateHandover
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/handovers", HandleAsync)
        .Describe("Hand over all open actions of one owner to another",
            "Moves every open action of one owner to another, all or none, with a change row each. The old owner's e-mail address goes, unless only the spelling changes. "
            + "Closed plans are left alone, and nothing is left without an owner.")
        .Requires(Role.Editor)
        .Takes<HandoverInput>()
        .AnswersInFull();

    static async Task<Results<Ok<HandoverResponse>, Problem>> HandleAsync(HandoverInput input, Faults faults, Caller caller, Db db)
    {
        if (input.Plan is not null && !faults.AreAt("/plan") && !await db.FindAsync<bool>(PlanSql, new { input.Plan, caller.Scope })) faults.AddAt("/plan", "unknownPlan", input.Plan);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var inPlan = input.Plan is null ? "" : "and plan = @Plan";
        var actions = await db.QueryAsync<ActionResponse>(
            $"""
            select {ActionResponse.Columns} from action
            where owner_key = @FromKey and owner <> @To and deleted_at is null and {Status.OpenSql} {inPlan} {Scope.On(caller)}
                and (select status from plan where plan.key = action.plan) <> 'closed'
            order by plan, number
            """,
            new { FromKey = SearchText.Name(input.From), input.To, input.Plan, caller.Scope });

        if (input.DryRun != true)
            foreach (var action in actions)
                await db.RecordAsync(Change.Updated, (await db.FindAsync<ActionResponse>(MoveSql, new
                {
                    action.Plan,
                    action.Number,
                    input.To,
                    ToKey = SearchText.Name(input.To),
                    SearchText = SearchText.Fold(action.Title, action.Description, input.To),
                    db.Now,
                    db.Actor,
                }))!, input.Note);
        return TypedResults.Ok(new HandoverResponse { Moved = [.. actions.Select(a => a.Key)], Count = actions.Count });
    }

    const string PlanSql = $"select exists (select 1 from plan where key = @Plan and deleted_at is null {Scope.OnRow})";

    const string MoveSql = $"""
        update action set owner = @To, owner_key = @ToKey, owner_email = case owner_key when @ToKey then owner_email end, search_text = @SearchText || {ActionRow.FollowUpsSql},
            version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and number = @Number
        returning {ActionResponse.Columns}
        """;
}
