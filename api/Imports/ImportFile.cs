using ActionPlan.Data;
using ActionPlan.Deadlines;
using ActionPlan.Exports;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Imports;

/// <summary>
/// A file that was sent to be imported. It is read, and held against the plan, before the transaction begins, so that others wait
/// only while it is written.
/// </summary>
public sealed class ImportFile : IPrepared
{
    /// <summary>The media types that are taken.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [ExportFormat.TypeOf(ExportFormat.Csv), ExportFormat.TypeOf(ExportFormat.Xlsx), "application/json"];

    internal static readonly QueryParameter DryRun = QueryParameter.Boolean("dryRun", "True tells what would happen, without storing anything.");
    internal static readonly QueryParameter CreateFocusAreas = QueryParameter.Boolean("createFocusAreas", "True makes the focus areas that are named and not there; else they are a fault. In a new plan they are made unless this is false.");
    internal static readonly QueryParameter Sheet = new("sheet", "The sheet of a workbook; the first that has headings unless told.", "Blad1") { MaxLength = 100 };

    /// <summary>The query parameters that every import takes.</summary>
    public static IReadOnlyList<QueryParameter> Parameters => [DryRun, CreateFocusAreas, Sheet];

    const int Megabytes = 20, Large = 2_000_000;

    byte[] bytes = [];
    bool isJson;
    string? sheet;
    Table? table;
    Import? import;

    /// <summary>True if nothing is to be stored.</summary>
    public bool IsDryRun { get; private set; }

    /// <summary>What was asked for of focus areas, or null.</summary>
    public bool? CreatesAreas { get; private set; }

    /// <summary>What the file holds.</summary>
    internal Table Table => table!;

    /// <summary>Reads the body; what is wrong with it goes to the request's <see cref="Faults"/>.</summary>
    public static async ValueTask<ImportFile?> BindAsync(HttpContext http)
    {
        var (faults, query) = (Faults.Of(http), new QueryValues(http));
        var file = new ImportFile { IsDryRun = query.Boolean(DryRun) ?? false, CreatesAreas = query.Boolean(CreateFocusAreas), sheet = query.One(Sheet) };
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var sent) ? sent.MediaType.Value?.ToLowerInvariant() : null;
        if (type is null || !MediaTypes.Contains(type))
        {
            faults.Refusal = Problem.UnsupportedMediaType(http.Request.ContentType, MediaTypes);
            return file;
        }

        http.Features.Set(file);
        file.isJson = type == "application/json";
        try
        {
            if (await Body.BytesAsync(http, Megabytes * 1024 * 1024) is { } bytes) file.bytes = bytes;
            else faults.Refusal = Problem.TooLarge(Megabytes);
            if (file.bytes.Length > Large) http.Response.OnCompleted(() => GiveBackAsync(http));
        }
        catch (BadHttpRequestException fault)
        {
            faults.Refusal = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.TooLarge(Megabytes) : Problem.Of(fault.StatusCode);
        }

        return file;
    }

    /// <summary>A file that lies beside the program.</summary>
    internal static ImportFile Of(byte[] csv) => new() { bytes = csv, CreatesAreas = false };

    /// <inheritdoc />
    public async Task<Problem?> PrepareAsync(HttpContext http, Db db)
    {
        try
        {
            table = Read();
            if (table.Rows.Count == 0) throw new UnreadableFileException("noRows");
        }
        catch (UnreadableFileException fault)
        {
            return Problem.Invalid(fault.Code == "unknownSheet" ? "/" : "", fault.Code, [.. fault.Values]);
        }

        var caller = Caller.Of(http);
        if (http.Request.RouteValues["plan"] is string key && await GetPlan.FindAsync(db, key, caller) is { } plan) await WorkOutAsync(db, plan, caller.Today);
        return null;
    }

    /// <summary>What it does to a plan that is there: as worked out before, or anew if the plan has changed since.</summary>
    internal async Task<Import> WorkOutAsync(Db db, PlanResponse plan, DateOnly today)
    {
        if (import is not null && import.Target.LastChange == await Target.LastChangeAsync(db, plan.Key)) return import;
        // What was worked out before has used the table up.
        if (table is null || import is not null) table = Read();
        var target = await Target.FindAsync(db, plan.Key, Column.Of(table, false).Any(c => c.Field is Headings.Key or "externalId"));
        return import = await Import.OfAsync(db, table, plan.Key, new Period(plan.PeriodStart, plan.PeriodEnd), target, false, CreatesAreas ?? false, today);
    }

    /// <summary>What it makes of a plan that is new.</summary>
    internal async Task<Import> WorkOutAsync(Db db, string plan, Period period, DateOnly today) =>
        import ??= await Import.OfAsync(db, Table, plan, period, await Target.NewAsync(db, plan), true, CreatesAreas ?? true, today);

    // Hundreds of megabytes that nothing needs any more: the collector would let them lie until there are as many again.
    static Task GiveBackAsync(HttpContext http)
    {
        http.Features.Set<ImportFile>(null);
        http.Features.Set<ReadBody>(null);
        return Task.Run(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive));
    }

    Table Read()
    {
        Workbook.RefuseOthers(bytes);
        if (isJson) return JsonFile.Read(bytes);
        if (bytes.Length == 0) throw new UnreadableFileException("emptyFile");
        // Whatever it was sent as.
        if (Workbook.IsZip(bytes)) return Workbook.Read(bytes, sheet);
        return Table.Find(CsvFile.Read(bytes)) ?? throw new UnreadableFileException("noHeadings");
    }
}
