namespace ActionPlan.Imports;

/// <summary>A file that cannot be read as a table at all. The code is that of a fault; its text is the message <c>Fault.{Code}</c>.</summary>
public sealed class UnreadableFileException(string code, params object?[] values) : Exception
{
    /// <summary>What is the matter; the same in every language.</summary>
    public string Code => code;

    /// <summary>What the text names.</summary>
    public IReadOnlyList<object?> Values => values;
}
