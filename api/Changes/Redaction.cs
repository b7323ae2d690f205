using System.Text.Json;
using System.Text.Json.Nodes;
using ActionPlan.Http;

namespace ActionPlan.Changes;

/// <summary>
/// The record that contents of the change log were erased. It is a change of its own, chained like any other, and holds the
/// digests by which what is left of the erased rows can still be checked.
/// </summary>
public sealed class Redaction : Resource
{
    /// <summary>What of a state is no text that somebody wrote: keys, words of the contract, dates.</summary>
    public static readonly IReadOnlySet<string> Kept = new HashSet<string>
    {
        "key", "id", "plan", "action", "department", "focusArea", "predecessor", "status", "kind", "outcome", "effect", "prognosis", "priority", "recurrence",
        "followUpInterval", "sharing", "role", "date", "startDate", "dueDate", "decisionDueDate", "completedOn", "verifiedOn", "nextFollowUpDate",
        "indicator", "actions", "direction", "interval", "target", "period", "evaluationDueDate", "periodStart", "periodEnd", "expiresAt", "lastUsedAt", "revokedAt", "createdAt", "createdBy", "updatedAt", "updatedBy",
    };

    // What the contract promises to be text even so.
    static readonly HashSet<string> NeverNull = ["title", "name", "author"];

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What kind of thing was redacted.</summary>
    public required string Resource { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Which properties were erased, where they were there.</summary>
    public required IReadOnlyList<string> Erased { get; init; }

    /// <summary>The redacted changes.</summary>
    public required IReadOnlyList<RedactedChange> Changes { get; init; }

    /// <summary>Whose it was.</summary>
    internal (string? Department, string? Plan) Owner { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("redaction", Id.ToString(), Owner.Department, Owner.Plan);

    /// <summary>A state without the content of <paramref name="fields"/>, or without any text that somebody wrote.</summary>
    public static string Blank(string state, IReadOnlyList<string> fields)
    {
        var blank = JsonNode.Parse(state)!.AsObject();
        foreach (var (field, value) in blank.ToList())
        {
            if (fields.Count == 0 ? Kept.Contains(field) || value is JsonValue plain && plain.GetValueKind() != JsonValueKind.String : !fields.Contains(field)) continue;
            blank[field] = value is JsonArray ? new JsonArray() : NeverNull.Contains(field) ? "" : null;
        }

        return blank.ToJsonString(Json.State);
    }

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
    }
}

/// <summary>A change whose content was erased.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Digest">Its digest, made of what was there; it stays, since the next one is made from it.</param>
/// <param name="Remains">The digest of what is left.</param>
public sealed record RedactedChange(long Number, string Digest, string Remains);
