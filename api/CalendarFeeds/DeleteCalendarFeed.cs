using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.CalendarFeeds;

/// <summary>DELETE /calendar-feeds/{calendarFeed}</summary>
public static class DeleteCalendarFeed
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/calendar-feeds/{calendarFeed}", HandleAsync)
        .Describe("Delete a calendar feed", "Its address shows nothing any more.")
        .Requires(Role.Editor);

    static async Task<Results<NoContent, Problem>> HandleAsync(string calendarFeed, Caller caller, Db db)
    {
        var current = await GetCalendarFeed.FindAsync(db, calendarFeed, caller);
        if (current is null) return Problem.NotFound("calendarFeed", calendarFeed);
        if (caller.Stale(current) is { } stale) return stale;

        var hidden = await db.FindAsync<CalendarFeedResponse>(Sql, new { current.Id, db.Now, db.Actor });
        await db.RecordAsync(Change.Deleted, hidden!);
        return TypedResults.NoContent();
    }

    const string Sql = $"""
        update calendar_feed set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where id = @Id
        returning {CalendarFeedResponse.Columns}
        """;
}
