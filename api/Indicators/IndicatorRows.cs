using System.Globalization;
using System.Text.Json;
using ActionPlan.Http;
using ActionPlan.Imports;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Indicators;

/// <summary>Values of an indicator that were sent together: as a JSON array, or as CSV with a row for each.</summary>
public sealed class IndicatorRows
{
    /// <summary>How many are taken at once.</summary>
    public const int Most = 20_000;

    const int LargestBody = 1_000_000;

    // In the order in which they are told.
    static readonly Dictionary<string, string[]> Headings = new()
    {
        ["period"] = ["period", "månad", "kvartal", "tertial", "år"],
        ["unit"] = ["unit", "enhet", "verksamhet"],
        ["value"] = ["value", "värde", "utfall"],
        ["note"] = ["note", "anmärkning", "kommentar", "notering"],
    };

    readonly List<Item> items = [];
    readonly List<Fault> faultsOfCells = [];
    bool isCsv;

    /// <summary>How many rows were left out, since they have no value yet.</summary>
    public int Skipped { get; private set; }

    /// <summary>The values, each with the unit's key.</summary>
    internal IEnumerable<(IndicatorRowInput Input, string UnitKey)> Values => items.Select(item => (item.Input, IndicatorValueInput.KeyOf(item.Input.Unit)));

    /// <summary>Reads the body; what is wrong with it as a whole goes to the request's <see cref="Faults"/>.</summary>
    public static async ValueTask<IndicatorRows?> BindAsync(HttpContext http)
    {
        var (rows, faults) = (new IndicatorRows(), Faults.Of(http));
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var sent) ? sent.MediaType.Value?.ToLowerInvariant() : null;
        if (type is not ("application/json" or "text/csv"))
        {
            faults.Refusal = Problem.UnsupportedMediaType(http.Request.ContentType, ["application/json", "text/csv"]);
            return rows;
        }

        rows.isCsv = type == "text/csv";
        try
        {
            if (await Body.BytesAsync(http, LargestBody) is not { } bytes) faults.Refusal = Problem.Of(StatusCodes.Status413PayloadTooLarge);
            else if (rows.isCsv) rows.ReadCsv(bytes);
            else if (Body.Parse(bytes, http, faults, JsonValueKind.Array) is { } list) rows.ReadList(list, faults);
            if (rows.items.Count > Most) faults.AddAt("", "tooMany", Most);
        }
        catch (BadHttpRequestException fault)
        {
            faults.Refusal = Problem.Of(fault.StatusCode);
        }
        catch (UnreadableFileException fault)
        {
            faults.AddAt("", fault.Code, [.. fault.Values]);
        }

