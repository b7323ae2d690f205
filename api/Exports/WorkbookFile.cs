using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using ActionPlan.Data;

namespace ActionPlan.Exports;

/// <summary>
/// A workbook (ISO/IEC 29500): a sheet of actions with real dates, a frozen heading and a filter on it, and one that tells of
/// the plan and the export. Written as it is read, straight into the zip; a list longer than a sheet goes on in another.
/// </summary>
sealed class WorkbookFile(ArrayBufferWriter<byte> output, ActionCells cells, ExportFacts facts) : ExportFile, IDisposable
{
    /// <summary>How many rows a sheet has (Excel's limit), its headings included.</summary>
    public const int LongestSheet = 1_048_576;

    /// <summary>How many UTF-16 units a cell holds (Excel's limit); text beyond is cut.</summary>
    public const int LongestText = 32_767;

    static readonly int Epoch = new DateOnly(1899, 12, 30).DayNumber;

    readonly ZipArchive zip = new(new Forward(output), ZipArchiveMode.Create, leaveOpen: true);
    readonly ArrayBufferWriter<byte> line = new();
    readonly List<(string Name, int Rows)> sheets = [];
    readonly CellKind[] kinds = [.. cells.Columns.Select(column => column.Kind)];
    readonly byte[][] letters = [.. cells.Columns.Select((_, i) => Encoding.ASCII.GetBytes(Letters(i)))];
    readonly string title = cells.IsSwedish ? "Åtgärder" : "Actions";
    Stream? sheet;
    int rows;

    public override void Begin()
    {
        sheet = Open($"xl/worksheets/sheet{sheets.Count + 1}.xml");
        Write(WorkbookParts.SheetStart(cells.Columns, isFirst: sheets.Count == 0));
        rows = 1;
        Write("<row r=\"1\">" + string.Concat(cells.Headings.Select(heading => $"<c t=\"inlineStr\" s=\"{WorkbookParts.Heading}\"><is><t>{heading}</t></is></c>")) + "</row>");
    }

    public override void Row(Utf8Row row)
    {
        if (rows == LongestSheet)
        {
            Close();
            Begin();
        }

        rows++;
        Put("<row r=\""u8);
        Put(rows);
        Put("\">"u8);
        for (var i = 0; i < kinds.Length; i++)
        {
            var value = cells[row, i];
            if (!value.IsEmpty) Cell(i, value);
        }

        Put("</row>"u8);
        sheet!.Write(line.WrittenSpan);
        line.ResetWrittenCount();
    }

    public override void End()
    {
        Close();
        foreach (var (name, content) in WorkbookParts.Rest(sheets, cells, facts))
            using (var part = Open(name)) part.Write(Encoding.UTF8.GetBytes(content));
        zip.Dispose();
    }

    public void Dispose()
    {
        sheet?.Dispose();
        zip.Dispose();
    }

    void Cell(int column, ReadOnlySpan<byte> value)
    {
        Put("<c r=\""u8);
        Put(letters[column]);
        Put(rows);
        // Excel's days begin in 1900, which it takes for a leap year; what lies before March is text.
        if (kinds[column] == CellKind.Date && DateOnly.TryParseExact(Encoding.ASCII.GetString(value), "yyyy-MM-dd", out var date) && date >= new DateOnly(1900, 3, 1))
        {
            Put("\" s=\"2\"><v>"u8);
            Put(date.DayNumber - Epoch);
            Put("</v></c>"u8);
        }
        else if (kinds[column] == CellKind.Integer)
        {
            Put("\" s=\"1\"><v>"u8);
            Put(value);
            Put("</v></c>"u8);
        }
        else
        {
            Put("\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
            WorkbookText.Write(value, line);
            Put("</t></is></c>"u8);
        }
    }

    void Close()
    {
        Write($"</sheetData><autoFilter ref=\"A1:{Letters(kinds.Length - 1)}{rows}\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
        sheet!.Dispose();
        sheets.Add((sheets.Count == 0 ? title : $"{title} {sheets.Count + 1}", rows));
    }

    Stream Open(string part)
    {
        var entry = zip.CreateEntry(part, CompressionLevel.Fastest);
        // The same list is the same bytes, which is what its ETag promises.
        entry.LastWriteTime = new DateTimeOffset(facts.Day, default, default) is { Year: >= 1980 } day ? day : new DateTimeOffset(1980, 1, 1, 0, 0, 0, default);
        return entry.Open();
    }

    void Write(string text) => sheet!.Write(Encoding.UTF8.GetBytes(text));

    void Put(ReadOnlySpan<byte> bytes) => line.Write(bytes);

    void Put(int number)
    {
        Utf8Formatter.TryFormat(number, line.GetSpan(11), out var length);
        line.Advance(length);
    }

    /// <summary>The name of a column: A, B, … Z, AA.</summary>
    public static string Letters(int column) => (column < 26 ? "" : ((char)('A' + column / 26 - 1)).ToString()) + (char)('A' + column % 26);

    /// <summary>Takes the zip, which only writes on and on.</summary>
    sealed class Forward(IBufferWriter<byte> to) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer.AsSpan(offset, count));
        public override void Write(ReadOnlySpan<byte> buffer) => to.Write(buffer);
    }
}
