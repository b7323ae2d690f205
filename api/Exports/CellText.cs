namespace ActionPlan.Exports;

/// <summary>
/// Text in a cell that a program might run as a formula, and how that is kept from it: an apostrophe before it in CSV, which the importer
/// takes off again. What begins with an apostrophe before one of these gets another, in a workbook too.
/// </summary>
static class CellText
{
    /// <summary>True of what a formula begins with (OWASP, CSV injection; = + - @ in full width too), and of an apostrophe.</summary>
    public static bool IsGuarded(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' or '\'';

    /// <summary>The same of text in UTF-8.</summary>
    public static bool IsGuarded(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\'' => true,
        // U+FF1D, U+FF0B, U+FF0D, U+FF20
        0xEF => text is [_, 0xBC, 0x9D or 0x8B or 0x8D or 0xA0, ..],
        _ => false,
    };

    /// <summary>True if an importer would take the apostrophe that it begins with off.</summary>
    public static bool IsLed(string text) => text.Length > 1 && text[0] == '\'' && IsGuarded(text[1]);

    /// <summary>What was written, without the apostrophe that an export put before it.</summary>
    public static string Restored(string cell) => IsLed(cell) ? cell[1..] : cell;
}
