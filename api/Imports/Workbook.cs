using System.Globalization;
using System.IO.Compression;
using System.Text;
using ActionPlan.Exports;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace ActionPlan.Imports;

/// <summary>
/// Reads a workbook's values: what a formula last gave, dates as dates whatever they look like, the value of cells merged
/// downwards in each of them. Macros are never looked at.
/// </summary>
static class Workbook
{
    /// <summary>The sheet in which an export tells the plan's own facts.</summary>
    const string PlanSheet = "Plan";

    // Two hundred thousand full rows come to half of it. What is packed tighter than a sheet can be is no sheet.
    const long MostUnpacked = 400_000_000, MostText = 1_000_000;
    const int MostRatio = 300, RatioFrom = 10_000_000, MostColumns = 500;

    static readonly byte[] Zip = "PK\x03\x04"u8.ToArray(), Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    // The reader's settings name Windows-1252 for files of before 1997, even where only later ones are read.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    static ReadOnlySpan<byte> ErrorType => " t=\"e\""u8;

    /// <summary>True if the bytes are a packed file: a workbook, whatever they were sent as.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Zip);

    /// <summary>Refuses what is some other kind of file.</summary>
    /// <exception cref="UnreadableFileException">It is PDF, an old or a protected workbook.</exception>
    public static void RefuseOthers(ReadOnlySpan<byte> bytes)
    {
        if (bytes.TrimStart(" \r\n\t"u8).StartsWith("%PDF"u8)) throw new UnreadableFileException("otherFile", "PDF");
        if (bytes.StartsWith("{\\rtf"u8)) throw new UnreadableFileException("otherFile", "RTF");
        if (!bytes.StartsWith(Ole)) return;
        throw new UnreadableFileException(bytes.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? "encryptedFile" : "oldWorkbook");
    }

