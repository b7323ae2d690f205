using ActionPlan.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Pages;

/// <summary>What every component of a page knows: who asks, and of which moment.</summary>
public abstract class PageComponent : ComponentBase
{
    /// <summary>Who asks.</summary>
    [CascadingParameter]
    public Caller Caller { get; set; } = null!;

    /// <summary>The address of another page, of the same moment.</summary>
    protected string To(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var builder = new QueryBuilder(query.Where(q => q.Value is not null).Select(q => KeyValuePair.Create(q.Name, q.Value!)));
        if (Caller.AsOf is { } moment) builder.Add("asOf", moment.Text);
        return path + builder.ToQueryString();
    }

    /// <summary>The moment that the page tells of.</summary>
    protected string AsOfText => Caller.AsOf is { } moment && moment.Instant != Http.Moment.EndOf(moment.Day)
        ? $"{Words.LongDay(moment.Day)} kl. {Caller.Local(moment.Instant):HH.mm}"
        : Words.LongDay(Caller.Today);
}
