using System.Text.Json;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Changes;

/// <summary>A row of the change log as it is stored, to be checked or redacted.</summary>
sealed class ChangeRow
{
    /// <summary>What is read of a row; a redacted one comes with what the redaction recorded, which is a change itself and checked like any.</summary>
    public static readonly string Sql = $"""
        select change.number, change.at, change.actor, change.reason, change.department, change.plan, change.resource, change.resource_key, change.kind,
            change.state, change.digest, change.left_department, change.redacted_in, redaction.state as evidence,
            (select before.digest from change as before where before.number = change.number - 1) as digest_before,
            {ChangeLog.Before("department")} as department_before,
            not exists (select 1 from change as later
             where later.resource = change.resource and later.resource_key = change.resource_key and later.number > change.number) as is_newest
        from change left join change as redaction on redaction.number = change.redacted_in and redaction.resource = 'redaction'
        """;

    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string? Reason { get; init; }
    public required string? Department { get; init; }
    public required string? Plan { get; init; }
    public required string Resource { get; init; }
    public required string ResourceKey { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public required string Digest { get; init; }
    public required string? LeftDepartment { get; init; }
    public required long? RedactedIn { get; init; }
    public required string? Evidence { get; init; }
    public required string? DigestBefore { get; init; }
    public required string? DepartmentBefore { get; init; }
    public required bool IsNewest { get; init; }

    /// <summary>True if it is as it was written, or as a redaction left it.</summary>
    public bool IsWhole(string before)
    {
        if (LeftDepartment != (DepartmentBefore == Department || Department is null ? null : DepartmentBefore)) return false;
        var made = DigestOf(before, Reason, State);
        if (RedactedIn is null) return made == Digest;
        var recorded = Evidence is null ? null : JsonSerializer.Deserialize<Record>(Evidence, Json.State)!.Changes.FirstOrDefault(change => change.Number == Number);
        return recorded is not null && recorded.Digest == Digest && recorded.Remains == made;
    }

    /// <summary>The digest that it has with this reason and state behind the row with the digest <paramref name="before"/>.</summary>
    public string DigestOf(string before, string? reason, string state) =>
        ChangeLog.Digest(before, Number, At, Actor, reason, Department, Plan, Resource, ResourceKey, Kind, state);

    sealed record Record(IReadOnlyList<RedactedChange> Changes);
}
