using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FollowUps;

/// <summary>POST /actions/{action}/follow-ups</summary>
public static class CreateFollowUp
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/actions/{action}/follow-ups", HandleAsync)
        .Describe("Add a follow-up to an action",
            "Adds an uppföljning. The latest one decides the action's prognosis and when it is followed up next. A check with an effect verifies "
            + "an action that is done; with tooEarly it stays done. A closed plan takes follow-ups too.")
        .Requires(Role.Editor)
        .Takes<FollowUpInput>()
        .HonoursIfMatch();

    static async Task<Results<Created<FollowUpResponse>, Problem>> HandleAsync(string action, FollowUpInput input, Faults faults, Caller caller, Db db)
    {
        if (await GetAction.FindAsync(db, action, caller) is not { } followed) return Problem.NotFound("action", action);
        if (caller.Stale(followed) is { } stale) return stale;

        input.Date ??= caller.Today;
        input.Author ??= caller.Name;
        input.Check(faults);
        return faults.Count > 0 ? Problem.Invalid(faults) : TypedResults.Created((string?)null, await AddAsync(db, input, followed));
    }

    /// <summary>Writes the follow-up and what it changes in the action, with a change row each.</summary>
    internal static async Task<FollowUpResponse> AddAsync(Db db, FollowUpInput input, ActionResponse action)
    {
        var isLatest = await db.FindAsync<bool>(IsLatestSql, new { action.Plan, action.Number, input.Date });
        var verifies = action.Status == Status.Done && input.Kind == FollowUpKind.Check && input.Effect is not null and not Effects.TooEarly;
        // One that tells of an earlier day than another does says nothing of how things are now.
        var prognosis = isLatest ? input.Prognosis ?? action.Prognosis : action.Prognosis;
        if (isLatest) input.NextFollowUpDate ??= verifies ? null : FollowUpInterval.Next(action.FollowUpInterval, input.Date!.Value);
        var isAwaited = action.NextFollowUpDate <= input.Date || verifies;
        var next = isLatest ? input.NextFollowUpDate ?? (isAwaited ? null : action.NextFollowUpDate) : action.NextFollowUpDate;

        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new
        {
            Id = Guid.CreateVersion7(db.Now),
            action.Plan,
            action.Number,
            SearchText = SearchText.Fold(input.Note),
            ActionStatus = verifies ? Status.Verified : action.Status,
            VerifiedOn = verifies ? input.Date : action.VerifiedOn,
            ActionPrognosis = prognosis,
            ActionNext = next,
            db.Now,
            db.Actor,
        });
        var followUp = (await db.FindAsync<FollowUpResponse>(Sql, parameters))!;
        await db.RecordAsync(Change.Created, followUp);

        if (verifies || prognosis != action.Prognosis || next != action.NextFollowUpDate)
            await db.RecordAsync(Change.Updated, (await db.FindAsync<ActionResponse>(ChangeSql, parameters))!);
        else if (input.Note is not null)
            await db.ExecuteAsync(FindableSql, parameters);
        return followUp;
    }

    const string IsLatestSql = """
        select not exists (
            select 1 from follow_up
            where action_id = (select id from action where plan = @Plan and number = @Number) and date > @Date)
        """;

    const string Sql = $"""
        insert into follow_up (id, action_id, plan, number, department, date, kind, note, author, prognosis, effect, next_follow_up_date,
            search_text, created_at, created_by)
        select @Id, id, plan, number, department, @Date, @Kind, @Note, @Author, @Prognosis, @Effect, @NextFollowUpDate, @SearchText, @Now, @Actor
        from action where plan = @Plan and number = @Number
        returning {FollowUpResponse.Columns}
        """;

    const string ChangeSql = $"""
        update action set status = @ActionStatus, verified_on = @VerifiedOn, prognosis = @ActionPrognosis, next_follow_up_date = @ActionNext,
            search_text = search_text || @SearchText, version = version + 1, updated_at = @Now, updated_by = @Actor
        where plan = @Plan and number = @Number
        returning {ActionResponse.Columns}
        """;

    const string FindableSql = "update action set search_text = search_text || @SearchText where plan = @Plan and number = @Number";
}
