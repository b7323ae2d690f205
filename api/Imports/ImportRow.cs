using System.Text.Json.Serialization.Metadata;
using ActionPlan.Http;

namespace ActionPlan.Imports;

/// <summary>A row of the file in the API's own terms; what it means for an action depends on what the action is.</summary>
sealed class ImportRow
{
    /// <summary>Its number in the file.</summary>
    public required int Number { get; init; }

    /// <summary>What it says of an action's properties.</summary>
    public List<(JsonPropertyInfo Property, object? Value)> Values { get; } = [];

    /// <summary>Key of the action that it changes, or null.</summary>
    public string? Key { get; set; }

    /// <summary>The focus area as it is written: a title or a key. Empty clears, null says nothing.</summary>
    public string? FocusArea { get; set; }

    /// <summary>What becomes a follow-up, or null.</summary>
    public string? Note { get; set; }

    /// <summary>The day it was checked, or null.</summary>
    public DateOnly? VerifiedOn { get; set; }

    /// <summary>True if its status follows from the day of completion alone.</summary>
    public bool IsDoneByItsDay { get; set; }

    /// <summary>True if its status says that it never ends.</summary>
    public bool IsContinuous { get; set; }

    /// <summary>What no field holds, by heading: it goes into the description.</summary>
    public List<(string Heading, string Content)> Kept { get; } = [];

    /// <summary>What deserves a look, in the language of the request.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What is wrong with it.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>What it says of a property: not at all, or a value.</summary>
    public bool Says(string property, out object? value)
    {
        foreach (var (known, said) in Values)
        {
            if (known.Name != property) continue;
            value = said;
            return true;
        }

        value = null;
        return false;
    }
}
