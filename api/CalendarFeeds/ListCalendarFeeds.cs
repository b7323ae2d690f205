using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.CalendarFeeds;

/// <summary>GET /calendar-feeds</summary>
public static class ListCalendarFeeds
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/calendar-feeds", HandleAsync)
        .Describe("List calendar feeds", "The feeds that the key has made, the newest first; to an admin all, of the department that the key is bound to. Addresses are never shown.")
        .Requires(Role.Reader)
        .Query(Paging.Parameters);

    static Task<Results<Ok<Page<CalendarFeedResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Caller caller, Db db, HttpContext http)
    {
        var own = caller.Has(Role.Admin) ? "" : "and api_key = @Me";
        var select = new Select(CalendarFeedResponse.Columns, $"calendar_feed where deleted_at is null {Scope.On(caller)} {own}", "created_at desc, id");
        return db.ListAsync<CalendarFeedResponse>(http, paging, select.With("Scope", caller.Scope).With("Me", caller.Id),
            (links, _) => links.Add("create", "/calendar-feeds", "POST", Role.Editor));
    }
}
