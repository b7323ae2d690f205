using System.Globalization;
using ActionPlan.Data;
using ActionPlan.Deadlines;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Imports;

/// <summary>POST /imports</summary>
public static class ImportPlan
{
    static readonly QueryParameter Department = new("department", "Key of the department that is to keep the plan. May be left out by a key that is bound to one.", "soc") { MaxLength = 40 };
    static readonly QueryParameter Key = new("key", "The plan's key; made from department and the year the period starts in unless told.", "soc-2026") { MaxLength = 60 };
    static readonly QueryParameter Title = new("title", "What the plan is called; the line above the headings unless told.", "Åtgärdsplan 2026");
    static readonly QueryParameter Start = QueryParameter.Date("periodStart", "First day of the period.");
    static readonly QueryParameter End = QueryParameter.Date("periodEnd", "Last day of the period.");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/imports", HandleAsync)
        .Describe("Import a whole plan",
            "Makes a new plan from one file, with its focus areas and actions; see the import into a plan for what a file may hold. What the query does not tell of the plan "
            + "is taken from the sheet Plan of an exported workbook.")
        .Requires(Role.Editor)
        .Query([Department, Key, Title, Start, End, .. ImportFile.Parameters])
        .TakesFile();

    static async Task<Results<Ok<ImportResponse>, Problem>> HandleAsync(ImportFile file, NewPlan wanted, Caller caller, Db db)
    {
        var input = wanted.Input;
        var faults = new Faults();
        await PlanRow.CheckAsync(input, null, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(NewPlan.InQuery(faults));
        if (await db.FindAsync<bool>(TakenSql, new { input.Key, input.Department })) return Problem.KeyTaken(input.Key!);

        var import = await wanted.WorkOutAsync(file, db, caller);
        var response = ImportResponse.Of(import, input.Key!, file.IsDryRun);
        if (import.Faults.Count > 0) return Problem.ImportRefused(import.Faults, response);
        if (!file.IsDryRun) await ImportWriter.WriteAsync(db, import, (await CreatePlan.AddAsync(db, input))!, caller.Today);
        return TypedResults.Ok(response);
    }

    // Only the department that had it may use the key of a deleted plan again.
    const string TakenSql = "select exists (select 1 from plan where key = @Key and not (deleted_at is not null and department = @Department))";

    /// <summary>The plan that is to be, told by the query and, where that is silent, by the file.</summary>
    sealed class NewPlan : IPrepared
    {
        public PlanInput Input { get; private set; } = new();

        public static ValueTask<NewPlan?> BindAsync(HttpContext http)
        {
            var query = new QueryValues(http);
            return ValueTask.FromResult<NewPlan?>(new NewPlan
            {
                Input = new PlanInput { Department = query.One(Department), Key = query.One(Key), Title = query.One(Title), PeriodStart = query.Date(Start), PeriodEnd = query.Date(End) },
            });
        }

        public async Task<Problem?> PrepareAsync(HttpContext http, Db db)
        {
            var (caller, file) = (Caller.Of(http), http.Features.Get<ImportFile>()!);
            var facts = file.Table.Facts;
            Input.Department ??= Fact("department") ?? caller.Scope;
            Input.Title ??= Fact("title") ?? file.Table.Title;
            Input.PeriodStart ??= Day("periodStart");
            Input.PeriodEnd ??= Day("periodEnd");
            Input.Status = Fact("status");
            Input.RegistryNumber = Fact("registryNumber");
            Input.Background = Fact("background");
            Input.Key ??= Fact("key") ?? (Input.Department is not null && Input.PeriodStart is { } start ? $"{Input.Department}-{start.Year}" : null);
            Input.Settle();

            var faults = new Faults();
            Input.Check(faults);
            if (Input.Department is null) faults.AddAt("/department", "required");
            if (Input.Key is null && Input.PeriodStart is null) faults.AddAt("/periodStart", "keyNeedsPeriod");
            if (faults.Count > 0) return Problem.Invalid(InQuery(faults));
            await WorkOutAsync(file, db, caller);
            return null;

            string? Fact(string name) => facts.GetValueOrDefault(name)?.Trim() is { Length: > 0 } fact ? fact : null;

            DateOnly? Day(string name) => Fact(name) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        }

        public Task<Import> WorkOutAsync(ImportFile file, Db db, Caller caller) => file.WorkOutAsync(db, Input.Key!, new Period(Input.PeriodStart, Input.PeriodEnd), caller.Today);

        /// <summary>Faults of the plan's properties as faults of the parameters that tell them.</summary>
        public static IReadOnlyList<Fault> InQuery(Faults faults) =>
            [.. faults.Select(fault => new Fault { Parameter = fault.Pointer!.TrimStart('/'), Code = fault.Code, Detail = fault.Detail })];
    }
}
