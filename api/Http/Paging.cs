using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Http;

/// <summary>Which page of a list is asked for (<c>page</c>, <c>limit</c>).</summary>
public sealed class Paging
{
    static readonly QueryParameter PageParameter = QueryParameter.Integer("page",
        "Page, from 1. A page outside the range (0 included) answers 200 and no items.", int.MinValue, int.MaxValue, 1);

    static readonly QueryParameter LimitParameter = QueryParameter.Integer("limit", "Items per page, at most 1000.", 1, 1000, 20);

    /// <summary>The parameters of every list.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters = [PageParameter, LimitParameter];

    readonly HttpRequest request;

    internal Paging(HttpContext http, int otherwise = 20)
    {
        request = http.Request;
        var values = new QueryValues(http);
        Page = values.Integer(PageParameter) ?? 1;
        Limit = values.Has(LimitParameter) ? values.Integer(LimitParameter) ?? otherwise : otherwise;
    }

    /// <summary>The page, from 1; any other number names a page outside the range.</summary>
    public int Page { get; }

    /// <summary>Items per page.</summary>
    public int Limit { get; }

    /// <summary>Rows before the page.</summary>
    public long Offset => Page < 1 ? 0 : (Page - 1L) * Limit;

    /// <summary>Rows to read; none for a page below 1.</summary>
    public int Take => Page < 1 ? 0 : Limit;

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<Paging?> BindAsync(HttpContext http) => ValueTask.FromResult<Paging?>(new Paging(http));

    /// <summary>Adds <c>self, first, prev, next, last</c>; each keeps the query.</summary>
    public void Link(Links links, int totalPages)
    {
        links.Add("self", Path + request.QueryString);
        links.Add("first", At(1));
        if (Page > 1 && totalPages > 0) links.Add("prev", At(Math.Min(Page - 1, totalPages)));
        if (Page >= 0 && Page < totalPages) links.Add("next", At(Page + 1));
        links.Add("last", At(Math.Max(1, totalPages)));

        string At(int page) => Path + new QueryBuilder(Kept("page")) { { "page", page.ToString() } };
    }

    /// <summary>Adds <c>self, first, next</c> of a feed, which goes on after a number; each keeps the query.</summary>
    public void LinkFeed(Links links, long after) => links
        .Add("self", Path + request.QueryString)
        .Add("first", Path + new QueryBuilder(Kept("page", "after")))
        .Add("next", Path + new QueryBuilder(Kept("page", "after")) { { "after", after.ToString() } });

    string Path => request.Path.Value![Settings.BasePath.Length..];

    IEnumerable<KeyValuePair<string, string>> Kept(params string[] without) =>
        request.Query.Where(q => !without.Contains(q.Key)).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""));
}

/// <summary>A page of a list.</summary>
public sealed class Page<T>
{
    /// <summary>The items of this page.</summary>
    [MaxLength(1000)]
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where in the whole list this page lies.</summary>
    [JsonPropertyName("_meta")]
    public required PageMeta Meta { get; init; }

    /// <summary>This page, its neighbours, and what else one may do with the list.</summary>
    [JsonPropertyName("_links")]
    public required Links Links { get; init; }
}

/// <summary>Where in the whole list a page lies.</summary>
public sealed class PageMeta
{
    /// <summary>The page that was asked for.</summary>
    /// <example>1</example>
    [Range(int.MinValue, int.MaxValue)]
    public required int Page { get; init; }

    /// <summary>Items per page.</summary>
    /// <example>20</example>
    [Range(1, 1000)]
    public required int Limit { get; init; }

    /// <summary>Items on this page.</summary>
    /// <example>20</example>
    [Range(0, 1000)]
    public required int Count { get; init; }

    /// <summary>Items in the whole list.</summary>
    /// <example>75</example>
    [Range(0, int.MaxValue)]
    public required int TotalRecords { get; init; }

    /// <summary>Pages in the whole list.</summary>
    /// <example>4</example>
    [Range(0, int.MaxValue)]
    public required int TotalPages { get; init; }
}