    /// <summary>The table of the first sheet that has headings, or of the one that is named; and the facts of the sheet "Plan".</summary>
    /// <exception cref="UnreadableFileException">It is no workbook, or not one that can be read safely.</exception>
    public static Table Read(byte[] bytes, string? sheet)
    {
        if (!IsZip(bytes)) throw new UnreadableFileException("notAWorkbook");
        try
        {
            if (HasErrors(bytes)) bytes = WithErrorsAsText(bytes);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes, false), new ExcelReaderConfiguration { LeaveOpen = false });
            return Read(reader, sheet);
        }
        catch (Exception fault) when (fault is ExcelReaderException or InvalidDataException or System.Xml.XmlException or FormatException or OverflowException
            or IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException or KeyNotFoundException or IOException or NotSupportedException)
        {
            throw new UnreadableFileException("notAWorkbook");
        }
    }

    static Table Read(IExcelDataReader reader, string? wanted)
    {
        Table? found = null;
        IReadOnlyDictionary<string, string> facts = new Dictionary<string, string>();
        var names = new List<string>();
        do
        {
            names.Add(reader.Name);
            if (wanted is not null && !reader.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase) && reader.Name != PlanSheet) continue;
            if (found is not null && reader.Name != PlanSheet) continue;
            var rows = Rows(reader);
            if (reader.Name == PlanSheet && IsFacts(rows))
                facts = PlanFact.Read(rows.Skip(1).Select(row => (row.Cells[0]!, row.Cells.ElementAtOrDefault(1) ?? "")));
            else if (wanted is null || reader.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) found ??= Table.Find(rows);
        }
        while (reader.NextResult());

        if (wanted is not null && !names.Contains(wanted, StringComparer.OrdinalIgnoreCase)) throw new UnreadableFileException("unknownSheet", wanted, string.Join(", ", names));
        return found is null
            ? throw new UnreadableFileException("noHeadings")
            : new Table { Headings = found.Headings, Rows = found.Rows, Title = found.Title, Facts = facts };
    }

    static bool IsFacts(List<Row> rows) => rows.Count > 1 && rows.TrueForAll(row => !string.IsNullOrEmpty(row.Cells[0])) && rows[0].Cells is [{ } name, { } value, ..]
        && ((name, value) == PlanFact.Heading(true) || (name, value) == PlanFact.Heading(false));

    static List<Row> Rows(IExcelDataReader reader)
    {
        var merged = (reader.MergeCells ?? []).Where(range => range.ToRow > range.FromRow).GroupBy(range => range.FromColumn).ToDictionary(group => group.Key, group => group.OrderBy(range => range.FromRow).ToList());
        var above = new Dictionary<int, (int ToRow, string? Value)>();
        var rows = new List<Row>();
        var number = 0;
        while (reader.Read())
        {
            var cells = new string?[Math.Min(reader.FieldCount, MostColumns)];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.IsDBNull(i) ? "" : Cell(reader.GetValue(i), () => reader.GetNumberFormatString(i));
                if (merged.Count == 0 || !merged.TryGetValue(i, out var ranges)) continue;
                if (ranges.Find(range => range.FromRow == number) is { } begun) above[i] = (begun.ToRow, cells[i]);
                else if (above.TryGetValue(i, out var first) && number <= first.ToRow && cells[i] is "") cells[i] = first.Value;
            }

            number++;
            var row = new Row(number, cells);
            if (!row.IsBlank) rows.Add(row);
            Table.Limit(rows.Count);
        }

        return rows;
    }

    static string Cell(object value, Func<string?> format) => value switch
    {
        string text => Row.Restored(text),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        double number when format() is { } shown && shown.Contains('%') => Math.Round(number * 100, 6).ToString(CultureInfo.InvariantCulture) + " %",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Unpacked once without keeping anything, since what a packed file says of its own size may be a lie.
    static bool HasErrors(byte[] bytes)
    {
        var hasErrors = false;
        using var archive = new ZipArchive(new MemoryStream(bytes, false));
        if (archive.GetEntry("xl/workbook.xml") is null) throw new UnreadableFileException("notAWorkbook");
        var buffer = new byte[64 * 1024];
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            using var unpacked = entry.Open();
            var (length, run) = (0L, 0L);
            while (unpacked.Read(buffer) is > 0 and var count)
            {
                length += count;
                total += count;
                var chunk = buffer.AsSpan(0, count);
                run = chunk.LastIndexOf((byte)'<') is >= 0 and var at ? count - at : run + count;
                hasErrors |= IsSheet(entry) && chunk.IndexOf(ErrorType) >= 0;
                var isText = entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
                if (total > MostUnpacked || (isText && run > MostText) || (length > RatioFrom && length / Math.Max(1, entry.CompressedLength) > MostRatio)) throw new UnreadableFileException("tooLargeUnpacked", MostUnpacked / 1_000_000);
            }
        }

        return hasErrors;
    }

    // The reader takes a cell that shows an error for an empty one; as one of no particular type it is the text that it shows.
    static byte[] WithErrorsAsText(byte[] bytes)
    {
        using var copy = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(bytes, false)))
        using (var to = new ZipArchive(copy, ZipArchiveMode.Create, true))
        {
            foreach (var entry in from.Entries)
            {
                using var unpacked = entry.Open();
                using var packed = to.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                if (IsSheet(entry)) Rewrite(unpacked, packed);
                else unpacked.CopyTo(packed);
            }
        }

        return copy.ToArray();
    }

    static void Rewrite(Stream from, Stream to)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        while (from.Read(buffer, kept, buffer.Length - kept) is > 0 and var count)
        {
            var chunk = buffer.AsSpan(0, kept + count);
            for (var rest = chunk; rest.IndexOf(ErrorType) is >= 0 and var at; rest = rest[(at + ErrorType.Length)..]) rest[at + 4] = (byte)'n';
            // What may be the beginning of one waits for its end.
            kept = Math.Min(chunk.Length, ErrorType.Length - 1);
            to.Write(chunk[..^kept]);
            chunk[^kept..].CopyTo(buffer);
        }

        to.Write(buffer, 0, kept);
    }

    static bool IsSheet(ZipArchiveEntry entry) => entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
}
