using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}/presentations/{presentation}</summary>
public static class GetPresentation
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/presentations/{presentation}", HandleAsync)
        .Describe("Get a presentation", "One occasion when the nämnd saw the plan (redovisning). It never changes.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<PresentationResponse>, NotModified, Problem>> HandleAsync(string plan, string presentation, Caller caller, Db db) =>
        Guid.TryParseExact(presentation, "D", out var id) && await db.FindAsync<PresentationResponse>(Sql, new { Id = id, Plan = plan, caller.Scope }) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("presentation", presentation);

    const string Sql = $"""
        select {PresentationResponse.Columns} from presentation
        where id = @Id and plan = @Plan and deleted_at is null {Scope.OnRow}
        """;
}
