using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ActionPlan.Deadlines;
using ActionPlan.Exports;
using ActionPlan.Language;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace ActionPlan.Imports;

/// <summary>
/// Reads a workbook's values: what a formula last gave, dates as dates whatever they look like, the value of cells merged
/// downwards in each of them. Macros are never looked at.
/// </summary>
static partial class Workbook
{
    /// <summary>The sheet in which an export tells the plan's own facts.</summary>
    const string PlanSheet = "Plan";

    // Two hundred thousand full rows come to half of it. What is packed tighter than a sheet can be is no sheet.
    const long MostUnpacked = 400_000_000, MostText = 1_000_000;
    const int MostRatio = 300, RatioFrom = 10_000_000, MostCells = 30_000_000;

    static readonly byte[] Zip = "PK\x03\x04"u8.ToArray(), Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    // The reader's settings name Windows-1252 for files of before 1997, even where only later ones are read.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    const string Index = "xl/workbook.xml";

    // A cell that shows an error, and a formula without a value; a first look, which may take others for it.
    static readonly byte[][] SheetMarks = [[.. " t=\"e\""u8], [.. "</f></c>"u8], [.. "\"/></c>"u8], [.. "</f><v></v>"u8], [.. "</f><v/>"u8], [.. "</f><v />"u8],
        [.. "</x:f></x:c>"u8], [.. "\"/></x:c>"u8], [.. "</x:f><x:v></x:v>"u8], [.. "</x:f><x:v/>"u8], [.. "</x:f><x:v />"u8]];
    static readonly byte[][] IndexMarks = [[.. "date1904=\"true\""u8]];
    static readonly int LongestMark = SheetMarks.Concat(IndexMarks).Max(mark => mark.Length);

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
            if (MustBeRewritten(bytes)) bytes = Rewritten(bytes);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes, false), new ExcelReaderConfiguration { LeaveOpen = false });
            return Read(reader, sheet);
        }
        catch (Exception fault) when (fault is ExcelReaderException or InvalidDataException or XmlException or FormatException or OverflowException
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
        var others = new List<string>();
        do
        {
            names.Add(reader.Name);
            if (wanted is not null && !reader.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase) && reader.Name != PlanSheet) continue;
            var isHidden = wanted is null && reader.VisibleState != "visible";
            if (isHidden && reader.Name != PlanSheet) continue;
            // Once a plan is found, others need but be seen.
            var rows = Rows(reader, found?.Certainty is Table.Certain && reader.Name != PlanSheet ? Table.SearchedRows + 1 : int.MaxValue);
            if (reader.Name == PlanSheet && IsFacts(rows))
                facts = PlanFact.Read(rows.Skip(1).Select(row => (row.Cells[0]!, row.Cells.ElementAtOrDefault(1) ?? "")));
            else if (wanted is null && rows is [var first, ..] && PlanFact.AreHeadings(first.Cells)) continue;
            else if (!isHidden && (wanted is null || reader.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) && Table.Find(rows) is { } table)
            {
                if (found?.Certainty is Table.Certain && table is { Certainty: Table.Certain, Rows.Count: > 0 }) others.Add(reader.Name);
                if (found is null || table.Certainty > found.Certainty || found.Rows.Count == 0) found = table with { Sheet = reader.Name };
            }
        }
        while (reader.NextResult());

        if (wanted is not null && !names.Contains(wanted, StringComparer.OrdinalIgnoreCase)) throw new UnreadableFileException("unknownSheet", wanted, string.Join(", ", names));
        return found is null
            ? throw new UnreadableFileException("noHeadings")
            : found with { Facts = facts, Warnings = [.. found.Warnings, .. others.Select(name => Text.Of("Warning.otherSheet", Text.Quote(name, 100), Text.Quote(found.Sheet!, 100)))] };
    }

    static bool IsFacts(List<Row> rows) => rows.Count > 1 && rows.TrueForAll(row => !string.IsNullOrEmpty(row.Cells[0])) && rows[0].Cells is [{ } name, { } value, ..]
        && ((name, value) == PlanFact.Heading(true) || (name, value) == PlanFact.Heading(false));

    static List<Row> Rows(IExcelDataReader reader, int most)
    {
        var merged = (reader.MergeCells ?? []).Where(range => range.ToRow > range.FromRow).GroupBy(range => (range.FromColumn, range.FromRow)).ToDictionary(group => group.Key, group => group.First().ToRow);
        var across = (reader.MergeCells ?? []).Where(range => range.ToColumn > range.FromColumn).GroupBy(range => range.FromRow).ToDictionary(group => group.Key, group => group.Max(range => range.ToColumn - range.FromColumn + 1));
        var above = new Dictionary<int, (int ToRow, string? Value)>();
        var rows = new List<Row>();
        var number = 0;
        while (rows.Count < most && reader.Read())
        {
            var cells = new string?[Math.Min(reader.FieldCount, Table.MostColumns)];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.IsDBNull(i) ? "" : Cell(reader.GetValue(i), () => reader.GetNumberFormatString(i));
                if (merged.Count == 0) continue;
                if (merged.TryGetValue((i, number), out var toRow)) above[i] = (toRow, cells[i]);
                else if (above.TryGetValue(i, out var first) && number <= first.ToRow && cells[i] is "") cells[i] = first.Value;
            }

            // Cells that hold nothing but a look are looked at too, and those of a wide and long sheet for minutes.
            var isEndless = reader.FieldCount > Table.MostColumns && (long)number * reader.FieldCount > MostCells;
            for (var i = cells.Length; i < reader.FieldCount; i++)
                if (isEndless || !reader.IsDBNull(i)) throw new UnreadableFileException("tooManyColumns", Table.MostColumns, number + 1);
            var row = new Row(number + 1, cells, across.GetValueOrDefault(number, 1));
            number++;
            if (!row.IsBlank) rows.Add(row);
            Table.Limit(rows.Count);
        }

        return rows;
    }

    static string Cell(object value, Func<string?> format) => value switch
    {
        string text => CellText.Restored(text),
        // Who writes "okt 2025" in Excel gets the first of October, shown as okt-25.
        DateTime { TimeOfDay.Ticks: 0, Day: 1 } month when format() is { } shown && Shown(shown) is { } parts && !parts.Contains('d') && parts.Contains('y') =>
            parts.Contains('m') ? $"{Deadline.Months[month.Month - 1]} {month.Year}" : $"{month.Year}",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        double number when format() is { } shown && shown.Contains('%') => Math.Round(number * 100, 6).ToString(CultureInfo.InvariantCulture) + " %",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // What a number format shows, without the text in it: [$-41D]mmm\ yyyy
    static string Shown(string format) => Verbatim().Replace(format, "").ToLowerInvariant();

    [GeneratedRegex(@"""[^""]*""|\\.|\[[^\]]*\]")]
    private static partial Regex Verbatim();

    // Unpacked once without keeping anything, since what a packed file says of its own size may be a lie. True if it holds what
    // the reader would take for something else.
    static bool MustBeRewritten(byte[] bytes)
    {
        var must = false;
        using var archive = new ZipArchive(new MemoryStream(bytes, false));
        if (archive.GetEntry(Index) is null) throw new UnreadableFileException("notAWorkbook");
        var buffer = new byte[64 * 1024];
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            using var unpacked = entry.Open();
            var marks = IsSheet(entry) ? SheetMarks : entry.FullName == Index ? IndexMarks : [];
            var (length, run, kept) = (0L, 0L, 0);
            while (unpacked.Read(buffer, kept, buffer.Length - kept) is > 0 and var count)
            {
                length += count;
                total += count;
                var chunk = buffer.AsSpan(0, kept + count);
                run = chunk[kept..].LastIndexOf((byte)'<') is >= 0 and var at ? count - at : run + count;
                foreach (var mark in marks) must = must || chunk.IndexOf(mark) >= 0;
                var isText = entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
                if (total > MostUnpacked || (isText && run > MostText) || (length > RatioFrom && length / Math.Max(1, entry.CompressedLength) > MostRatio)) throw new UnreadableFileException("tooLargeUnpacked", MostUnpacked / 1_000_000);
                // What may be the beginning of a mark waits for its end.
                kept = Math.Min(chunk.Length, LongestMark - 1);
                chunk[^kept..].CopyTo(buffer);
            }
        }

        return must;
    }

    static byte[] Rewritten(byte[] bytes)
    {
        using var copy = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(bytes, false)))
        using (var to = new ZipArchive(copy, ZipArchiveMode.Create, true))
        {
            foreach (var entry in from.Entries)
            {
                using var unpacked = entry.Open();
                using var packed = to.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                if (IsSheet(entry) || entry.FullName == Index) Rewrite(unpacked, packed);
                else unpacked.CopyTo(packed);
            }
        }

        return copy.ToArray();
    }

    static void Rewrite(Stream from, Stream to)
    {
        using var reader = XmlReader.Create(from, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true });
        using var writer = XmlWriter.Create(to);
        reader.MoveToContent();
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" or "workbookPr" })
            {
                var element = (XElement)XNode.ReadFrom(reader);
                Rewrite(element);
                element.WriteTo(writer);
                continue;
            }

            if (reader.NodeType == XmlNodeType.EndElement) writer.WriteEndElement();
            else if (reader.NodeType != XmlNodeType.Element) writer.WriteString(reader.Value);
            else
            {
                writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                writer.WriteAttributes(reader, false);
                if (reader.IsEmptyElement) writer.WriteEndElement();
            }

            reader.Read();
        }
    }

    static void Rewrite(XElement element)
    {
        // LibreOffice says that days count from 1904 with the word true; the reader knows the number only.
        if (element.Attribute("date1904") is { Value: "true" } since) since.Value = "1";
        if (element.Name.LocalName != "c") return;
        var (type, value) = (element.Attribute("t"), element.Elements().FirstOrDefault(child => child.Name.LocalName == "v"));
        // The reader takes a cell that shows an error for an empty one; as one of no particular type it is the text that it shows.
        if (type is { Value: "e" }) type.Remove();
        // A program has written the formula and not worked it out. An empty text is a value.
        else if (element.Elements().Any(child => child.Name.LocalName == "f") && (value is null || (value.Value.Length == 0 && type is not { Value: "str" })))
        {
            type?.Remove();
            value?.Remove();
            element.Add(new XElement(element.Name.Namespace + "v", Row.WithoutValue));
        }
    }

    static bool IsSheet(ZipArchiveEntry entry) => entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
}
