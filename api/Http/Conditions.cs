namespace ActionPlan.Http;

/// <summary>
/// Conditions of a list, put together from constant fragments: only those that are asked for, since a condition that
/// is there but may be null makes the database scan. Values are always parameters.
/// </summary>
public sealed class Conditions
{
    readonly List<(string Found, string Tested)> fragments = [];

    /// <summary>How many there are.</summary>
    public int Count => fragments.Count;

    /// <summary>The values, by parameter name.</summary>
    public Dictionary<string, object> Values { get; } = [];

    /// <summary>Adds a condition that must hold; <paramref name="tested"/> says the same of a row that has been met already.</summary>
    public Conditions Add(string fragment, string? tested = null)
    {
        fragments.Add((fragment, tested ?? fragment));
        return this;
    }

    /// <summary>Adds a condition with one value.</summary>
    public Conditions Add(string fragment, string name, object value)
    {
        Values[name] = value;
        return Add(fragment);
    }

    /// <summary>The column has one of the values; no values, no condition.</summary>
    public Conditions In<T>(string column, string name, IReadOnlyList<T> values) where T : notnull => values.Count == 0
        ? this
        : Add(values.Count == 1 ? $"{column} = {Names(name, values)}" : $"{column} in ({Names(name, values)})");

    /// <summary>Gives each value a parameter; the parameters' names, separated by commas.</summary>
    public string Names<T>(string name, IReadOnlyList<T> values) where T : notnull => string.Join(", ", values.Select((value, i) =>
    {
        Values[name + i] = value;
        return $"@{name}{i}";
    }));

    /// <summary>The conditions, each led by "and".</summary>
    public override string ToString() => string.Concat(fragments.Select(f => $" and {f.Found}"));

    /// <summary>The same as tests of a row at hand, for <see cref="Select.Walked"/>.</summary>
    public string ToTests() => string.Concat(fragments.Select(f => $" and {f.Tested}"));
}
