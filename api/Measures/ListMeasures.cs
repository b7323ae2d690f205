using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Measures;

/// <summary>GET /measures</summary>
public static class ListMeasures
{
    static readonly QueryParameter Category = QueryParameter.Texts("category", "Only measures under this heading.", "God introduktion");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/measures", HandleAsync)
        .Describe("List the catalogue of measures", "The catalogue of 101 insatser for a better staffing situation, by number.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Category]);

    static Task<Results<Ok<Page<MeasureResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Filter filter, Db db, HttpContext http) =>
        db.ListAsync<MeasureResponse>(http, paging, new Select(MeasureResponse.Columns, $"measure where true {filter.Where}", "number").With(filter.Where));

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http) =>
            ValueTask.FromResult<Filter?>(new Filter(new Conditions().In("category", "Category", new QueryValues(http).All(Category))));
    }
}
