using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>DELETE /plans/{plan}</summary>
public static class DeletePlan
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/plans/{plan}", HandleAsync)
        .Describe("Delete a plan",
            "Hides the plan; its history stays readable. One that has actions, focus areas or presentations is a 409 unless withContent=true: then they are deleted too.")
        .Requires(Role.Editor)
        .Query(WithContent.Parameter);

    static async Task<Results<NoContent, Problem>> HandleAsync(string plan, WithContent withContent, Caller caller, Db db)
    {
        var current = await GetPlan.FindAsync(db, plan, caller);
        if (current is null) return Problem.NotFound("plan", plan);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.Status == PlanStatus.Closed) return Problem.PlanClosed(plan);

        var content = (await db.FindAsync<Content>(ContentSql, new { Plan = plan }))!;
        if (content.Actions + content.FocusAreas + content.Presentations > 0 && !withContent.IsSet)
            return Problem.HasContent(plan, Language.Text.Of("Content.plan", content.Actions, content.FocusAreas, content.Presentations));

        await HideAsync(db, current);
        return TypedResults.NoContent();
    }

    /// <summary>Hides a plan and all that it holds, each with a change row of its own.</summary>
    internal static async Task HideAsync(Db db, PlanResponse plan)
    {
        var values = new { Plan = plan.Key, db.Now, db.Actor };
        await ActionContent.HideAsync(db, plan.Key);
        await PresentationRow.HideAsync(db, plan.Key);
        // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
        foreach (var action in (await db.QueryAsync<ActionResponse>(Hide("action", "plan", ActionResponse.Columns), values)).OrderBy(a => a.Number))
            await db.RecordAsync(Change.Deleted, action);
        foreach (var focusArea in (await db.QueryAsync<FocusAreaResponse>(Hide("focus_area", "plan", FocusAreaResponse.Columns), values)).OrderBy(f => f.Key, StringComparer.Ordinal))
            await db.RecordAsync(Change.Deleted, focusArea);
        foreach (var hidden in await db.QueryAsync<PlanResponse>(Hide("plan", "key", PlanResponse.Columns), values))
            await db.RecordAsync(Change.Deleted, hidden);
    }

    static string Hide(string table, string column, string columns) => $"""
        update {table} set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where {column} = @Plan and deleted_at is null
        returning {columns}
        """;

    const string ContentSql = """
        select (select count(*) from action where plan = @Plan and deleted_at is null) as actions,
               (select count(*) from focus_area where plan = @Plan and deleted_at is null) as focus_areas,
               (select count(*) from presentation where plan = @Plan and deleted_at is null) as presentations
        """;

    sealed class Content
    {
        public int Actions { get; init; }
        public int FocusAreas { get; init; }
        public int Presentations { get; init; }
    }
}
