using ActionPlan.Data;
using ActionPlan.Decisions;
using ActionPlan.FollowUps;
using ActionPlan.Http;

namespace ActionPlan.Actions;

/// <summary>What happens to follow-ups and decisions when something happens to their action or plan; each gets a change row.</summary>
static class ActionContent
{
    /// <summary>Hides those of a plan, or of one action in it.</summary>
    public static Task HideAsync(Db db, string plan, int? number = null) => WriteAsync(db, Change.Deleted, "deleted_at = @Now", "deleted_at is null", plan, number);

    /// <summary>Brings those of an action back.</summary>
    public static Task RestoreAsync(Db db, string plan, int number) => WriteAsync(db, Change.Restored, "deleted_at = null", "deleted_at is not null", plan, number);

    /// <summary>Tells whoever follows a department that a plan has come there, with these.</summary>
    public static Task MoveAsync(Db db, string plan, string leaving) =>
        WriteAsync(db, Change.Updated, "department = department", "deleted_at is null", plan, null, leaving);

    static async Task WriteAsync(Db db, string kind, string set, string where, string plan, int? number, string? leaving = null)
    {
        where = $"plan = @Plan {(number is null ? "" : "and number = @Number")} and {where}";
        var values = new { Plan = plan, Number = number, db.Now };
        IEnumerable<Resource> written =
        [
            .. Ordered(await db.QueryAsync<FollowUpResponse>($"update follow_up set {set} where {where} returning {FollowUpResponse.Columns}", values)),
            .. Ordered(await db.QueryAsync<DecisionResponse>($"update decision set {set} where {where} returning {DecisionResponse.Columns}", values)),
        ];
        foreach (var content in written) await db.RecordAsync(kind, content, leaving: leaving);
    }

    // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
    static IEnumerable<Resource> Ordered(IEnumerable<Resource> written) => written.OrderBy(content => content.Identify().Key, StringComparer.Ordinal);
}
