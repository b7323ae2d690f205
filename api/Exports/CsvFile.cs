using System.Buffers;
using System.Text;
using ActionPlan.Data;

namespace ActionPlan.Exports;

/// <summary>
/// CSV (RFC 4180) that opens right in a Swedish office: UTF-8 with a byte order mark, which Excel needs to see å ä ö, and
/// the delimiter that Excel expects in the language.
/// </summary>
sealed class CsvFile(ArrayBufferWriter<byte> output, ActionCells cells) : ExportFile
{
    const byte Quote = (byte)'"';

    static readonly SearchValues<byte> Special = SearchValues.Create("\";,\t\r\n"u8);

    readonly bool[] isText = [.. cells.Columns.Select(column => column.Kind is CellKind.Text or CellKind.List)];
    readonly byte delimiter = cells.IsSwedish ? (byte)';' : (byte)',';

    public override void Begin()
    {
        output.Write("\uFEFF"u8);
        output.Write(Encoding.UTF8.GetBytes(string.Join((char)delimiter, cells.Headings) + "\r\n"));
    }

    public override void Row(Utf8Row row)
    {
        for (var i = 0; i < isText.Length; i++)
        {
            var value = cells[row, i];
            // Each quote may become two; a quote on either side, an apostrophe, the delimiter.
            var to = output.GetSpan(2 * value.Length + 4);
            var length = 0;
            if (i > 0) to[length++] = delimiter;
            if (value.Length > 0) length += Write(value, to[length..], isText[i]);
            output.Advance(length);
        }

        output.Write("\r\n"u8);
    }

    static int Write(ReadOnlySpan<byte> value, Span<byte> to, bool isText)
    {
        var length = 0;
        // Text that begins with a digit is quoted too: that is how it can be told from a number or a date.
        var isQuoted = isText && (char.IsAsciiDigit((char)value[0]) || value[0] == ' ' || value[^1] == ' ' || value.ContainsAny(Special));
        if (isQuoted) to[length++] = Quote;
        if (isText && CellText.IsGuarded(value)) to[length++] = (byte)'\'';
        for (var at = isQuoted ? value.IndexOf(Quote) : -1; at >= 0; at = value.IndexOf(Quote))
        {
            value[..(at + 1)].CopyTo(to[length..]);
            length += at + 1;
            to[length++] = Quote;
            value = value[(at + 1)..];
        }

        value.CopyTo(to[length..]);
        length += value.Length;
        if (isQuoted) to[length++] = Quote;
        return length;
    }
}
