using System.Buffers;
using System.Globalization;
using System.Text;
using ActionPlan.Language;

namespace ActionPlan.Exports;

/// <summary>Text as it stands in the XML of a workbook.</summary>
static class WorkbookText
{
    // What XML, or the workbook's own way of writing characters by number, has no place for or takes for something else.
    static readonly SearchValues<byte> Special = SearchValues.Create([.. "&<>_'\uFFFE"u8, .. Enumerable.Range(0, ' ').Where(code => code is not ('\t' or '\n')).Select(code => (byte)code)]);

    /// <summary>Writes text that is UTF-8; text without anything special as it is.</summary>
    public static void Write(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> to)
    {
        if (text.Length <= WorkbookFile.LongestText && !text.ContainsAny(Special)) to.Write(text);
        else to.Write(Encoding.UTF8.GetBytes(Escape(Encoding.UTF8.GetString(text))));
    }

    /// <summary>
    /// The text in XML. A carriage return, which XML readers take for a line break, is written by number (<c>_x000D_</c>), and
    /// so is what looks like that; characters that XML has no place for become U+FFFD. An apostrophe that an importer would
    /// take off, as the mark of text in CSV, is doubled.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        var cut = Text.Cut(CellText.IsLed(text) ? "'" + text : text, WorkbookFile.LongestText);
        for (var i = 0; i < cut.Length; i++)
        {
            _ = cut[i] switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\r' => escaped.Append("_x000D_"),
                '_' when IsNumbered(cut.AsSpan(i)) => escaped.Append("_x005F_"),
                < ' ' and not ('\t' or '\n') or '\uFFFE' or '\uFFFF' => escaped.Append('\uFFFD'),
                var other => escaped.Append(other),
            };
        }

        return escaped.ToString();
    }

    static bool IsNumbered(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
