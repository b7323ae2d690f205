namespace ActionPlan.Http;

/// <summary>The one place that says what a key bound to a department may see.</summary>
public static class Scope
{
    /// <summary>For one row, found by its key: <c>and (@Scope is null or department = @Scope)</c>.</summary>
    public const string OnRow = "and (@Scope is null or department = @Scope)";

    /// <summary>For a list: a condition only where the key is bound, so that an unbound one keeps the plain index.</summary>
    public static string On(Caller caller, string column = "department") => caller.Scope is null ? "" : $"and {column} = @Scope";
}
