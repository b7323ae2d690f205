using System.IO.Compression;
using System.Xml.Linq;

namespace ActionPlan.Tests.Exports;

public class WorkbookFileTests(ExportHost host) : IClassFixture<ExportHost>
{
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task Dates_are_dates_numbers_numbers_and_all_else_text()
    {
        var sheet = await SheetAsync("format=xlsx&fields=title,dueDate,measureNumber,isTrial,status,focusArea,externalId&status=paused,inProgress", 1);

        Assert.Equal(["Nyckel", "Åtgärd", "Sista dag", "Insatsnummer", "Försök", "Status", "Område", "Externt id"], Row(sheet, 0));
        Assert.Equal(["A2 soc-2026-1", "B2 Allt på en gång", "C2 46356", "D2 80", "E2 Ja", "F2 Pausad", "G2 Hälsa; arbetsmiljö", "H2 0017"], Cells(sheet, 1));
        Assert.Equal(["A3 soc-2026-3", "B3 +46 8 123", "E3 Nej", "F3 Pågår", "H3 12345678901234567890"], Cells(sheet, 2));
        Assert.Equal(["inlineStr 3", "inlineStr 3", " 2", " 1", "inlineStr 3"], sheet.Descendants(Main + "row").ElementAt(1).Elements().Take(5).Select(c => $"{c.Attribute("t")?.Value} {c.Attribute("s")!.Value}"));
    }

    [Fact]
    public async Task The_heading_stays_in_sight_and_filters()
    {
        var sheet = await SheetAsync("format=xlsx", 1);

        Assert.Equal("frozen", sheet.Descendants(Main + "pane").Single().Attribute("state")!.Value);
        Assert.Equal("A1:AM6", sheet.Descendants(Main + "autoFilter").Single().Attribute("ref")!.Value);
        Assert.Equal(39, sheet.Descendants(Main + "col").Count());
    }

    [Fact]
    public async Task Text_that_XML_or_Excel_would_read_otherwise_comes_through()
    {
        var sheet = await SheetAsync("format=xlsx&fields=title,description,statusReason,dueDate&status=planned,cancelled", 1);

        // _x000D_ is how a workbook writes a carriage return; what says so itself is written apart.
        Assert.Equal(["soc-2026-2", "-minus", "_x005F_x000D_ och_x000D_\nradbyte & <b> 'x", "46082"], Row(sheet, 1));
        // An importer takes one apostrophe off; a day that Excel does not know is text.
        Assert.Equal("''=SUMMA(A1)|1899-12-31", $"{Row(sheet, 2)[1]}|{Row(sheet, 2)[^1]}");
    }

    [Fact]
    public async Task A_second_sheet_tells_of_the_plan_and_the_selection()
    {
        var sheet = await SheetAsync("format=xlsx&open=true&sort=-number", 2);

        Assert.Equal(
            ["Fält|Värde", "Nyckel|soc-2026", "Förvaltning|soc", "Titel|Åtgärdsplan Socialförvaltningen", "Första dag|46023", "Sista dag|46387", "Status|Utkast", "Diarienummer|", "Bakgrund|", "Läget den|46109", "Antal åtgärder|4", "Urval: open|true", "Urval: sort|-number"],
            Lines(sheet));
    }

    [Fact]
    public async Task The_list_of_all_has_a_sheet_of_the_plans_that_its_rows_are_of_and_one_of_the_selection()
    {
        var all = (await host.Admin.GetAsync("/actions?format=xlsx&open=true&plan=soc-2026,vof-2026")).Bytes;
        var bound = (await (await host.WithNewKeyAsync("reader", "vof")).GetAsync("/actions?format=xlsx&dialect=rfc4180")).Bytes;
        var none = (await host.Admin.GetAsync("/actions?format=xlsx&tag=saknas")).Bytes;

        Assert.Equal("Åtgärder Planer Urval|Actions Plans Selection", $"{Names(all)}|{Names(bound)}");
        Assert.Equal(
            ["Nyckel|Förvaltning|Titel|Första dag|Sista dag|Status|Diarienummer|Bakgrund|Antal åtgärder", "soc-2026|soc|Åtgärdsplan Socialförvaltningen|46023|46387|Utkast|||4", "vof-2026|vof|Åtgärdsplan Vård- och omsorgsförvaltningen|46023|46387|Utkast|||1"],
            Lines(Sheet(all, 2, 3)));
        Assert.Equal(["Fält|Värde", "Läget den|46109", "Antal åtgärder|5", "Urval: open|true", "Urval: plan|soc-2026,vof-2026"], Lines(Sheet(all, 3, 3)));
        Assert.Equal(["key|department|title|periodStart|periodEnd|status|registryNumber|background|count", "vof-2026|vof|Åtgärdsplan Vård- och omsorgsförvaltningen|46023|46387|draft|||1"], Lines(Sheet(bound, 2, 3)));
        Assert.Single(Lines(Sheet(none, 2, 3)));
    }

    [Fact]
    public async Task What_a_cell_cannot_hold_is_cut_or_told_by_a_sign()
    {
        var plan = await host.PlanAsync();
        // Of 20,000 characters each takes two places in a cell.
        await host.ActionAsync(plan, new { title = "\uFFFE_x0041_", description = string.Concat(Enumerable.Repeat("😀", 20_000)), source = "x" });
        await host.ExecuteAsync("update action set source = @Bell where source = 'x' and plan = @Plan", new { Bell = "a\u0007b\u001Fc", Plan = plan });

        var sheet = Sheet((await host.Admin.GetAsync($"/plans/{plan}/actions?format=xlsx&fields=title,description,source")).Bytes, 1, 2);

        Assert.Equal(["\uFFFD_x005F_x0041_", string.Concat(Enumerable.Repeat("😀", 16_383)) + "…", "a\uFFFDb\uFFFDc"], Row(sheet, 1)[1..]);
    }

    Task<XDocument> SheetAsync(string query, int number) => host.FileAsync(query).ContinueWith(file => Sheet(file.Result.Bytes, number, 2), TaskScheduler.Default);

    static XDocument Sheet(byte[] file, int number, int count)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", .. Enumerable.Range(1, count).Select(i => $"xl/worksheets/sheet{i}.xml")], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in zip.Entries)
            using (var part = entry.Open()) Assert.NotNull(XDocument.Load(part).Root);
        using var sheet = zip.GetEntry($"xl/worksheets/sheet{number}.xml")!.Open();
        return XDocument.Load(sheet);
    }

    static string Names(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var workbook = zip.GetEntry("xl/workbook.xml")!.Open();
        return string.Join(' ', XDocument.Load(workbook).Descendants(Main + "sheet").Select(sheet => sheet.Attribute("name")!.Value));
    }

    static IEnumerable<string> Lines(XDocument sheet) => sheet.Descendants(Main + "row").Select((_, i) => string.Join('|', Row(sheet, i)));

    static List<string> Row(XDocument sheet, int row) => [.. sheet.Descendants(Main + "row").ElementAt(row).Elements().Select(c => c.Value)];

    static IEnumerable<string> Cells(XDocument sheet, int row) => sheet.Descendants(Main + "row").ElementAt(row).Elements().Select(c => $"{c.Attribute("r")!.Value} {c.Value}");
}
