using ActionPlan.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Pages;

/// <summary>The filters that stand in a page's address.</summary>
public sealed class Filters(HttpRequest request, IReadOnlyList<QueryParameter> known)
{
    // Alternatives may share a parameter, separated by commas: each is a filter of its own.
    readonly IReadOnlyList<KeyValuePair<string, string>> given =
    [
        .. from parameter in known
           from text in request.Query[parameter.Name]
           from value in parameter.Many ? text.Split(',', StringSplitOptions.TrimEntries) : [text]
           select KeyValuePair.Create(parameter.Name, value),
    ];

    /// <summary>True if the parameter has this value.</summary>
    public bool Has(string name, string value) => given.Contains(KeyValuePair.Create(name, value));

    /// <summary>The parameter's first value, or null.</summary>
    public string? this[string name] => given.Where(f => f.Key == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>Those that choose actions, with the address without each.</summary>
    public IEnumerable<(string Name, string Value, string Without)> Chosen =>
        given.Where(f => f.Key is not ("page" or "limit" or "sort" or "asOf" or "format" or "dialect")).Select(f => (f.Key, f.Value, To(given.Where(other => !other.Equals(f) && other.Key != "page"))));

    /// <summary>What a form keeps that has no fields for it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Except(params string[] fields) => given.Where(f => f.Key != "page" && !fields.Contains(f.Key));

    /// <summary>The address of the whole list as a file.</summary>
    public string As(string format) => To([.. given.Where(f => f.Key is not ("page" or "limit")), KeyValuePair.Create("format", format)]);

    /// <summary>The address without any of them.</summary>
    public string Cleared => To(given.Where(f => f.Key == "asOf"));

    string To(IEnumerable<KeyValuePair<string, string>> filters) => request.Path + new QueryBuilder(filters).ToQueryString();
}
