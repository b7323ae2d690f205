using System.IO.Compression;
using System.Text;

namespace ActionPlan.Tests.Imports;

/// <summary>What people and programs send by mistake or in bad faith: read as its author meant it, or refused whole with a clear problem.</summary>
public class BadFileTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    static readonly Dictionary<string, (string Code, byte[] Bytes, string Type)> Unreadable = new()
    {
        ["an empty CSV"] = ("emptyFile", [], "text/csv"),
        ["blanks"] = ("emptyFile", " \r\n\r\n"u8.ToArray(), "text/csv"),
        ["an empty workbook"] = ("emptyFile", [], Files.Xlsx),
        ["an empty JSON"] = ("emptyFile", [], "application/json"),
        ["quotation marks alone"] = ("noHeadings", "\"\"\r\n"u8.ToArray(), "text/csv"),
        ["headings alone"] = ("noRows", "Åtgärdsplan 2026;;\n\nNr;Åtgärd;Ansvarig\n;;\n"u8.ToArray(), "text/csv"),
        ["no JSON rows"] = ("noRows", "[]"u8.ToArray(), "application/json"),
        ["a workbook with headings alone"] = ("noRows", new XlsxBuilder().Sheet("Blad1", ["Nr", "Åtgärd"]).ToArray(), Files.Xlsx),
        ["the letters of an old Mac"] = ("wrongEncoding", [.. "Nr;Aktivitet\r1;F"u8, 0x9A, .. "rvaltning\r"u8], "text/csv"),
        ["the letters of DOS"] = ("wrongEncoding", [.. "Nr;"u8, 0x8F, .. "tg"u8, 0x84, .. "rd\n1;a\n"u8], "text/csv"),
        ["letters read as others before"] = ("wrongEncoding", "Nr;Ã…tgÃ¤rd\n1;a\n"u8.ToArray(), "text/csv"),
        ["letters that were lost before"] = ("wrongEncoding", "Nr;Aktivitet\n1;F\uFFFDrvaltning\n"u8.ToArray(), "text/csv"),
        ["no headings"] = ("noHeadings", "Mentor;HR;2026-01-01\nSchema;EC;2026-02-01\n"u8.ToArray(), "text/csv"),
        ["a PDF"] = ("otherFile", "%PDF-1.7\n%âãÏÓ\n1 0 obj"u8.ToArray(), "text/csv"),
        ["a web page"] = ("otherFile", "<!DOCTYPE html><table><tr><td>Åtgärd"u8.ToArray(), "text/csv"),
        ["NUL bytes"] = ("notText", "Nr;Åtgärd\n1;a\0b\n"u8.ToArray(), "text/csv"),
        ["an open quotation mark"] = ("openQuote", "Nr;Åtgärd\n1;\"a\n2;b\n3;c\n"u8.ToArray(), "text/csv"),
        ["a quotation mark that swallows a row"] = ("openQuote", "Nr;Åtgärd;Ansvarig\n1;\"a;HR\n2;\"b\";HR\n3;c;HR\n"u8.ToArray(), "text/csv"),
        ["too many columns"] = ("tooManyColumns", Encoding.UTF8.GetBytes("Åtgärd\n" + new string(';', 500) + "a\n"), "text/csv"),
        ["delimiters alone"] = ("tooManyColumns", Encoding.UTF8.GetBytes(new string(';', 5_000_000)), "text/csv"),
        ["an old workbook"] = ("oldWorkbook", [.. Ole, .. new byte[600]], Files.Xlsx),
        ["a protected workbook"] = ("encryptedFile", [.. Ole, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")], Files.Xlsx),
        ["text as a workbook"] = ("noHeadings", "hej"u8.ToArray(), Files.Xlsx),
        ["half a workbook"] = ("notAWorkbook", new XlsxBuilder().Sheet("Blad1", ["Åtgärd"], ["a"]).ToArray()[..700], Files.Xlsx),
        ["a packed file that is no workbook"] = ("notAWorkbook", Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"u8.ToArray())), Files.Xlsx),
        ["a workbook with broken XML"] = ("noHeadings", Zip(("xl/workbook.xml", "<workbook><sheets>"u8.ToArray())), Files.Xlsx),
        ["a workbook without headings"] = ("noHeadings", new XlsxBuilder().Sheet("Blad1", ["Hej"], ["Hopp", 3]).ToArray(), Files.Xlsx),
        ["a zip bomb"] = ("tooLargeUnpacked", Zip(("xl/workbook.xml", "<a/>"u8.ToArray()), ("xl/worksheets/sheet1.xml", new byte[40_000_000])), Files.Xlsx),
        ["a text without end"] = ("tooLargeUnpacked", Zip(("xl/workbook.xml", "<a/>"u8.ToArray()), ("xl/sharedStrings.xml", [.. "<t>"u8, .. Noise(2_000_000)])), Files.Xlsx),
        ["entities upon entities"] = ("notAWorkbook", Zip(("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><workbook>&c;</workbook>"u8.ToArray())), Files.Xlsx),
        ["no array"] = ("notAnArray", """{"title":"x"}"""u8.ToArray(), "application/json"),
        ["an array of other things"] = ("notARow", """[{"title":"x"},"y"]"""u8.ToArray(), "application/json"),
        ["an object in an object"] = ("notACell", """[{"title":{"sv":"x"}}]"""u8.ToArray(), "application/json"),
        ["a list of numbers"] = ("notACell", """[{"title":"x","tags":[1]}]"""u8.ToArray(), "application/json"),
        ["broken JSON"] = ("invalidJson", """[{"title":"x"]"""u8.ToArray(), "application/json"),
        ["a name twice"] = ("invalidJson", """[{"title":"x","title":"y"}]"""u8.ToArray(), "application/json"),
        ["broken text"] = ("notACell", """[{"title":"\ud800"}]"""u8.ToArray(), "application/json"),
        ["a broken name"] = ("brokenText", """[{"title":"x","\ud800":"y"}]"""u8.ToArray(), "application/json"),
        ["a name of its own in each object"] = ("tooManyColumns", Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 501).Select(i => $"{{\"a{i}\":1}}"))}]"), "application/json"),
        ["a last row and a last column that only have a look"] = ("tooManyColumns", new XlsxBuilder().Sheet("Blad1", ["Åtgärd"], ["a", new XlsxBuilder.Raw("><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\" s=\"0\">")]).ToArray(), Files.Xlsx),
        ["too many rows"] = ("tooManyRows", Encoding.UTF8.GetBytes("Åtgärd\n" + string.Concat(Enumerable.Repeat("a\n", 250_001))), "text/csv"),
    };

    public static TheoryData<string> Names => [.. Unreadable.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_no_table_is_refused_and_says_why(string name)
    {
        var (code, bytes, type) = Unreadable[name];
        var before = await host.ChangesAsync();

        var answer = await host.Admin.SendFileAsync("/plans/soc-2026/imports", bytes, type);

        Assert.Equal(code, answer.FileFault());
        answer.MustKeepSilent();
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("\n\n;;\nÅtgärd\n\n\nMentor\n\n", 1)]
    [InlineData("Åtgärd\nMentor, fadder; och \"stöd\"\n", 1)]
    [InlineData("Nr|Åtgärd|Ansvarig\n1|Mentor, fadder; stöd|HR\n", 1)]
    [InlineData("sep=,\r\nNr,Åtgärd\r\n1,\"Mentor; fadder\"\r\n", 1)]
    [InlineData("ÅTGÄRD: ;  Ansvarig*\nMentor;HR\n", 1)]
    [InlineData("Nr;Åtgärd;\n1;Mentor;;;;\n2;Schema\n", 2)]
    [InlineData("Nr;Åtgärd\n1;Införa \"fadder\" åt nya\n2;\"Hela \"\"chefer\"\"\növer lag\"\n3;5\" skärm\n", 3)]
    [InlineData("Åtgärd;Kommentar;Kommentar;Problem;Risk\nMentor;a;b;c;d\n", 1)]
    public async Task What_can_be_read_is_read(string csv, int rows)
    {
        Assert.Equal((rows, 0, 0), (await host.Admin.ImportAsync(await host.PlanAsync(), csv)).Counts());
    }

    [Theory]
    [InlineData("Åtgärd;Ansvarig;Vem\na;b;c\n", "1 Vem fieldTwice")]
    [InlineData("Plan;\n\nNr;Åtgärd;Mål;Område\n1;a;b;c\n", "3 Område fieldTwice")]
    [InlineData("Ansvarig;Status\nHR;Pågår\n", "1  noTitleColumn")]
    [InlineData("Nr;Det vi gör;Status\n1;a;Pågår\n2;b;Pågår\n", "1  noTitleColumn")]
    [InlineData("sep=;\nÅtgärd;Status\na;kanske\n", "2 Status unknownWord")]
    [InlineData("Nr;Åtgärd\n1;a\n1;b\n", "3 Nr sameRowTwice")]
    [InlineData("Åtgärd;Ansvarig\n;HR\n", "2 Åtgärd required")]
    [InlineData("Åtgärd;Status\na;#SAKNAS!\n", "2 Status errorCell")]
    [InlineData("Åtgärd;Status\na;101 %\n", "2 Status unknownWord")]
    [InlineData("Åtgärd;Klart datum\na;när det blir klart\n", "2 Klart datum notADate")]
    [InlineData("Åtgärd;E-post;Ansvarigs e-post\na;b;c\n", "2 Ansvarigs e-post invalidEmail")]
    [InlineData("Åtgärd;Status;Klart datum\na;Pågår;2026-01-01\n", "2 Klart datum completedOnNeedsDone")]
    [InlineData("Åtgärd;Insatsnummer\na;99\n", "2 Insatsnummer unknownMeasure")]
    [InlineData("Åtgärd;Område\na;Okänt\n", "2 Område focusAreaMissing")]
    public async Task What_is_wrong_in_a_row_is_told_by_row_and_column(string csv, string fault)
    {
        Assert.Equal([fault], (await host.Admin.ImportAsync(await host.PlanAsync(), csv)).RowFaults());
    }

    [Fact]
    public async Task A_refusal_of_the_headings_says_that_no_row_was_read_and_names_them()
    {
        var answer = (await host.Admin.ImportAsync(await host.PlanAsync(), "Det vi gör;Ansvarig;Status\na;HR;Pågår\n")).MustBeProblem(422, "import-refused");

        Assert.StartsWith("Filens rubriker har 1 fel", answer["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Det vi gör, Ansvarig, Status", answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_shows_an_error_is_named_and_a_formula_counts_by_its_value()
    {
        var workbook = new XlsxBuilder().Sheet("Blad1", ["Åtgärd", "Status"], [new XlsxBuilder.Raw("t=\"e\"><f>1/0</f><v>#DIV/0!</v>"), "Klar"], ["Bra", new XlsxBuilder.Raw("t=\"e\"><v>#REF!</v>")]);

        Assert.Equal(["2 Åtgärd errorCell", "2 Åtgärd required", "3 Status errorCell"], (await host.Admin.ImportAsync(await host.PlanAsync(), workbook)).RowFaults());
    }

    [Theory]
    [InlineData("><f>A1</f>")]
    [InlineData("><f>A1</f><v></v>")]
    [InlineData("><f>A1</f><v />")]
    [InlineData("xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:f>A1</x:f><x:v></x:v>")]
    [InlineData("><f t=\"shared\" si=\"0\"/>")]
    [InlineData("t=\"str\"><f>A1</f>")]
    public async Task A_formula_that_nobody_has_worked_out_is_a_fault_and_one_that_gives_nothing_is_empty(string cell)
    {
        var workbook = new XlsxBuilder().Sheet("Blad1", ["Åtgärd", "Ansvarig", "Klart senast"], ["a", new XlsxBuilder.Raw(cell)], ["b", new XlsxBuilder.Raw("t=\"str\"><f>A1</f><v></v>"), new XlsxBuilder.Day("2026-03-31")]);

        Assert.Equal(["2 Ansvarig formulaWithoutValue"], (await host.Admin.ImportAsync(await host.PlanAsync(), workbook)).RowFaults());
    }

    [Fact]
    public async Task A_workbook_is_known_by_its_content_and_its_macros_are_left_alone()
    {
        var workbook = new XlsxBuilder().Sheet("Blad1", ["Åtgärd", "Tal", "Sant"], ["Ur en bok", 1.5, true]).With("xl/vbaProject.bin", [1, 2, 3]);
        var plan = await host.PlanAsync();

        Assert.Equal((1, 0, 0), (await host.Admin.SendFileAsync($"/plans/{plan}/imports", workbook.ToArray(), "text/csv")).Counts());

        Assert.Equal(["Ur en bok|Tal: 1.5\nSant: true"], await host.LinesAsync(plan, "title", "description"));
    }

    [Fact]
    public async Task The_sheet_may_be_chosen_and_one_that_is_not_there_is_told()
    {
        var (plan, workbook) = (await host.PlanAsync(), new XlsxBuilder().Sheet("Ett", ["Åtgärd"], ["Första"]).Sheet("Två", ["Åtgärd"], ["Andra"]));

        Assert.Equal((1, 0, 0), (await host.Admin.ImportAsync(plan, workbook, "?sheet=två")).Counts());
        Assert.Equal(["Andra"], await host.LinesAsync(plan, "title"));
        Assert.Equal("unknownSheet", (await host.Admin.ImportAsync(plan, workbook, "?sheet=Tre")).FileFault());
    }

    [Fact]
    public async Task A_file_of_more_than_twenty_megabytes_is_413_and_another_type_415_that_names_those_that_work()
    {
        (await host.Admin.SendFileAsync("/plans/soc-2026/imports", Noise(20 * 1024 * 1024 + 1), "text/csv")).MustBeProblem(413, "too-large");
        var answer = await host.Admin.SendFileAsync("/plans/soc-2026/imports", [1], "application/pdf");
        Assert.Contains("text/csv", answer.MustBeProblem(415, "unsupported-media-type")["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_written_in_a_cell_is_a_500_and_what_is_stored_is_what_was_written()
    {
        string[] texts = ["'; drop table action; --", "=1+1", "+46 8 123", "-", "@x", "''=x", "🙂👩‍👩‍👧‍👦", "\uFFFE", "\u202Eevil", "åäö".Normalize(NormalizationForm.FormD), "{0}", "<b>&amp;</b>", "00123", "1-2", "1e9"];
        var plan = await host.PlanAsync();

        Assert.Equal((texts.Length, 0, 0), (await host.Admin.ImportAsync(plan, [.. texts.Select(text => (object)new { title = text, description = text, owner = text, deadline = text, externalId = text })])).Counts());
        Assert.Equal(texts.Select(text => $"{text}|{text}|{text}|{text}"), await host.LinesAsync(plan, "title", "description", "owner", "externalId"));

        foreach (var text in texts.Append("\u0001").Append("2026-13-45").Append(new string('x', 3000)))
        {
            var row = ActionPlan.Exports.ActionColumns.All.ToDictionary(column => column.Field, _ => text);
            Assert.Equal(422, (await host.Admin.PostAsync($"/plans/{plan}/imports", new[] { row })).Status);
        }
    }

    static byte[] Zip(params (string Path, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, true))
        {
            foreach (var (path, content) in entries)
            {
                using var entry = archive.CreateEntry(path, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        var random = new Random(1);
        for (var i = 0; i < length; i++) bytes[i] = (byte)random.Next('A', 'Z');
        return bytes;
    }
}
