namespace ActionPlan.Http;

/// <summary>What a key may do; each role may what the one before it may.</summary>
public static class Role
{
    /// <summary>No key at all.</summary>
    public const string Everyone = "";

    /// <summary>Every GET.</summary>
    public const string Reader = "reader";

    /// <summary>And: the content of plans.</summary>
    public const string Editor = "editor";

    /// <summary>And: departments, keys, webhooks.</summary>
    public const string Admin = "admin";

    /// <summary>All roles, the weakest first.</summary>
    public static readonly IReadOnlyList<string> All = [Reader, Editor, Admin];

    /// <summary>True if <paramref name="role"/> may what <paramref name="needed"/> may.</summary>
    public static bool Includes(string role, string needed) => Rank(role) >= Rank(needed);

    static int Rank(string role) => role switch { Reader => 1, Editor => 2, Admin => 3, _ => 0 };
}
