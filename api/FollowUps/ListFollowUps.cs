using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FollowUps;

/// <summary>GET /follow-ups</summary>
public static class ListFollowUps
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/follow-ups", HandleAsync)
        .Describe("List follow-ups across plans",
            "The uppföljningar of all plans that the key may see, the latest first. With due=30d those that are expected within that time or are late, "
            + "the most urgent first: of every action, save the cancelled and rejected, whose nextFollowUpDate has come.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, .. DueFilter.Parameters, .. FollowUpFilter.Parameters, Moment.AsOf]);

    static Task<Results<Ok<Page<FollowUpResponse>>, NotModified, Problem>> HandleAsync(
        Paging paging, DueFilter due, FollowUpFilter filter, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<FollowUpResponse>(http, paging, Find(due, filter, caller));

    internal static Select Find(DueFilter due, FollowUpFilter filter, Caller caller)
    {
        var select = due.Until is null
            ? new Select(FollowUpResponse.Columns, $"follow_up where deleted_at is null {Scope.On(caller)} {due.OfFollowUps} {filter.Where}", "date desc, id desc")
            : new Select(FollowUpResponse.ExpectedColumns,
                $"action where deleted_at is null and next_follow_up_date <= @Until and {Status.FollowedSql} {Scope.On(caller)} {due.OfActions}", "next_follow_up_date, plan, number");
        return select.With("Scope", caller.Scope).With(due.OfActions).With(filter.Where).With("Until", due.Until);
    }
}
