namespace ActionPlan.Data;

/// <summary>
/// The database itself failed: nothing was stored, and the same request may succeed later.
/// Answered as 507 when the disk is full, else as 503 with <c>Retry-After</c>.
/// </summary>
public sealed class DatabaseFaultException(bool isFull, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>True when there is no room left.</summary>
    public bool IsFull { get; } = isFull;

    /// <summary>True when the connection broke in the commit, and the database cannot be asked what came of it.</summary>
    public bool IsInDoubt { get; init; }
}
