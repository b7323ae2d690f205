using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FocusAreas;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>POST /plans</summary>
public static class CreatePlan
{
    static readonly QueryParameter CarryOverParameter = new("carryOver", "The same as the property carryOver.", "open") { Known = ["open"] };

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans", HandleAsync)
        .Describe("Create a plan",
            "Adds a plan to a department. Without a key it gets one such as soc-2015, from the department and the year in which its period starts. "
            + "With predecessor and carryOver=open it begins with the sections and the open actions of the plan before.")
        .Requires(Role.Editor)
        .Query(CarryOverParameter)
        .Takes<PlanInput>();

    static async Task<Results<Created<PlanResponse>, Problem>> HandleAsync(PlanInput input, CarryOver carryOver, Faults faults, Caller caller, Db db)
    {
        input.Department ??= caller.Scope;
        if (carryOver.What is not null && input.CarryOver is null)
        {
            input.CarryOver = carryOver.What;
            input.Check(faults);
        }

        if (input.Key is null && input.Department is not null && input.PeriodStart is { } start) input.Key = $"{input.Department}-{start.Year}";

        if (input.Department is null && !faults.AreAt("/department")) faults.AddAt("/department", "required");
        if (input.Key is null && !faults.AreAt("/key")) faults.AddAt("/key", "keyNotDerivable");
        await PlanRow.CheckAsync(input, null, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        if (await AddAsync(db, input) is not { } plan) return Problem.KeyTaken(input.Key!);
        if (input.CarryOver is not null) await CarryOverAsync(db, input.Predecessor!, plan);
        return TypedResults.Created((string?)null, plan);
    }

    /// <summary>Writes the row and the change; null if the key is taken.</summary>
    internal static async Task<PlanResponse?> AddAsync(Db db, PlanInput input)
    {
        var plan = await db.FindAsync<PlanResponse>(Sql, PlanRow.Of(input, db));
        if (plan is not null) await db.RecordAsync(Change.Created, plan);
        return plan;
    }

    static async Task CarryOverAsync(Db db, string predecessor, PlanResponse plan)
    {
        foreach (var area in await db.QueryAsync<FocusAreaResponse>(FocusAreasSql, new { Plan = predecessor }))
            await CreateFocusArea.AddAsync(db, plan.Key, Copy.To<FocusAreaInput>(area));
        foreach (var action in await db.QueryAsync<ActionResponse>(OpenActionsSql, new { Plan = predecessor }))
            await CreateAction.AddAsync(db, Copy.To<ActionInput>(action), plan, action);
    }

    const string FocusAreasSql = $"select {FocusAreaResponse.Columns} from focus_area where plan = @Plan and deleted_at is null order by position, key";

    const string OpenActionsSql = $"select {ActionResponse.Columns} from action where plan = @Plan and deleted_at is null and {Status.OpenSql} order by number";

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

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record CarryOver(string? What)
    {
        public static ValueTask<CarryOver?> BindAsync(HttpContext http) => ValueTask.FromResult<CarryOver?>(new CarryOver(new QueryValues(http).One(CarryOverParameter)));
    }
}
