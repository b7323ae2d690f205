using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.CalendarFeeds;

/// <summary>GET /calendar-feeds/{calendarFeed}</summary>
public static class GetCalendarFeed
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/calendar-feeds/{calendarFeed}", HandleAsync)
        .Describe("Get a calendar feed", "Its name and its filters; never its address.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<CalendarFeedResponse>, NotModified, Problem>> HandleAsync(string calendarFeed, Caller caller, Db db) =>
        await FindAsync(db, calendarFeed, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("calendarFeed", calendarFeed);

    /// <summary>The feed, or null when there is none that the caller may see.</summary>
    internal static async Task<CalendarFeedResponse?> FindAsync(Db db, string id, Caller caller) => Guid.TryParseExact(id, "D", out var known)
        ? await db.FindAsync<CalendarFeedResponse>(Sql, new { Id = known, caller.Scope, Me = caller.Id, IsAdmin = caller.Has(Role.Admin) })
        : null;

    const string Sql = $"select {CalendarFeedResponse.Columns} from calendar_feed where id = @Id and deleted_at is null and (@IsAdmin or api_key = @Me) {Scope.OnRow}";
}
