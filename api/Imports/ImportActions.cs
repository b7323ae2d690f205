using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Imports;

/// <summary>POST /plans/{plan}/imports</summary>
public static class ImportActions
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans/{plan}/imports", HandleAsync)
        .Describe("Import actions into a plan",
            "Takes a file as it is: CSV, a workbook, or an array of flat JSON objects, of 20 MB and 250,000 rows at most. Rows that name an action by key or externalId change it, "
            + "others make a new one: a column that is absent leaves the field alone, an empty cell clears it. All rows or none: if one cannot be taken nothing is stored, and a 422 tells every fault.")
        .Requires(Role.Editor)
        .Query(ImportFile.Parameters)
        .TakesFile();

    static async Task<Results<Ok<ImportResponse>, Problem>> HandleAsync(string plan, ImportFile file, Caller caller, Db db)
    {
        if (await GetPlan.FindAsync(db, plan, caller) is not { } parent) return Problem.NotFound("plan", plan);
        if (parent.Status == PlanStatus.Closed) return Problem.PlanClosed(plan);

        var import = await file.WorkOutAsync(db, parent, caller.Today);
        var response = ImportResponse.Of(import, plan, file.IsDryRun);
        if (import.Faults.Count > 0) return Problem.ImportRefused(import.Faults, response);
        if (!file.IsDryRun) await ImportWriter.WriteAsync(db, import, parent, caller.Today);
        return TypedResults.Ok(response);
    }
}
