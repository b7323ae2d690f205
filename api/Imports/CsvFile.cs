using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ActionPlan.Exports;
using CsvHelper;
using CsvHelper.Configuration;

namespace ActionPlan.Imports;

/// <summary>
/// Reads CSV as it comes out of a Swedish office: UTF-8 with or without BOM, UTF-16 with one, else Windows-1252; the delimiter
/// is the one with which most headings are known.
/// </summary>
static partial class CsvFile
{
    const int Tried = 40, Widest = 16_384;

    static readonly char[] Delimiters = [';', '\t', ',', '|'];

    static readonly SearchValues<char> Suspicious = SearchValues.Create("ÃŠŒš†„”Ž™\uFFFD\u0081\u008D\u008F\u0090\u009D");

    static readonly SearchValues<char> Swedish = SearchValues.Create("åäöÅÄÖ");

    static readonly UTF8Encoding Strict = new(false, true);

    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The rows, whatever they are.</summary>
    /// <exception cref="UnreadableFileException">It is no text, or too long.</exception>
    public static IReadOnlyList<Row> Read(ReadOnlySpan<byte> bytes) => Read(bytes, Headings.Known);

    /// <summary>The rows, whatever they are; <paramref name="known"/> counts the cells of a row that are headings.</summary>
    /// <exception cref="UnreadableFileException">It is no text, or too long.</exception>
    public static IReadOnlyList<Row> Read(ReadOnlySpan<byte> bytes, Func<IEnumerable<string?>, int> known)
    {
        var text = Decode(bytes);
        if (string.IsNullOrWhiteSpace(text)) throw new UnreadableFileException("emptyFile");
        if (text.AsSpan().TrimStart().StartsWith("<")) throw new UnreadableFileException("otherFile", "HTML/XML");
        if (text.IndexOf('\0') is >= 0 and var at) throw new UnreadableFileException("notText", text.AsSpan(0, at).Count('\n') + 1);
        if (Broken(text) is { } broken) throw new UnreadableFileException("wrongEncoding", broken);

        RefuseWidest(text);

        // Excel's own note of its delimiter.
        var start = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n' ? 1 : 0;
        var delimiter = start == 1 ? text[4] : Delimiters.MaxBy(candidate => Read(text, candidate, start, Tried).Select(row => (known(row.Cells), row.Cells.Length)).DefaultIfEmpty().Max());
        return Read(text, delimiter, start, int.MaxValue);
    }

    static List<Row> Read(string text, char delimiter, int skip, int most)
    {
        var isSwallowed = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            // A quotation mark inside a text is one; where the text then goes on over lines, one was not closed, and rows are in it.
            BadDataFound = bad => isSwallowed |= bad.Field.Contains('\n'),
            IgnoreBlankLines = false,
            CacheFields = true,
        });
        var rows = new List<Row>();
        var (line, isOpen) = (0, false);
        while (rows.Count < most && parser.Read())
        {
            isOpen = parser.RawRow > line + 1 && parser.RawRecord.AsSpan().Count('"') % 2 == 1;
            line = parser.RawRow;
            if (parser.Row <= skip) continue;
            var cells = parser.Record!;
            if (isSwallowed && most == int.MaxValue) throw new UnreadableFileException("openQuote", parser.Row - skip);
            if (cells.Length > Table.MostColumns)
            {
                if (Array.FindLastIndex(cells, cell => cell.Length > 0) >= Table.MostColumns) throw new UnreadableFileException("tooManyColumns", Table.MostColumns, parser.Row - skip);
                Array.Resize(ref cells, Table.MostColumns);
            }

            for (var i = 0; i < cells.Length; i++) cells[i] = CellText.Restored(cells[i]);
            if (cells.Length > 1 || cells[0].Length > 0) rows.Add(new Row(parser.Row - skip, cells));
            Table.Limit(rows.Count);
        }

        // Nobody writes a cell of lines that ends with the file: a quotation mark was opened and not closed.
        if (isOpen && most == int.MaxValue) throw new UnreadableFileException("openQuote", rows[^1].Number);
        return rows;
    }

    // Wider than a spreadsheet can be is none, and reading it would take all memory.
    static void RefuseWidest(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            foreach (var delimiter in line.Length > Widest ? Delimiters : [])
                if (line.Count(delimiter) > Widest) throw new UnreadableFileException("tooManyColumns", Table.MostColumns, number);
        }
    }

    // In which line å, ä and ö are not what they were: written by DOS or an old Mac, as UTF-8 read as something else, or lost before.
    static int? Broken(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious)) return null;
        var match = Mangled().Match(text);
        if (!match.Success && !text.AsSpan().ContainsAny(Swedish)) match = Foreign().Match(text);
        return match.Success ? LineEnd().Count(text.AsSpan(0, match.Index)) + 1 : null;
    }

    static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((byte[])[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((byte[])[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(bytes);
        }
    }

    [GeneratedRegex("Ã[¥¤¶…„–]")]
    private static partial Regex Mangled();

    [GeneratedRegex(@"[\uFFFD\u0081\u008D\u008F\u0090\u009D]|(?<=\p{L})[ŠŒš†„”Ž™](?=\p{L})")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\r\n|\r|\n")]
    private static partial Regex LineEnd();
}
