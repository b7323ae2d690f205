using System.Globalization;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Measures;

/// <summary>GET /measures/{number}</summary>
public static class GetMeasure
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/measures/{number}", HandleAsync)
        .Describe("Get a measure", "One insats of the catalogue, by its number.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<MeasureResponse>, NotModified, Problem>> HandleAsync(string number, Db db) =>
        // "080" would be another name for the same measure.
        !number.StartsWith('0') && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known) && await db.FindAsync<MeasureResponse>(Sql, new { Number = known }) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("measure", number);

    const string Sql = $"select {MeasureResponse.Columns} from measure where number = @Number";
}
