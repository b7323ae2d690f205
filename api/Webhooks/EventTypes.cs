namespace ActionPlan.Webhooks;

/// <summary>What a webhook may be told of: the values of <c>events</c> and of a message's <c>type</c>.</summary>
public static class EventTypes
{
    /// <summary>An action is new.</summary>
    public const string ActionCreated = "action.created";

    /// <summary>Some of an action is different, or it was deleted and is back.</summary>
    public const string ActionUpdated = "action.updated";

    /// <summary>An action is hidden from now on.</summary>
    public const string ActionDeleted = "action.deleted";

    /// <summary>An action has another status; told after action.updated.</summary>
    public const string ActionStatusChanged = "action.statusChanged";

    /// <summary>An open action's last day is at most <see cref="DailyWork.SoonDays"/> days away.</summary>
    public const string ActionDueSoon = "action.dueSoon";

    /// <summary>An open action's last day has passed.</summary>
    public const string ActionOverdue = "action.overdue";

    /// <summary>A follow-up was made.</summary>
    public const string FollowUpCreated = "followUp.created";

    /// <summary>The day has come on which an action is to be followed up.</summary>
    public const string FollowUpDue = "followUp.due";

    /// <summary>Some of a plan is different.</summary>
    public const string PlanUpdated = "plan.updated";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [ActionCreated, ActionUpdated, ActionDeleted, ActionStatusChanged, ActionDueSoon, ActionOverdue, FollowUpCreated, FollowUpDue, PlanUpdated];
}
