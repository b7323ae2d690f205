using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Changes;

/// <summary>GET /changes</summary>
public static class ListChanges
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/changes", HandleAsync)
        .Describe("Follow all changes",
            "The feed: every change after the number given, the oldest first, deletions included. Follow next: it goes on after the last change of the page, "
            + "whoever writes meanwhile; when there is nothing new it says where to ask again. Numbers follow the order in which changes were stored, so none is missed "
            + "or met twice. totalRecords counts the whole feed, from its start. A key bound to a department follows that one alone: what moves there is created, what moves away is deleted.")
        .Requires(Role.Reader)
        .Query(ChangeQuery.Parameters);

    static async Task<Results<Ok<Page<ChangeResponse>>, NotModified>> HandleAsync(ChangeQuery query, Paging paging, Caller caller, Db db, HttpContext http)
    {
        var ways = query.Ways();
        var parameters = new DynamicParameters(query.Where.Values);
        parameters.AddDynamicParams(new { caller.Scope, query.After, paging.Take, paging.Offset, Upto = paging.Offset + paging.Take });
        var name = "changes " + Lists.Digest(string.Join('|', ways) + caller.Scope + string.Join('|', query.Where.Values.Select(value => $"{value.Key} {value.Value}")));
        var known = db.Totals.GetValueOrDefault(name);
        parameters.AddDynamicParams(new { KnownAt = known.LastChange, KnownTotal = known.Total });

        var head = new Head();
        var rows = new List<ChangeResponse>();
        foreach (var (first, row) in await db.QueryAsync<Head, ChangeResponse>(Sql(ways, caller, query.Direction), "found_row", parameters))
        {
            head = first;
            if (first.HasRow == 1) rows.Add(row);
        }

        if (db.Totals.Count > 1000) db.Totals.Clear();
        db.Totals[name] = (head.LastChange, head.Total);

        // What stands at a number never changes, unless it is redacted.
        var tag = caller.Tag("feed", Lists.Digest(string.Join(' ', rows.Select(row => $"{row.Number}{(row.IsRedacted ? "-" : "")}")) + "/" + head.Redactions + "/" + head.Total));
        if (caller.Holds(tag)) return new NotModified(tag);

        foreach (var row in rows) row.Show(caller);
        http.Response.Headers.ETag = tag;
        var links = new Links(caller);
        paging.LinkFeed(links, rows.Select(row => row.Number).DefaultIfEmpty(query.After).Max());
        return TypedResults.Ok(new Page<ChangeResponse>
        {
            Items = rows,
            Meta = new PageMeta { Page = paging.Page, Limit = paging.Limit, Count = rows.Count, TotalRecords = head.Total, TotalPages = (int)Math.Ceiling(head.Total / (double)paging.Limit) },
            Links = links,
        });
    }

    // The total of a log that only grows is what it was, and what has come since.
    static string Sql(IReadOnlyList<string> ways, Caller caller, string direction) => $"""
        with page as (
            select number as found_row from (
                {string.Join(" union all ", ways.Select((way, i) => $"select number from (select number from change where {way} and number > @After order by number {direction} limit @Upto) way_{i}"))}
            ) found
            order by number {direction} limit @Take offset @Offset
        )
        select head.*, case when page.found_row is null then 0 else 1 end as has_row, page.found_row, {ChangeResponse.Columns(caller.Scope is null ? null : "1 = 1")}
        from (
            select number as last_change,
                   {(ways is ["1 = 1"] ? "number" : "@KnownTotal" + string.Concat(ways.Select(way => $" + (select count(*) from change where {way} and number > @KnownAt)")))} as total,
                   (select count(*) from change where redacted_in is not null) as redactions
            from change_clock
        ) head
        left join page on true left join change on change.number = page.found_row
        order by page.found_row {direction}
        """;

    sealed class Head
    {
        public long LastChange { get; init; }
        public int Total { get; init; }
        public int Redactions { get; init; }
        public int HasRow { get; init; }
    }
}
