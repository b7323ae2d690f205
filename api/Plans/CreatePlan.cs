using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>POST /plans</summary>
public static class CreatePlan
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans", HandleAsync)
        .Describe("Create a plan",
            "Adds a plan to a department. Without a key it gets one such as soc-2015, from the department and the year in which its period starts.")
        .Requires(Role.Editor)
        .Takes<PlanInput>();

    static async Task<Results<Created<PlanResponse>, Problem>> HandleAsync(PlanInput input, Faults faults, Caller caller, Db db)
    {
        input.Department ??= caller.Scope;
        if (input.Key is null && input.Department is not null && input.PeriodStart is { } start) input.Key = $"{input.Department}-{start.Year}";

        if (input.Department is null && !faults.AreAt("/department")) faults.AddAt("/department", "required");
        if (input.Key is null && !faults.AreAt("/key")) faults.AddAt("/key", "keyNotDerivable");
        await PlanRow.CheckAsync(input, null, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        return await AddAsync(db, input) is { } plan
            ? TypedResults.Created((string?)null, plan)
            : Problem.KeyTaken(input.Key!);
    }

    /// <summary>Writes the row and the change; null if the key is taken.</summary>
    internal static async Task<PlanResponse?> AddAsync(Db db, PlanInput input)
    {
        var plan = await db.FindAsync<PlanResponse>(Sql, PlanRow.Of(input, db));
        if (plan is not null) await db.RecordAsync(Change.Created, plan);
        return plan;
    }

    // The key of a deleted plan may be used again, but only by its own department: its actions still belong to it.
    const string Sql = $"""
        insert into plan (key, department, title, period_start, period_end, status, registry_number, background, predecessor, sharing,
            created_at, created_by, updated_at, updated_by)
        values (@Key, @Department, @Title, @PeriodStart, @PeriodEnd, @Status, @RegistryNumber, @Background, @Predecessor, @Sharing,
            @Now, @Actor, @Now, @Actor)
        on conflict (key) do update set
            title = excluded.title, period_start = excluded.period_start, period_end = excluded.period_end,
            status = excluded.status, registry_number = excluded.registry_number, background = excluded.background,
            predecessor = excluded.predecessor, sharing = excluded.sharing, version = plan.version + 1,
            created_at = excluded.created_at, created_by = excluded.created_by,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = null
        where plan.deleted_at is not null and plan.department = excluded.department
        returning {PlanResponse.Columns}
        """;
}
