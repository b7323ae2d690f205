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

    static async Task<Results<Ok<MeasureResponse>, NotModified, Problem>> HandleAsync(string number, Caller caller, Db db) =>
        await db.FindAsync<MeasureResponse>($"select {MeasureResponse.Columns(caller)} from measure where number = @Number", new { Number = Read(number), caller.Scope }) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("measure", number);

    /// <summary>The number in an address; 0, which no measure has, for what is none. "080" would be another name for the same measure.</summary>
    internal static int Read(string number) =>
        !number.StartsWith('0') && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
}
