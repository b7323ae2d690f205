using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace ActionPlan.Tests.Imports;

/// <summary>Makes workbooks as small as they can be, cell by cell, for what no program would write.</summary>
public sealed class XlsxBuilder
{
    readonly List<(string Name, List<object?[]> Rows, List<string> Merged)> sheets = [];
    readonly HashSet<string> hidden = [];
    string since = "";
    readonly Dictionary<string, byte[]> extra = [];

    /// <summary>A cell that holds its own XML after the reference: <c>t="e"&gt;&lt;v&gt;#REF!&lt;/v&gt;</c>.</summary>
    public sealed record Raw(string Xml);

    /// <summary>A day as Excel keeps it: a number that looks like a date.</summary>
    public sealed record Day(string Iso);

    /// <summary>The first day of a month that looks like the month: okt-25.</summary>
    public sealed record Month(string Iso);

    /// <summary>A share that looks like a percentage.</summary>
    public sealed record Percent(double Share);

    public XlsxBuilder Sheet(string name, params object?[][] rows)
    {
        sheets.Add((name, [.. rows], []));
        return this;
    }

    public XlsxBuilder Merge(string range)
    {
        sheets[^1].Merged.Add(range);
        return this;
    }

    /// <summary>Hides the last sheet.</summary>
    public XlsxBuilder Hide()
    {
        hidden.Add(sheets[^1].Name);
        return this;
    }

    /// <summary>Counts days from 1904, as old Macs did; LibreOffice says it in the word true.</summary>
    public XlsxBuilder Since1904(string word)
    {
        since = $"<workbookPr date1904=\"{word}\"/>";
        return this;
    }

    public XlsxBuilder With(string path, byte[] content)
    {
        extra[path] = content;
        return this;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, true))
        {
            Add(archive, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>"""
                + string.Concat(sheets.Select((_, i) => $"""<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")) + "</Types>");
            Add(archive, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(archive, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">""" + since + """<sheets>"""
                + string.Concat(sheets.Select((s, i) => $"""<sheet name="{s.Name}" sheetId="{i + 1}" {(hidden.Contains(s.Name) ? """state="hidden" """ : "")}r:id="rId{i + 1}"/>""")) + "</sheets></workbook>");
            Add(archive, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""
                + string.Concat(sheets.Select((_, i) => $"""<Relationship Id="rId{i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i + 1}.xml"/>"""))
                + """<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
            Add(archive, "xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="17" applyNumberFormat="1"/></cellXfs></styleSheet>""");
            for (var i = 0; i < sheets.Count; i++) Add(archive, $"xl/worksheets/sheet{i + 1}.xml", SheetXml(sheets[i].Rows, sheets[i].Merged));
            foreach (var (path, content) in extra)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    int Serial(string iso) => (DateTime.Parse(iso, CultureInfo.InvariantCulture) - (since.Length > 0 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, 30))).Days;

    string SheetXml(List<object?[]> rows, List<string> merged)
    {
        var xml = new StringBuilder("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>""");
        for (var r = 0; r < rows.Count; r++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<row r="{r + 1}">""");
            for (var c = 0; c < rows[r].Length; c++)
            {
                if (rows[r][c] is not { } value) continue;
                xml.Append(CultureInfo.InvariantCulture, $"""<c r="{(char)('A' + c)}{r + 1}" """).Append(value switch
                {
                    Raw raw => raw.Xml,
                    Day day => $"""s="1"><v>{Serial(day.Iso)}</v>""",
                    Month month => $"""s="3"><v>{Serial(month.Iso)}</v>""",
                    Percent percent => $"""s="2"><v>{percent.Share.ToString(CultureInfo.InvariantCulture)}</v>""",
                    bool flag => $"""t="b"><v>{(flag ? 1 : 0)}</v>""",
                    int or double => $"><v>{Convert.ToString(value, CultureInfo.InvariantCulture)}</v>",
                    _ => $"""t="inlineStr"><is><t xml:space="preserve">{SecurityElement.Escape((string)value)}</t></is>""",
                }).Append("</c>");
            }

            xml.Append("</row>");
        }

        xml.Append("</sheetData>");
        if (merged.Count > 0) xml.Append("<mergeCells>").Append(string.Concat(merged.Select(range => $"""<mergeCell ref="{range}"/>"""))).Append("</mergeCells>");
        return xml.Append("</worksheet>").ToString();
    }

    static void Add(ZipArchive archive, string path, string xml)
    {
        using var entry = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.UTF8.GetBytes(xml));
    }
}
