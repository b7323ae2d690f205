using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace ActionPlan.Http;

/// <summary>A HAL link: where, and with which method.</summary>
public sealed class Link
{
    /// <summary>Absolute address.</summary>
    /// <example>https://atgardsplan.example/action-plan/v1/actions/soc-2015-12</example>
    [MaxLength(70_000), DataType(DataType.Url)]
    public required string Href { get; init; }

    /// <summary>HTTP method to use.</summary>
    /// <example>GET</example>
    [AllowedValues("GET", "POST", "PATCH", "PUT", "DELETE")]
    public required string Method { get; init; }
}

/// <summary>Links by relation. Only what the caller's role allows is named.</summary>
public sealed partial class Links(Caller caller) : Dictionary<string, Link>
{
    /// <summary>Adds a link to <paramref name="path"/> under the API's base path, if the caller has <paramref name="role"/>.</summary>
    public Links Add(string relation, string path, string method = "GET", string role = Role.Reader)
    {
        // The past can be read and nothing else; what has none is not linked to from there.
        if (caller.AsOf is { } moment)
        {
            if (method != "GET" || Timeless().IsMatch(path)) return this;
            if (!path.Contains("asOf=", StringComparison.Ordinal)) path += $"{(path.Contains('?') ? '&' : '?')}asOf={Uri.EscapeDataString(moment.Text)}";
        }

        if (caller.Has(role)) this[relation] = new Link { Href = caller.BaseUrl + path, Method = method };
        return this;
    }

    /// <summary>Adds what one may do with a resource that is edited in place: <c>self</c>, <c>edit</c>, <c>delete</c>.</summary>
    public Links AddEditable(string path, string role = Role.Editor) => Add("self", path)
        .Add("edit", path, "PATCH", role)
        .Add("delete", path, "DELETE", role);

    [GeneratedRegex("^/(departments|measures)|/(comparison|presentations|changes)$")]
    private static partial Regex Timeless();
}
