using ActionPlan.Actions;
using ActionPlan.Data;

namespace ActionPlan.FollowUps;

/// <summary>Follow-ups as rows, where many are stored at once.</summary>
static class FollowUpRow
{
    /// <summary>The columns of a new row, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["id", "action_id", "plan", "number", "department", "date", "kind", "note", "author", "prognosis", "effect", "next_follow_up_date", "search_text", "created_at", "created_by"];

    /// <summary>The row of a new follow-up of an action.</summary>
    public static object?[] Values(FollowUpResponse f, long actionId, int number, Db db) =>
        [f.Id, actionId, f.Plan, number, f.Department, f.Date, f.Kind, f.Note, f.Author, f.Prognosis, f.Effect, f.NextFollowUpDate, SearchText.Fold(f.Note), db.Now, db.Actor];
}
