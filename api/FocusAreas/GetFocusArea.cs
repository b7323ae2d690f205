using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FocusAreas;

/// <summary>GET /plans/{plan}/focus-areas/{focusArea}</summary>
public static class GetFocusArea
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/focus-areas/{focusArea}", HandleAsync)
        .Describe("Get a focus area", "One section (frågeområde) of a plan.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<FocusAreaResponse>, NotModified, Problem>> HandleAsync(string plan, string focusArea, Caller caller, Db db) =>
        await FindAsync(db, plan, focusArea, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("focusArea", focusArea);

    /// <summary>The focus area, or null when there is none that the caller may see.</summary>
    internal static Task<FocusAreaResponse?> FindAsync(Db db, string plan, string key, Caller caller) =>
        db.FindAsync<FocusAreaResponse>(Sql, new { Plan = plan, Key = key, caller.Scope });

    const string Sql = $"""
        select {FocusAreaResponse.Columns} from focus_area
        where plan = @Plan and key = @Key and deleted_at is null
          and exists (select 1 from plan where plan.key = @Plan and deleted_at is null {Scope.OnRow})
        """;
}
