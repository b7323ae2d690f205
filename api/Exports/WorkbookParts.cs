using System.Globalization;

namespace ActionPlan.Exports;

/// <summary>The parts of a workbook that are not rows of actions.</summary>
static class WorkbookParts
{
    /// <summary>The style of headings; 1 is that of numbers, 2 of dates, 3 of text.</summary>
    public const int Heading = 4;

    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    /// <summary>What stands before the rows: the heading stays in sight, the columns are as wide as their content needs.</summary>
    public static string SheetStart(IReadOnlyList<ActionColumn> columns, bool isFirst) =>
        $"{Declaration}<worksheet xmlns=\"{Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"{(isFirst ? " tabSelected=\"1\"" : "")}>"
        + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        + string.Concat(columns.Select((column, i) => $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{column.Width}\" style=\"{Style(column.Kind)}\" customWidth=\"1\"/>"))
        + "</cols><sheetData>";

    /// <summary>Everything else, by name.</summary>
    public static IEnumerable<(string Name, string Content)> Rest(IReadOnlyList<(string Name, int Rows)> sheets, ActionCells cells, ExportFacts facts)
    {
        var lastColumn = WorkbookFile.Letters(cells.Columns.Count - 1);
        // What one plan's list tells of its plan, the list of all tells of each that it has rows of.
        List<(string Name, string Content)> about = facts.Plan is not null ? [] : [cells.IsSwedish ? ("Planer", PlanSheet(facts, true)) : ("Plans", PlanSheet(facts, false))];
        about.Add((facts.Plan is not null ? "Plan" : cells.IsSwedish ? "Urval" : "Selection", FactSheet(facts.Tell(cells.IsSwedish, sheets.Sum(sheet => sheet.Rows - 1)))));
        var names = sheets.Select(sheet => sheet.Name).Concat(about.Select(sheet => sheet.Name)).ToList();
        foreach (var (i, sheet) in about.Index()) yield return ($"xl/worksheets/sheet{sheets.Count + i + 1}.xml", sheet.Content);
        yield return ("xl/styles.xml", Styles);
        yield return ("xl/workbook.xml",
            $"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationship}\"><bookViews><workbookView/></bookViews><sheets>"
            + string.Concat(names.Select((name, i) => $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))
            + "</sheets><definedNames>"
            + string.Concat(sheets.Select((sheet, i) => $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">'{sheet.Name}'!$A$1:${lastColumn}${sheet.Rows}</definedName>"))
            + string.Concat(sheets.Select((sheet, i) => $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{i}\">'{sheet.Name}'!$1:$1</definedName>"))
            + "</definedNames></workbook>");
        yield return ("xl/_rels/workbook.xml.rels",
            $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(names.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relationship}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
            + $"<Relationship Id=\"rId{names.Count + 1}\" Type=\"{Relationship}/styles\" Target=\"styles.xml\"/></Relationships>");
        yield return ("_rels/.rels",
            $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relationship}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        yield return ("[Content_Types].xml",
            $"{Declaration}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
            + string.Concat(names.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))
            + "</Types>");
    }

    // Two columns: what, and its value.
    static string FactSheet(IEnumerable<(string Name, string Value)> facts) =>
        Sheet([24, 80], facts.Select((fact, i) => Cell(fact.Name, i == 0 ? Heading : 3) + Cell(fact.Value, i == 0 ? Heading : 3)));

    // A plan on each row, with as many columns as it has facts, and the number of its actions in the file.
    static string PlanSheet(ExportFacts facts, bool isSwedish) =>
        Sheet([.. PlanFact.All.Select(fact => fact.Width), 15], facts.Plans
            .Select(plan => string.Concat(PlanFact.All.Select(fact => Cell(fact.Tell(plan.Plan, isSwedish).Value, 3))) + $"<c s=\"1\"><v>{plan.Count}</v></c>")
            .Prepend(string.Concat(PlanFact.All.Select(fact => isSwedish ? fact.Name : fact.Field).Append(ExportFacts.Count(isSwedish)).Select(name => Cell(name, Heading)))));

    static string Sheet(IEnumerable<int> widths, IEnumerable<string> rows) =>
        $"{Declaration}<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        + string.Concat(widths.Select((width, i) => $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{width}\" customWidth=\"1\"/>"))
        + "</cols><sheetData>" + string.Concat(rows.Select(row => $"<row>{row}</row>")) + "</sheetData></worksheet>";

    static string Cell(string text, int style) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year > 1900
        ? $"<c s=\"2\"><v>{date.DayNumber - new DateOnly(1899, 12, 30).DayNumber}</v></c>"
        : $"<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{WorkbookText.Escape(text)}</t></is></c>";

    static int Style(CellKind kind) => kind switch { CellKind.Date => 2, CellKind.Integer => 1, _ => 3 };

    // Text has the format of text (49), so that 1-2 and 007 stay what they are when a cell is edited.
    const string Styles = $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDDE6EE"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>
        """;
}
