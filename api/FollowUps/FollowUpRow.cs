using ActionPlan.Actions;
using ActionPlan.Data;

namespace ActionPlan.FollowUps;

/// <summary>What happens to follow-ups when something happens to their action or plan; each gets a change row.</summary>
static class FollowUpRow
{
    /// <summary>The columns of a new row, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["id", "action_id", "plan", "number", "department", "date", "kind", "note", "author", "prognosis", "effect", "next_follow_up_date", "search_text", "created_at", "created_by"];

    /// <summary>The row of a new follow-up of an action.</summary>
    public static object?[] Values(FollowUpResponse f, long actionId, int number, Db db) =>
        [f.Id, actionId, f.Plan, number, f.Department, f.Date, f.Kind, f.Note, f.Author, f.Prognosis, f.Effect, f.NextFollowUpDate, SearchText.Fold(f.Note), db.Now, db.Actor];

    /// <summary>Hides those of a plan, or of one action in it.</summary>
    public static Task HideAsync(Db db, string plan, int? number = null) => WriteAsync(db, Change.Deleted, "deleted_at = @Now", "deleted_at is null", plan, number);

    /// <summary>Brings those of an action back.</summary>
    public static Task RestoreAsync(Db db, string plan, int number) => WriteAsync(db, Change.Restored, "deleted_at = null", "deleted_at is not null", plan, number);

    /// <summary>Tells whoever follows a department that a plan has come there, with these.</summary>
    public static Task MoveAsync(Db db, string plan, string leaving) =>
        WriteAsync(db, Change.Updated, "department = department", "deleted_at is null", plan, null, leaving);

    static async Task WriteAsync(Db db, string kind, string set, string where, string plan, int? number, string? leaving = null)
    {
        var ofAction = number is null ? "" : "and number = @Number";
        var written = await db.QueryAsync<FollowUpResponse>(
            $"update follow_up set {set} where plan = @Plan {ofAction} and {where} returning {FollowUpResponse.Columns}",
            new { Plan = plan, Number = number, db.Now });
        // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
        foreach (var followUp in written.OrderBy(f => f.Id)) await db.RecordAsync(kind, followUp, leaving: leaving);
    }
}