        return rows;
    }

    /// <summary>The answer if one of them cannot be taken: then none is. <paramref name="faults"/> are those of the request.</summary>
    public Problem? Refuse(string interval, DateOnly today, Faults faults)
    {
        var seen = new Dictionary<(ReportingPeriod, string), int>();
        foreach (var item in items)
        {
            var own = item.Faults;
            item.Input.Check(own);
            if (own.AreAt("/period")) continue;
            if (ReportingPeriod.Of(item.Input.Period!, interval) is not { } period) own.AddAt("/period", "periodDoesNotFit", item.Input.Period, interval, ReportingPeriod.Example(interval));
            else if (period.FirstDay > today) own.AddAt("/period", "periodNotBegun", item.Input.Period);
            else if (!seen.TryAdd((period, IndicatorValueInput.KeyOf(item.Input.Unit)), item.Number)) own.AddAt("/period", "sameRowTwice", item.Input.Period, seen[(period, IndicatorValueInput.KeyOf(item.Input.Unit))]);
        }

        foreach (var item in items)
            foreach (var fault in item.Faults)
            {
                if (isCsv) faultsOfCells.Add(Faults.InCell(item.Number, item.Columns.GetValueOrDefault(fault.Pointer![1..]), $"/rows/{item.Number}{fault.Pointer}", fault));
                else if (faults.Count < Faults.Most) faults.Add(new Fault { Pointer = $"/{item.Number - 1}{fault.Pointer}", Code = fault.Code, Detail = fault.Detail });
            }

        if (faults.Count > 0) return Problem.Invalid(faults);
        return faultsOfCells.Count == 0 ? null : Problem.RowsRefused([.. faultsOfCells.Take(Faults.Most)]);
    }

    void ReadList(JsonElement list, Faults faults)
    {
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                faults.AddAt($"/{i}", "wrongType", Language.Text.Of("Type.Object"), Language.Text.Cut(element.GetRawText(), 50));
                continue;
            }

            var item = new Item(i + 1, new IndicatorRowInput(), [], []);
            items.Add(item);
            foreach (var (property, value) in Body.Values<IndicatorRowInput>(element, item.Faults, isPatch: false)) Body.Set(property, item.Input, value);
        }
    }

    void ReadCsv(byte[] bytes)
    {
        Workbook.RefuseOthers(bytes);
        var rows = CsvFile.Read(bytes, cells => cells.Count(cell => FieldOf(cell) is not null)).Where(row => !row.IsBlank).ToList();
        var head = rows.Find(row => row.Cells.Any(cell => FieldOf(cell) == "period") && row.Cells.Any(cell => FieldOf(cell) == "value")) ?? throw new UnreadableFileException("noValueHeadings");
        var columns = head.Cells.Select((cell, i) => (Heading: cell?.Trim() ?? "", Field: FieldOf(cell), At: i)).ToList();

        foreach (var column in columns.Where(c => c.Field is null && c.Heading.Length > 0))
            faultsOfCells.Add(Faults.InCell(head.Number, column.Heading, $"/rows/{head.Number}", "unknownColumn", "period, enhet, värde, anmärkning"));
        foreach (var twice in columns.Where(c => c.Field is not null).GroupBy(c => c.Field).Where(group => group.Count() > 1))
            faultsOfCells.Add(Faults.InCell(head.Number, twice.Last().Heading, $"/rows/{head.Number}", "fieldTwice", twice.Key, string.Join(", ", twice.Select(c => c.Heading))));

        var named = columns.Where(c => c.Field is not null).DistinctBy(c => c.Field).ToDictionary(c => c.Field!);
        foreach (var row in rows.Where(row => row.Number > head.Number))
        {
            var (value, note) = (Cell(row, "value"), Cell(row, "note"));
            if (value is null && note is null)
            {
                Skipped++;
                continue;
            }

            var item = new Item(row.Number, new IndicatorRowInput { Period = Cell(row, "period")?.ToUpperInvariant(), Unit = Cell(row, "unit"), Note = note }, [], named.ToDictionary(c => c.Key, c => c.Value.Heading));
            items.Add(item);
            item.Input.Value = NumberOf(value);
            if (value is not null && item.Input.Value is null) item.Faults.AddAt("/value", "wrongType", Language.Text.Of("Type.number"), $"'{value}'");
        }

        string? Cell(Row row, string field) =>
            named.TryGetValue(field, out var column) && column.At < row.Cells.Length && row.Cells[column.At]?.Trim() is { Length: > 0 } text ? text : null;
    }

    static string? FieldOf(string? heading) => Headings.FirstOrDefault(field => field.Value.Contains(heading?.Trim().ToLowerInvariant())).Key;

    // 1 234,5 as in Sweden, or 1234.5; never both signs, which may mean two things.
    static decimal? NumberOf(string? text)
    {
        const int Longest = 28;
        if (text is null) return null;
        var plain = string.Concat(text.Where(c => c is not (' ' or '\u00A0' or '\u202F'))).Replace('\u2212', '-').Replace(',', '.');
        return plain.Length <= Longest && plain.Count(c => c == '.') <= 1
            && decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Numbers.Plain(number) : null;
    }

    sealed record Item(int Number, IndicatorRowInput Input, Faults Faults, Dictionary<string, string> Columns);
}
