using ActionPlan.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Pages;

/// <summary>Where in a list a page lies, and the addresses of its neighbours, which keep the query.</summary>
public sealed class PageNumbers
{
    /// <summary>Of a list with <paramref name="total"/> rows.</summary>
    public PageNumbers(HttpRequest request, Paging paging, int total)
    {
        (Page, Total, Count) = (paging.Page, total, Math.Max(1, (int)Math.Ceiling(total / (double)paging.Limit)));
        if (Page > 1) Previous = At(Math.Min(Page - 1, Count));
        if (Page < Count) Next = At(Math.Max(1, Page + 1));

        string At(int page) => request.Path + new QueryBuilder(request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""))) { { "page", page.ToString() } };
    }

    /// <summary>The page, from 1.</summary>
    public int Page { get; }

    /// <summary>How many pages there are.</summary>
    public int Count { get; }

    /// <summary>How many rows there are in all.</summary>
    public int Total { get; }

    /// <summary>The page before, or null.</summary>
    public string? Previous { get; }

    /// <summary>The page after, or null.</summary>
    public string? Next { get; }
}
