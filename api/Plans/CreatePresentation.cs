using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>POST /plans/{plan}/presentations</summary>
public static class CreatePresentation
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans/{plan}/presentations", HandleAsync)
        .Describe("Record that a plan was presented",
            "Records that the nämnd saw the plan (redovisning), today or earlier. What it saw is the plan as it stood at the end of that day.")
        .Requires(Role.Editor)
        .Takes<PresentationInput>()
        .HonoursIfMatch();

    static async Task<Results<Created<PresentationResponse>, Problem>> HandleAsync(string plan, PresentationInput input, Faults faults, Caller caller, Db db)
    {
        if (await GetPlan.FindAsync(db, plan, caller) is not { } presented) return Problem.NotFound("plan", plan);
        if (caller.Stale(presented) is { } stale) return stale;
        if (presented.Status == PlanStatus.Closed) return Problem.PlanClosed(plan);

        input.Date ??= caller.Today;
        if (input.Date > caller.Today && !faults.AreAt("/date")) faults.AddAt("/date", "inFuture");
        return faults.Count > 0 ? Problem.Invalid(faults) : TypedResults.Created((string?)null, await AddAsync(db, input, presented));
    }

    /// <summary>Writes the row and the change.</summary>
    internal static async Task<PresentationResponse> AddAsync(Db db, PresentationInput input, PlanResponse plan)
    {
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new { Id = Guid.CreateVersion7(db.Now), Plan = plan.Key, plan.Department, db.Now, db.Actor });
        var presentation = (await db.FindAsync<PresentationResponse>(Sql, parameters))!;
        await db.RecordAsync(Change.Created, presentation);
        return presentation;
    }

    const string Sql = $"""
        insert into presentation (id, plan, department, date, board, registry_number, paragraph, note, created_at, created_by)
        values (@Id, @Plan, @Department, @Date, @Board, @RegistryNumber, @Paragraph, @Note, @Now, @Actor)
        returning {PresentationResponse.Columns}
        """;
}
