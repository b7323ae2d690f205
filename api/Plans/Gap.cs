using ActionPlan.Actions;

namespace ActionPlan.Plans;

/// <summary>
/// Where a plan falls short of what it, and the law, asks. AFS 2023:1 (earlier AFS 2001:1) wants a written plan that says
/// when each measure is to be done and who sees to it, and wants completed measures checked.
/// </summary>
/// <param name="Code">What is lacking.</param>
/// <param name="IsLaw">True if the law asks for it, false if the plan's own order does.</param>
/// <param name="Sql">The condition that an action with this gap fulfils; it may name @Today.</param>
public sealed record Gap(string Code, bool IsLaw, string Sql)
{
    const string Undated = $"due_date is null and (recurrence is null or recurrence <> 'continuous') and {Status.OpenSql}";

    /// <summary>All of them, the law's first.</summary>
    public static readonly IReadOnlyList<Gap> All =
    [
        new("missingOwner", true, $"owner_key is null and {Status.OpenSql}"),
        new("missingDeadline", true, $"deadline is null and {Undated}"),
        new("unreadableDeadline", true, $"deadline is not null and {Undated}"),
        new("unverified", true, "status = 'done'"),
        new("followUpPast", false, $"next_follow_up_date < @Today and {Status.FollowedSql}"),
        new("overdueWithoutReason", false, $"due_date < @Today and status_reason is null and {Status.OpenSql}"),
        new("pausedWithoutEnd", false, "status = 'paused' and due_date is null and next_follow_up_date is null"),
    ];
}
