using ActionPlan.Actions;
using ActionPlan.ApiKeys;
using ActionPlan.Data;
using ActionPlan.Exports;
using ActionPlan.Http;

namespace ActionPlan.CalendarFeeds;

/// <summary>
/// GET /calendar/{token}.ics: what a feed's address shows. At the root of the host and outside the contract, since its
/// address is its key. It reads, and does nothing else.
/// </summary>
static class GetCalendar
{
    const string Folder = "/calendar/", Ending = ".ics";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet(Folder + "{file}", HandleAsync)
        .AllowAnonymous()
        .WithMetadata(new RateLimits.ByAddress())
        .ExcludeFromDescription();

    /// <summary>The path of the address with this secret word.</summary>
    public static string PathOf(string token) => Folder + token + Ending;

    static async Task<IResult> HandleAsync(string file, Database database, TimeProvider clock, HttpContext http)
    {
        // From here on nothing that writes a log, a problem or a trace meets the secret.
        http.Request.Path = PathOf("…");
        if (!file.EndsWith(Ending, StringComparison.Ordinal)) return Problem.Of(StatusCodes.Status404NotFound);

        await using var db = database.Read();
        var feed = await db.FindAsync<Feed>(Sql, new { Hash = Secret.Hash(file[..^Ending.Length]), Now = clock.GetUtcNow() });
        if (feed is null) return Problem.Of(StatusCodes.Status404NotFound);

        Caller.Enter(http, Authentication.Principal(feed));
        return new ActionExport(ExportFormat.ForCalendar(), ActionQuery.Of(http, feed.Query)) { Title = feed.Name };
    }

    // The holder is the feed: a reader, in the department that its key was bound to.
    const string Sql = $"""
        select id, name, '{Role.Reader}' as role, department, query
        from calendar_feed
        where hash = @Hash and deleted_at is null and not exists (
            select 1 from api_key
            where api_key.id = calendar_feed.api_key and (api_key.revoked_at is not null or api_key.expires_at <= @Now))
        """;

    sealed class Feed : KeyRing.Holder
    {
        public required string Query { get; init; }
    }
}
