using ActionPlan.Data;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Measures;

/// <summary>GET /measures</summary>
public static class ListMeasures
{
    static readonly Dictionary<string, string> Orders = new()
    {
        ["number"] = "number {0}",
        ["category"] = "category collate swedish {0}",
        ["title"] = "title collate swedish {0}",
        ["adoptions"] = "adoptions {0}",
    };

    static readonly QueryParameter Category = QueryParameter.Texts("category", "Only measures under this heading.", "God introduktion");
    static readonly QueryParameter Adopted = QueryParameter.Boolean("adopted", "true: only measures that a plan has adopted, as far as the key may see; false: only the others.");
    static readonly QueryParameter Effect = QueryParameter.Words("effect", "Only measures with an adoption whose latest verdict is one of these, as far as the key may see.", Effects.All);
    static readonly QueryParameter Sort = QueryParameter.Keys("sort", $"Sorts by these, a minus for descending: {string.Join(", ", Orders.Keys)}. Text in Swedish order.", "-adoptions");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/measures", HandleAsync)
        .Describe("List the catalogue of measures", "The catalogue of 101 insatser for a better staffing situation, by number unless told, each with how many have adopted it.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Category, Adopted, Effect, Sort]);

    static Task<Results<Ok<Page<MeasureResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Filter filter, Caller caller, Db db, HttpContext http) =>
        db.ListAsync<MeasureResponse>(http, paging, new Select(MeasureResponse.Columns(caller), $"measure where true {filter.Where}", filter.Order)
            .With("Scope", caller.Scope).With(filter.Where));

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where, string Order)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http)
        {
            var query = new QueryValues(http);
            var caller = Caller.Of(http);
            var adopting = $"exists (select 1 from action where action.measure_number = measure.number and {Adoption.Seen(caller)}";
            var where = new Conditions().In("category", "Category", query.All(Category));
            if (query.Boolean(Adopted) is { } adopted) where.Add($"{(adopted ? "" : "not ")}{adopting})");
            var effects = query.All(Effect);
            if (effects.Count > 0) where.Add($"{adopting} and {Adoption.Known(caller)} and {Adoption.EffectSql} in ({where.Names("Effect", effects)}))");
            return ValueTask.FromResult<Filter?>(new Filter(where, Ordered(query.All(Sort), Faults.Of(http))));
        }

        static string Ordered(IReadOnlyList<string> terms, Faults faults)
        {
            foreach (var term in terms.Where(term => !Orders.ContainsKey(term.TrimStart('-')))) faults.AddParameter(Sort.Name, "unknownValue", term, string.Join(", ", Orders.Keys));
            return string.Join(", ", [.. terms.Select(term => string.Format(Orders.GetValueOrDefault(term.TrimStart('-'), "number {0}"), term.StartsWith('-') ? "desc" : "asc")), "number"]);
        }
    }
}
