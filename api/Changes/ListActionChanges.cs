using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Changes;

/// <summary>GET /actions/{action}/changes</summary>
public static class ListActionChanges
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}/changes", HandleAsync)
        .Describe("List the changes of an action",
            "The action's history, its follow-ups' included, the latest change first; readable also when the action is deleted. It goes with the action when the plan "
            + "moves to another department; the old department keeps what was written in its time.")
        .Requires(Role.Reader)
        .Query(ChangeQuery.ParametersOfHistory);

    static Task<Results<Ok<Page<ChangeResponse>>, NotModified, Problem>> HandleAsync(string action, ChangeQuery query, Paging paging, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<ChangeResponse>(http, paging, Find(action, query, caller), (links, _) => links.Add("up", $"/actions/{action}"));

    /// <summary>What to read.</summary>
    internal static Select Find(string action, ChangeQuery query, Caller caller)
    {
        GetAction.TrySplit(action, out var plan, out var number);
        return ChangeHistory.Select(caller.AsOf is null ? RowsSql : $"{RowsSql} and number <= @AsOf", OutsideSql, query, caller, ("action", action)).With("Key", action).With("Plan", plan).With("Number", number);
    }

    const string RowsSql = """
        (resource = 'action' and resource_key = @Key
            or resource = 'followUp' and resource_key in (
                select cast(id as text) from follow_up where action_id = (select id from action where plan = @Plan and number = @Number)))
        """;

    const string OutsideSql = "not exists (select 1 from action where action.plan = @Plan and action.number = @Number and action.department = @Scope)";
}
