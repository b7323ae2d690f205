using ActionPlan.Actions;
using ActionPlan.ApiKeys;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.CalendarFeeds;

/// <summary>POST /calendar-feeds</summary>
public static class CreateCalendarFeed
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/calendar-feeds", HandleAsync)
        .Describe("Create a calendar feed",
            "Makes an address for calendar programs, which send no key: the due dates of the actions that the filters leave. The answer shows it as url, once. "
            + "It shows what the key that makes it may see, works for nothing else, and stops when it is deleted or that key is revoked or expires.")
        .Requires(Role.Editor)
        .Takes<CalendarFeedInput>()
        .AnswersInFull();

    static async Task<Results<Created<CalendarFeedResponse>, Problem>> HandleAsync(CalendarFeedInput input, Faults faults, Caller caller, Db db, HttpContext http)
    {
        var query = input.ToQuery();
        Check(query, faults, http);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var token = Secret.Token();
        var feed = (await db.FindAsync<CalendarFeedResponse>(Sql, new
        {
            Id = Guid.CreateVersion7(db.Now),
            ApiKey = caller.Id,
            Department = caller.Scope,
            input.Name,
            Query = query,
            Hash = Secret.Hash(token),
            db.Now,
            db.Actor,
        }))!;

        await db.RecordAsync(Change.Created, feed);
        feed.Url = Caller.Host(http) + GetCalendar.PathOf(token);
        return TypedResults.Created((string?)null, feed);
    }

    // The list itself says what is wrong with a filter; here the place is a property.
    static void Check(string query, Faults faults, HttpContext http)
    {
        var known = faults.Count;
        ActionQuery.Of(http, query);
        for (var i = known; i < faults.Count; i++) faults[i] = new Fault { Pointer = "/" + faults[i].Parameter, Code = faults[i].Code, Detail = faults[i].Detail };
    }

    const string Sql = $"""
        insert into calendar_feed (id, api_key, department, name, query, hash, created_at, created_by, updated_at, updated_by)
        values (@Id, @ApiKey, @Department, @Name, @Query, @Hash, @Now, @Actor, @Now, @Actor)
        returning {CalendarFeedResponse.Columns}
        """;
}
