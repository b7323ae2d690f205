using System.Text.Json;
using ActionPlan.Exports;
using ActionPlan.Language;

namespace ActionPlan.Imports;

/// <summary>Reads an array of flat objects: the names are the headings, the values text, numbers, booleans or lists of text.</summary>
static class JsonFile
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The table. What an object does not name is null; what it clears is empty.</summary>
    /// <exception cref="UnreadableFileException">It is no such array.</exception>
    public static Table Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Span.Trim(" \r\n\t"u8).IsEmpty) throw new UnreadableFileException("emptyFile");
        using var document = Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new UnreadableFileException("notAnArray");
        Table.Limit(document.RootElement.GetArrayLength());

        var headings = new Dictionary<string, int>();
        var rows = new List<Row>();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) throw new UnreadableFileException("notARow", rows.Count + 1);
            var cells = new List<string?>(Enumerable.Repeat<string?>(null, headings.Count));
            foreach (var member in item.EnumerateObject())
            {
                var name = Read(() => member.Name) ?? throw new UnreadableFileException("brokenText");
                if (!headings.TryGetValue(name, out var at))
                {
                    headings[name] = at = headings.Count;
                    if (at == Table.MostColumns) throw new UnreadableFileException("tooManyColumns", Table.MostColumns, rows.Count + 1);
                    cells.Add(null);
                }

                // What an answer shows beside the fields, such as links, goes back unread.
                var isShownOnly = Imports.Headings.FieldOf(name) is { } field && Imports.Headings.ReadOnly.Contains(field);
                cells[at] = isShownOnly ? null : Read(() => Cell(member.Value)) ?? throw new UnreadableFileException("notACell", rows.Count + 1, Text.Quote(name, 100));
            }

            rows.Add(new Row(rows.Count + 1, [.. cells]));
        }

        return new Table { Headings = [.. headings.Keys], Rows = rows, IsJson = true };
    }

    static string? Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => CellList.Join([.. value.EnumerateArray().Select(item => item.GetString()!)]),
        _ => null,
    };

    // Text with half a surrogate pair is valid JSON and no valid text.
    static string? Read(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException fault)
        {
            throw new UnreadableFileException("invalidJson", fault.LineNumber + 1, fault.BytePositionInLine + 1);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair, met while names are compared.
            throw new UnreadableFileException("brokenText");
        }
    }
}
