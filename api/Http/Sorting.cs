using System.Globalization;

namespace ActionPlan.Http;

/// <summary>The query parameters <c>sort</c> and <c>fields</c> of a list whose items have a key.</summary>
static class Sorting
{
    /// <summary>The parameter <c>sort</c> over these names.</summary>
    public static QueryParameter Parameter(IReadOnlyDictionary<string, string> orders, string example, string also = "") =>
        new("sort", $"Sorts by these, a minus for descending: {string.Join(", ", orders.Keys)}. Text in Swedish order{also}.", example) { Many = true };

    /// <summary>The parameter <c>fields</c>.</summary>
    public static QueryParameter Fields(string example) => new("fields", "Narrows the items to these properties; key is always there.", example) { Many = true, MaxLength = 50 };

    /// <summary>
    /// What to order by: <paramref name="orders"/> tells the SQL of each name, <c>{0}</c> standing for the direction. Ends in the key, in the
    /// direction of the last term, so that the order is total and an index can be read backwards.
    /// </summary>
    public static string Order(IReadOnlyList<string> terms, IReadOnlyDictionary<string, string> orders, QueryParameter parameter, Faults faults)
    {
        var direction = "asc";
        var parts = new List<string>();
        foreach (var term in terms.DefaultIfEmpty("key"))
        {
            direction = term.StartsWith('-') ? "desc" : "asc";
            if (orders.TryGetValue(Name(term), out var part)) parts.Add(string.Format(CultureInfo.InvariantCulture, part, direction));
            else faults.AddParameter(parameter.Name, "unknownValue", term, string.Join(", ", orders.Keys));
        }

        if (Name(terms is [.., var last] ? last : "key") != "key") parts.Add(string.Format(CultureInfo.InvariantCulture, orders["key"], direction));
        return string.Join(", ", parts);

        static string Name(string term) => term.StartsWith('-') ? term[1..] : term;
    }

    /// <summary>The properties that the items are narrowed to, or null for all.</summary>
    public static IReadOnlyList<string>? Narrowed<T>(IReadOnlyList<string> names, Faults faults) where T : Resource
    {
        var known = Json.Properties(typeof(T)).Select(p => p.Name).ToList();
        foreach (var name in names.Except(known)) faults.AddParameter("fields", "unknownValue", name, string.Join(", ", known));
        return names.Count == 0 ? null : [.. names.Prepend("key").Distinct()];
    }
}
