namespace ActionPlan.Actions;

/// <summary>The status of an action, and where it may go from there (DOMAIN: Status).</summary>
public static class Status
{
    /// <summary>Föreslagen.</summary>
    public const string Proposed = "proposed";

    /// <summary>Planerad.</summary>
    public const string Planned = "planned";

    /// <summary>Pågår.</summary>
    public const string InProgress = "inProgress";

    /// <summary>Pausad.</summary>
    public const string Paused = "paused";

    /// <summary>Genomförd, but not yet checked.</summary>
    public const string Done = "done";

    /// <summary>Kontrollerad: done, and a check has told its effect.</summary>
    public const string Verified = "verified";

    /// <summary>Avbruten.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Förkastad.</summary>
    public const string Rejected = "rejected";

    /// <summary>All, in the order of an action's life; lists sort by it.</summary>
    public static readonly IReadOnlyList<string> All = [Proposed, Planned, InProgress, Paused, Done, Verified, Cancelled, Rejected];

    /// <summary>The condition of an open action, word for word as the index <c>action_open</c> has it.</summary>
    public const string OpenSql = "status in ('proposed', 'planned', 'inProgress', 'paused')";

    /// <summary>The condition of an action that is followed up when its time comes: what was dropped is not.</summary>
    public const string FollowedSql = "status not in ('cancelled', 'rejected')";

    /// <summary>True while there is something left to do.</summary>
    public static bool IsOpen(string status) => status is Proposed or Planned or InProgress or Paused;

    /// <summary>Where an action with this status may go by PATCH. <see cref="Verified"/> is reached by a check alone.</summary>
    public static IReadOnlyList<string> MovesFrom(string status) => status switch
    {
        Proposed => [Planned, Rejected],
        Planned => [InProgress, Paused, Done, Cancelled],
        InProgress => [Planned, Paused, Done, Cancelled],
        Paused => [Planned, InProgress, Cancelled],
        Done => [InProgress],
        Verified => [InProgress],
        Cancelled => [Planned],
        Rejected => [Proposed],
        _ => [],
    };

    /// <summary>True if the status is entered with a reason.</summary>
    public static bool NeedsReason(string status) => status is Paused or Cancelled or Rejected;

    /// <summary>True if leaving the status reopens the action, which needs a reason too.</summary>
    public static bool IsFinal(string status) => status is Done or Verified or Cancelled or Rejected;
}
