using System.Globalization;
using ActionPlan.Http;

namespace ActionPlan.Exports;

/// <summary>In which form a list of actions is asked for: by <c>format</c>, else by <c>Accept</c>.</summary>
public sealed class ExportFormat
{
    /// <summary>CSV (RFC 4180).</summary>
    public const string Csv = "csv";

    /// <summary>A workbook (ISO/IEC 29500).</summary>
    public const string Xlsx = "xlsx";

    /// <summary>iCalendar (RFC 5545).</summary>
    public const string Calendar = "ics";

    /// <summary>One JSON array of objects without objects or arrays in them.</summary>
    public const string Flat = "flat";

    /// <summary>What openapi.json says of it.</summary>
    public const string Description =
        "As CSV, workbook, calendar or flat JSON (format, or Accept) the answer is the whole list as one file: page and limit do not apply.";

    /// <summary>The query parameter <c>format</c>.</summary>
    public static readonly QueryParameter Parameter = new("format",
        "The whole list as a file: csv; xlsx, a workbook; ics, a calendar with one all-day event for each due date; flat, one array of flat JSON objects. Goes before Accept.", Xlsx)
    {
        Known = [Csv, Xlsx, Calendar, Flat],
    };

    /// <summary>The query parameter <c>dialect</c>.</summary>
    public static readonly QueryParameter DialectParameter = new("dialect",
        "How a CSV file or workbook is written: excel, with semicolons and Swedish headings and words; rfc4180, with commas and the API's own names and codes. excel unless English is asked for (Accept-Language).", "rfc4180")
    {
        Known = ["excel", "rfc4180"],
    };

    static readonly Dictionary<string, string> Types = new()
    {
        [Csv] = "text/csv",
        [Xlsx] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [Calendar] = "text/calendar",
        [Flat] = "application/json; profile=flat",
    };

    /// <summary>The media types that may be asked for beside JSON.</summary>
    public static IEnumerable<string> MediaTypes => [Types[Csv], Types[Xlsx], Types[Calendar]];

    /// <summary>The media type of a format.</summary>
    public static string TypeOf(string format) => Types[format];

    ExportFormat(HttpContext http)
    {
        var query = new QueryValues(http);
        var preferred = http.Request.Preferred(["application/json", .. MediaTypes]);
        Name = query.One(Parameter) ?? Types.SingleOrDefault(type => type.Value == preferred).Key;
        var dialect = query.One(DialectParameter);
        IsSwedish = (dialect is null ? AsksForSwedish : dialect == "excel") && Name != Flat;
        if (dialect is not null && Name is not (Csv or Xlsx)) Faults.Of(http).AddParameter(DialectParameter.Name, "needsSheet");
    }

    ExportFormat(string name)
    {
        Name = name;
        IsSwedish = AsksForSwedish;
    }

    static bool AsksForSwedish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName != "en";

    /// <summary>csv, xlsx, ics or flat; null for a page of JSON.</summary>
    public string? Name { get; }

    /// <summary>True if the answer is the whole list as one file.</summary>
    public bool IsFile => Name is not null;

    /// <summary>True for Swedish headings and words, false for the API's own names and codes.</summary>
    public bool IsSwedish { get; }

    /// <summary>The answer's Content-Type.</summary>
    public string ContentType => Name switch
    {
        Csv => "text/csv; charset=utf-8; header=present",
        Calendar => "text/calendar; charset=utf-8",
        Flat => Types[Flat],
        _ => Types[Xlsx],
    };

    /// <summary>The file's ending.</summary>
    public string Ending => Name == Flat ? "json" : Name!;

    /// <summary>A calendar, whatever the request says of formats.</summary>
    internal static ExportFormat ForCalendar() => new(Calendar);

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<ExportFormat?> BindAsync(HttpContext http) => ValueTask.FromResult<ExportFormat?>(new ExportFormat(http));
}
