using System.Text;
using System.Text.Json;
using ActionPlan.Data;

namespace ActionPlan.Exports;

/// <summary>
/// What the cells of an exported row hold, in the columns that are asked for and the words of the file. UTF-8 all the
/// way: an object for every value of a million rows would cost more than all the rest.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="sections">The titles of focus areas, by key and plan.</param>
/// <param name="isSwedish">Swedish words rather than codes.</param>
sealed class ActionCells(IReadOnlyList<ActionColumn> columns, Dictionary<string, byte[]> sections, bool isSwedish)
{
    static readonly byte[] Ja = "Ja"u8.ToArray(), Nej = "Nej"u8.ToArray();
    static readonly int PlanOrdinal = Ordinal("plan");

    readonly Cell[] cells = [.. columns.Select(column => new Cell(column, isSwedish))];
    readonly Dictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> sections = sections.GetAlternateLookup<ReadOnlySpan<char>>();
    readonly List<string> texts = [];
    readonly char[] section = new char[200];
    byte[] joined = new byte[4096];

    /// <summary>The columns.</summary>
    public IReadOnlyList<ActionColumn> Columns => columns;

    /// <summary>True for Swedish headings and words, false for the API's own.</summary>
    public bool IsSwedish => isSwedish;

    /// <summary>The headings.</summary>
    public IEnumerable<string> Headings => columns.Select(column => isSwedish ? column.Heading : column.Field);

    /// <summary>Where a property stands in what is read.</summary>
    public static int Ordinal(string field) => ActionColumns.All.Append(ActionColumns.Deleted).TakeWhile(column => column.Field != field).Count();

    /// <summary>What a cell holds, as text; empty for nothing. Until the next is read.</summary>
    public ReadOnlySpan<byte> this[Utf8Row row, int index]
    {
        get
        {
            var cell = cells[index];
            var value = row[cell.Ordinal];
            return value.IsEmpty ? value : cell.Kind switch
            {
                CellKind.Word => cell.Word(value),
                CellKind.YesNo => (isSwedish, value[0]) switch { (true, (byte)'1') => Ja, (true, _) => Nej, (_, (byte)'1') => "true"u8, _ => "false"u8 },
                CellKind.List => Joined(value),
                _ when cell.IsSection && isSwedish => Section(row, value),
                _ => value,
            };
        }
    }

    // As a list is stored: ["a","b"].
    ReadOnlySpan<byte> Joined(ReadOnlySpan<byte> array)
    {
        if (array.Length <= 2) return default;
        texts.Clear();
        var reader = new Utf8JsonReader(array);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.String) texts.Add(reader.GetString()!);
        return Encoded(CellList.Join(texts));
    }

    ReadOnlySpan<byte> Section(Utf8Row row, ReadOnlySpan<byte> key)
    {
        // Reading the plan takes the place of the value that was read before it.
        var length = Encoding.UTF8.GetChars(key, section);
        section[length] = '/';
        var end = length + 1 + Encoding.UTF8.GetChars(row[PlanOrdinal], section.AsSpan(length + 1));
        return sections.TryGetValue(section.AsSpan(0, end), out var title) ? title : Encoded(section.AsSpan(0, length));
    }

    ReadOnlySpan<byte> Encoded(ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (joined.Length < longest) joined = new byte[longest];
        return joined.AsSpan(0, Encoding.UTF8.GetBytes(text, joined));
    }

    sealed class Cell(ActionColumn column, bool isSwedish)
    {
        readonly (byte[] Code, byte[] Shown)[] words = isSwedish
            ? [.. column.Words.Select(word => (Encoding.UTF8.GetBytes(word.Key), Encoding.UTF8.GetBytes(word.Value)))]
            : [];

        public CellKind Kind { get; } = column.Kind;

        public int Ordinal { get; } = Ordinal(column.Field);

        public bool IsSection { get; } = column.Field == "focusArea";

        public ReadOnlySpan<byte> Word(ReadOnlySpan<byte> code)
        {
            foreach (var (known, shown) in words)
                if (code.SequenceEqual(known)) return shown;
            return code;
        }
    }
}
