using ActionPlan.Actions;
using ActionPlan.Http;

namespace ActionPlan.FollowUps;

/// <summary>Of which plans and owners a list across plans tells, and whether it tells what was made or what is due.</summary>
public sealed class DueFilter
{
    static readonly QueryParameter Due = QueryParameter.Duration("due", "Those expected from now and within this time, and those that are late: 30d, 2w, 3m.");
    static readonly QueryParameter Plan = QueryParameter.Keys("plan", "Only of these plans.", "soc-2015");
    static readonly QueryParameter Department = QueryParameter.Keys("department", "Only of these departments' plans.", "soc");
    static readonly QueryParameter Owner = QueryParameter.Texts("owner", "Only of this owner's actions; case, hyphens and spaces do not matter. Repeat for several.", "HR-enheten");

    /// <summary>The query parameters.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters = [Due, Plan, Department, Owner];

    DueFilter(HttpContext http)
    {
        var query = new QueryValues(http);
        Until = query.Until(Due, Caller.Of(http).Today);
        OfActions.In("plan", "Plan", query.All(Plan)).In("department", "Department", query.All(Department));
        OfFollowUps.In("plan", "Plan", query.All(Plan)).In("department", "Department", query.All(Department));

        var owners = query.All(Owner).Select(o => SearchText.Name(o) ?? "").ToList();
        OfActions.In("owner_key", "Owner", owners);
        if (owners.Count > 0) OfFollowUps.Add($"action_id in (select id from action where owner_key in ({OfFollowUps.Names("Owner", owners)}))");

        // What has not been made has no verdict yet.
        if (Until is not null)
            foreach (var name in http.Request.Query.Keys.Intersect(FollowUpFilter.Parameters.Select(p => p.Name))) Faults.Of(http).AddParameter(name, "notWithDue");
    }

    /// <summary>The last day that is asked for, or null when it is what was made.</summary>
    public DateOnly? Until { get; }

    /// <summary>The conditions on actions.</summary>
    public Conditions OfActions { get; } = new();

    /// <summary>The same on follow-ups.</summary>
    public Conditions OfFollowUps { get; } = new();

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<DueFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<DueFilter?>(new DueFilter(http));
}
