using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace ActionPlan.Changes;

/// <summary>A property that a change gave another value.</summary>
public sealed class ChangedField
{
    static readonly string[] Audit = ["createdAt", "createdBy", "updatedAt", "updatedBy", "version"];

    /// <summary>The property, as the resource names it.</summary>
    /// <example>status</example>
    [MaxLength(60)]
    public required string Field { get; init; }

    /// <summary>Its value before: text, a number, true or false, a list, or null when there was none.</summary>
    /// <example>"planned"</example>
    public required JsonElement? Old { get; init; }

    /// <summary>Its value since: text, a number, true or false, a list, or null when there is none.</summary>
    /// <example>"inProgress"</example>
    public required JsonElement? New { get; init; }

    /// <summary>What differs between two states of a resource, each as JSON; one that was not there yet is null. Who wrote it when is told by the change itself.</summary>
    public static IReadOnlyList<ChangedField> Between(string? before, string after)
    {
        var (old, now) = (Read(before), Read(after));
        return [.. now.Keys.Union(old.Keys).Except(Audit)
            .Select(field => new ChangedField { Field = field, Old = Value(old, field), New = Value(now, field) })
            .Where(changed => !Same(changed.Old, changed.New))];
    }

    static Dictionary<string, JsonElement> Read(string? state) => state is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(state)!;

    static JsonElement? Value(Dictionary<string, JsonElement> state, string field) =>
        state.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    static bool Same(JsonElement? a, JsonElement? b) => a is { } one && b is { } other ? JsonElement.DeepEquals(one, other) : a is null && b is null;
}
