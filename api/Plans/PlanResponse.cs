using System.Text.Json.Serialization;
using ActionPlan.Http;

namespace ActionPlan.Plans;

/// <summary>An åtgärdsplan: what a department has decided to do during a period.</summary>
public sealed class PlanResponse : VersionedResource
{
    /// <summary>What is read of a row.</summary>
    public const string Columns =
        "key, department, title, period_start, period_end, status, registry_number, background, predecessor, sharing, " + AuditColumns +
        ", (select p.department from plan as p where p.key = plan.predecessor and p.deleted_at is null) as predecessor_department";

    /// <summary>Its key in addresses; never changed.</summary>
    /// <example>soc-2015</example>
    public required string Key { get; init; }

    /// <summary>Key of the department that keeps it.</summary>
    /// <example>soc</example>
    public required string Department { get; init; }

    /// <summary>What the plan is called.</summary>
    /// <example>Åtgärdsplan 2015–2016</example>
    public required string Title { get; init; }

    /// <summary>First day of the period.</summary>
    /// <example>2015-01-01</example>
    public required DateOnly? PeriodStart { get; init; }

    /// <summary>Last day of the period.</summary>
    /// <example>2016-12-31</example>
    public required DateOnly? PeriodEnd { get; init; }

    /// <summary>draft until the board has adopted it; closed takes follow-ups only.</summary>
    /// <example>adopted</example>
    public required string Status { get; init; }

    /// <summary>Diarienummer: where the decision is registered.</summary>
    /// <example>SN 2015/0123</example>
    public required string? RegistryNumber { get; init; }

    /// <summary>Why there is a plan: what was seen, asked and found.</summary>
    /// <example>Medarbetarundersökningen visade sjunkande värden.</example>
    public required string? Background { get; init; }

    /// <summary>Key of the plan that this one follows.</summary>
    /// <example>soc-2013</example>
    public required string? Predecessor { get; set; }

    /// <summary>What other departments may see of the measures that it has adopted: nothing, the titles, or status and effects too. Of a draft, nothing.</summary>
    /// <example>none</example>
    public required string Sharing { get; init; }

    /// <summary>The department of the plan that this one follows, if it is still there.</summary>
    [JsonIgnore]
    public string? PredecessorDepartment { get; init; }

    /// <inheritdoc />
    public override Identity Identify() => new("plan", Key, Department, Key);

    /// <inheritdoc />
    protected override void Complete(Caller caller, Links links)
    {
        // What a bound key cannot see must not be named to it either.
        if (caller.Scope is { } scope && PredecessorDepartment != scope) Predecessor = null;

        links.Add("self", $"/plans/{Key}").Add("edit", $"/plans/{Key}", "PATCH", Role.Editor);
        if (Status != PlanStatus.Closed) links.Add("delete", $"/plans/{Key}", "DELETE", Role.Editor);
        links.Add("collection", "/plans")
            .Add("up", $"/departments/{Department}")
            .Add("focusAreas", $"/plans/{Key}/focus-areas")
            .Add("actions", $"/plans/{Key}/actions")
            .Add("presentations", $"/plans/{Key}/presentations")
            .Add("summary", $"/plans/{Key}/summary")
            .Add("gaps", $"/plans/{Key}/gaps")
            .Add("comparison", $"/plans/{Key}/comparison")
            .Add("version-history", $"/plans/{Key}/changes");
        if (Status != PlanStatus.Closed) links.Add("createAction", $"/plans/{Key}/actions", "POST", Role.Editor);
        if (Predecessor is not null && PredecessorDepartment is not null) links.Add("predecessor-version", $"/plans/{Predecessor}");
    }
}
