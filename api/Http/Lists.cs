using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionPlan.Data;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Http;

/// <summary>What a list reads: constant fragments of SQL, and the values of their parameters.</summary>
/// <param name="Columns">What is read of each row; the first column is never null.</param>
/// <param name="From">Table, or tables, and the row's own conditions: <c>plan where deleted_at is null</c>.</param>
/// <param name="Order">What the rows are ordered by, in names that <paramref name="Columns"/> gives, ending in something unique.</param>
public sealed record Select(string Columns, string From, string Order)
{
    /// <summary>The values.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>What the guard of a plan's content counts for a closed plan.</summary>
    public const int Closed = 2;

    /// <summary>The guard of what lies in the plan <c>@Plan</c>: 1 if the caller may see it, 2 if it is closed besides.</summary>
    public const string PlanGuard = $"select coalesce(max(case status when 'closed' then 2 else 1 end), 0) from plan where key = @Plan and deleted_at is null {Scope.OnRow}";

    /// <summary>A query that counts 1 if what the list belongs to exists and the caller may see it; else the list is a 404.</summary>
    public string Guard { get; init; } = "1";

    /// <summary>What the guard guards: the kind of resource and its key.</summary>
    public (string Resource, string Key) Parent { get; init; }

    /// <summary>Which properties the items are narrowed to, or null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>What the list's ETag depends on beside the number of the last change, as an expression.</summary>
    public string Also { get; init; } = "null";

    /// <summary>True if rows come and go without a change in the log, so that a total cannot be remembered by its end.</summary>
    public bool IsOutsideTheLog { get; init; }

    /// <summary>The table and its key where rows are wide: the page is then found and ordered by key alone, and only its rows are read.</summary>
    public (string Table, string Key)? Wide { get; init; }

    /// <summary>
    /// The rows of <see cref="From"/>, told so that they are met in the list's order and tested one by one. Found that
    /// way, a page of very many rows is full after a few; a page of few would need the whole table.
    /// </summary>
    public string? Walked { get; init; }

    /// <summary>Sets a value.</summary>
    public Select With(string name, object? value)
    {
        // PostgreSQL must be told the type of what is not there; all that may be absent is text.
        Parameters.Add(name, value, value is null ? DbType.String : null);
        return this;
    }

    /// <summary>Sets the values of conditions.</summary>
    public Select With(Conditions conditions)
    {
        foreach (var (name, value) in conditions.Values) Parameters.Add(name, value);
        return this;
    }

    /// <summary>
    /// One statement for the page, the total, and the number of the last change, all of the same moment. The total is
    /// counted only if something has changed since it was last remembered; the one remembered also tells how to find the page.
    /// </summary>
    public string Sql(int knownTotal = 0, long offset = 0) => $"""
        with page as (
            select {Wide?.Key ?? "1"} as found_row {(Wide is null ? $", {Columns}" : "")}
            from {(knownTotal < Many || offset > FarOut ? From : Walked ?? From)} order by {Order} limit @Take offset @Offset
        )
        select head.*, case when page.found_row is null then 0 else 1 end as has_row, {(Wide is null ? "page.*" : $"page.found_row, {Columns}")}
        from (
            select number as last_change,
                   {Also} as also,
                   case when number = @KnownAt then @KnownTotal else (select count(*) from {From}) end as total,
                   ({Guard}) as found
            from change_clock
        ) head
        left join page on true {(Wide is { } wide ? $"left join {wide.Table} on {wide.Table}.{wide.Key} = page.found_row" : "")}
        order by {Order}
        """;

    const int Many = 10_000, FarOut = 1000;
}

/// <summary>Answers lists: conditional, paged, linked.</summary>
public static class Lists
{
    /// <summary>The page that is asked for, or 304 when the client holds it and nothing has changed since.</summary>
    public static async Task<Results<Ok<Page<T>>, NotModified, Problem>> ListAsync<T>(
        this Db db, HttpContext http, Paging paging, Select select, Action<Links, bool>? link = null) where T : Resource
    {
        var caller = Caller.Of(http);
        if (http.Request.Headers.IfNoneMatch.Count > 0)
        {
            var now = await db.HeadAsync(select);
            if (now.Found > 0 && Tag(caller, now) is var tag && caller.Holds(tag)) return new NotModified(tag);
        }

        var (head, rows) = await ReadAsync<T>(db, select, paging.Take, paging.Offset);
        if (head.Found == 0) return Problem.NotFound(select.Parent.Resource, select.Parent.Key);

        foreach (var row in rows)
        {
            row.Show(caller);
            row.Fields = select.Fields;
        }

        http.Response.Headers.ETag = Tag(caller, head);
        var links = new Links(caller);
        var pages = (int)Math.Ceiling(head.Total / (double)paging.Limit);
        paging.Link(links, pages);
        link?.Invoke(links, head.Found == Select.Closed);

        return TypedResults.Ok(new Page<T>
        {
            Items = rows,
            Meta = new PageMeta { Page = paging.Page, Limit = paging.Limit, Count = rows.Count, TotalRecords = head.Total, TotalPages = pages },
            Links = links,
        });
    }

    /// <summary>Some rows of a list, and how many there are in all, for a page that shows it among other things; none if what the list belongs to is not there.</summary>
    internal static async Task<Slice<T>> SliceAsync<T>(this Db db, Caller caller, Select select, int take, long offset = 0) where T : Resource
    {
        var (head, rows) = await ReadAsync<T>(db, select, take, offset);
        foreach (var row in rows) row.Show(caller);
        return new Slice<T>(rows, head.Found == 0 ? 0 : head.Total);
    }

    /// <summary>What there is to say of a list before its rows are read; nothing is counted.</summary>
    internal static async Task<Head> HeadAsync(this Db db, Select select) =>
        (await db.FindAsync<Head>($"select number as last_change, {select.Also} as also, ({select.Guard}) as found from change_clock", select.Parameters))!;

    /// <summary>The list's ETag. Only a digest: the number itself would tell a bound key how much goes on elsewhere.</summary>
    internal static string Tag(Caller caller, Head head) => caller.Tag("list", $"{head.LastChange} {head.Also}");

    static async Task<(Head Head, IReadOnlyList<T> Rows)> ReadAsync<T>(Db db, Select select, int take, long offset) where T : Resource
    {
        var name = Digest(select.From + JsonSerializer.Serialize(select.Parameters.ParameterNames.Select(p => select.Parameters.Get<object?>(p))));
        var known = select.IsOutsideTheLog ? (LastChange: -1, Total: 0) : db.Totals.GetValueOrDefault(name, (-1, 0));

        var sql = select.Sql(known.Total, offset);
        select.With("Take", take).With("Offset", offset).With("KnownAt", known.LastChange).With("KnownTotal", known.Total);

        var head = new Head();
        var rows = new List<T>();
        foreach (var (first, row) in await db.QueryAsync<Head, T>(sql, "found_row", select.Parameters))
        {
            head = first;
            if (first.HasRow == 1) rows.Add(row);
        }

        if (db.Totals.Count > 1000) db.Totals.Clear();
        db.Totals[name] = (head.LastChange, head.Total);
        return (head, rows);
    }

    /// <summary>SHA-256 in hexadecimal: a short name for a long text.</summary>
    internal static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What the list statement says beside the rows.</summary>
    internal sealed class Head
    {
        public long LastChange { get; init; }
        public string? Also { get; init; }
        public int Total { get; init; }
        public int Found { get; init; }
        public int HasRow { get; init; }
    }
}

/// <summary>Some rows of a list.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Total">How many the whole list has.</param>
public sealed record Slice<T>(IReadOnlyList<T> Rows, int Total);
