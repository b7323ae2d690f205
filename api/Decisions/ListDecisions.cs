using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Decisions;

/// <summary>GET /actions/{action}/decisions</summary>
public static class ListDecisions
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}/decisions", HandleAsync)
        .Describe("List the decisions on an action", "What was decided of it as a proposal and as a trial, the latest first.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Moment.AsOf]);

    static Task<Results<Ok<Page<DecisionResponse>>, NotModified, Problem>> HandleAsync(string action, Paging paging, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<DecisionResponse>(http, paging, Find(action, caller), (links, _) => links.Add("up", $"/actions/{action}"));

    /// <summary>What to read.</summary>
    internal static Select Find(string action, Caller caller)
    {
        GetAction.TrySplit(action, out var plan, out var number);
        var select = new Select(DecisionResponse.Columns, $"decision where action_id = ({GetAction.IdSql}) and deleted_at is null", "date desc, id desc")
        {
            Guard = $"select count(*) from ({GetAction.IdSql}) found_action",
            Parent = ("action", action),
        };
        return select.With("Plan", plan).With("Number", number).With("Scope", caller.Scope);
    }
}
