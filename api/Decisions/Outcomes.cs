using ActionPlan.Actions;

namespace ActionPlan.Decisions;

/// <summary>What may be decided of a proposal or a trial, and what it makes of the action.</summary>
public static class Outcomes
{
    /// <summary>A proposal is taken up: it becomes planned.</summary>
    public const string Accepted = "accepted";

    /// <summary>A proposal is turned down.</summary>
    public const string Rejected = "rejected";

    /// <summary>A trial becomes an action like any other.</summary>
    public const string CarryOn = "carryOn";

    /// <summary>The same, and more take part.</summary>
    public const string Widen = "widen";

    /// <summary>A trial ends: what is open is cancelled, what is done stays done.</summary>
    public const string Stop = "stop";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Accepted, Rejected, CarryOn, Widen, Stop];

    /// <summary>True if the outcome needs a reason.</summary>
    public static bool NeedsReason(string? outcome) => outcome is Rejected or Stop;

    /// <summary>What may be decided of an action that has this status, and is a trial or not. A proposed trial is a proposal first.</summary>
    public static IReadOnlyList<string> Of(string status, bool isTrial) => status switch
    {
        Status.Proposed => [Accepted, Rejected],
        Status.Cancelled or Status.Rejected => [],
        _ => isTrial ? [CarryOn, Widen, Stop] : [],
    };

    /// <summary>The status that an action with this one gets.</summary>
    public static string StatusAfter(string outcome, string status) => outcome switch
    {
        Accepted => Status.Planned,
        Rejected => Status.Rejected,
        Stop when Status.IsOpen(status) => Status.Cancelled,
        _ => status,
    };
}
