using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FollowUps;

/// <summary>GET /actions/{action}/follow-ups</summary>
public static class ListActionFollowUps
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}/follow-ups", HandleAsync)
        .Describe("List the follow-ups of an action", "The action's uppföljningar, the latest first.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, .. FollowUpFilter.Parameters, Moment.AsOf]);

    static Task<Results<Ok<Page<FollowUpResponse>>, NotModified, Problem>> HandleAsync(
        string action, Paging paging, FollowUpFilter filter, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<FollowUpResponse>(http, paging, Find(action, filter, caller),
            (links, _) => links.Add("up", $"/actions/{action}").Add("create", $"/actions/{action}/follow-ups", "POST", Role.Editor));

    /// <summary>What to read.</summary>
    internal static Select Find(string action, FollowUpFilter filter, Caller caller)
    {
        GetAction.TrySplit(action, out var plan, out var number);
        var select = new Select(FollowUpResponse.Columns, $"follow_up where action_id = ({GetAction.IdSql}) and deleted_at is null {filter.Where}", "date desc, id desc")
        {
            Guard = $"select count(*) from ({GetAction.IdSql}) found_action",
            Parent = ("action", action),
        };
        return select.With("Plan", plan).With("Number", number).With("Scope", caller.Scope).With(filter.Where);
    }
}
