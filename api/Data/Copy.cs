using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace ActionPlan.Data;

/// <summary>Marks what is kept in rows beside a resource's own, and so in no column of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BesideAttribute : Attribute;

/// <summary>What an input and the resource it sets have in common: properties of the same names, columns of the same names.</summary>
public static class Copy
{
    static readonly ConcurrentDictionary<(Type From, Type To), (PropertyInfo From, PropertyInfo To)[]> Pairs = new();

    /// <summary>A new <typeparamref name="T"/> with the values of the properties that <paramref name="source"/> has too.</summary>
    public static T To<T>(object source) where T : new()
    {
        var copy = new T();
        foreach (var (from, to) in Common(source.GetType(), typeof(T))) to.SetValue(copy, from.GetValue(source));
        return copy;
    }

    /// <summary>
    /// The assignments that turn the row of <paramref name="current"/> into <paramref name="wanted"/>, each with a comma
    /// behind it: <c>title = @Title, </c>. Only what differs: an update touches only the indexes of the columns it sets.
    /// </summary>
    public static string Assignments(object current, object wanted) => string.Concat(Common(current.GetType(), wanted.GetType())
        .Where(pair => !pair.To.IsDefined(typeof(BesideAttribute)) && !AreEqual(pair.From.GetValue(current), pair.To.GetValue(wanted)))
        .Select(pair => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.To.Name)} = @{pair.To.Name}, "));

    static (PropertyInfo From, PropertyInfo To)[] Common(Type from, Type to) => Pairs.GetOrAdd((from, to), types =>
        [.. types.To.GetProperties()
            .Select(property => (From: types.From.GetProperty(property.Name)!, To: property))
            .Where(pair => pair.From is not null && pair.To.CanWrite)]);

    static bool AreEqual(object? a, object? b) => a is IEnumerable<string> x && b is IEnumerable<string> y ? x.SequenceEqual(y) : Equals(a, b);
}
