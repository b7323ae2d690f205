namespace ActionPlan.Tests.Imports;

/// <summary>What municipalities do in their plans: how it is read.</summary>
public class RealPlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("ÅTGÄRD/AKTIVITET ;Ansvarig (namn/funktion);\"Klart\nsenast\";Upp-följning (datum);Kommentar/status;Prio (1–3)", "title owner deadline - - priority")]
    [InlineData("Åtgärd;Ansvarig;\"Upp-\nföljning\";Status;Tid-plan;Nr", "title owner followUp status - externalId")]
    [InlineData("Åtgärder och aktiviteter;Aktivitet (kort);Ansvarig eller utförare;Risk (1–5);Version (datum)", "title - owner - -")]
    [InlineData("Aktivitet (kort);Åtgärd;Kommentar (intern);Kommentar", "- title followUp followUp")]
    public async Task A_heading_that_says_more_than_a_known_word_is_known_by_it(string headings, string fields)
    {
        var answer = await host.Admin.ImportAsync(await host.PlanAsync(), headings + "\n" + "1;2;3;4;5;6\n".Replace('2', 'x'), "?dryRun=true");

        var columns = (answer["columns"] ?? answer["import"]!["columns"])!.AsArray();
        Assert.Equal(fields, string.Join(' ', columns.Where(c => !c!["heading"]!.ToString().StartsWith("Kolumn ", StringComparison.Ordinal)).Select(c => c!["field"]?.ToString() ?? "-")));
    }

    [Fact]
    public async Task Status_words_come_in_every_gender_and_a_dash_says_nothing()
    {
        var plan = await host.PlanAsync();

        (await host.Admin.ImportAsync(plan, """
            Åtgärd;Status;Prio;Startdatum
            a;Klart;H;2026/03/01
            b;EJ PÅBÖRJAT;–;2026.03.01
            c;Genomfört!;m;-
            d;Delvis klart;Låg prioritet;1/3 2026
            e;-;;03/04/2026
            f;Försenat;;
            g;Utgått;;
            """)).Must(200);

        Assert.Equal(
            ["done|high|2026-03-01", "planned||2026-03-01", "done|normal|", "inProgress|low|2026-03-01", "planned||2026-04-03", "inProgress||", "cancelled||"],
            await host.LinesAsync(plan, "status", "priority", "startDate"));
    }

    [Fact]
    public async Task Of_several_sheets_the_first_that_holds_a_plan_is_read_and_the_next_is_told_of()
    {
        var (plan, workbook) = (await host.PlanAsync(), new XlsxBuilder()
            .Sheet("Listor", ["Status", "Ansvarig", "Åtgärd"], ["Pågår", "HR", "x"]).Hide()
            .Sheet("Så fyller du i", ["Åtgärd", "Det som ska göras"], ["Ansvarig", "Den som svarar för det"])
            .Sheet("2026", ["Ansvarig:", "Förvaltningschefen", "Status:", "Beslutad"], ["Nr", "Åtgärd", "Ansvarig"], [1, "Ur 2026", "HR"])
            .Sheet("2025", ["Nr", "Åtgärd"], [1, "Ur 2025"])
            .Sheet("Tom", ["Nr", "Åtgärd"]));

        var answer = await host.Admin.ImportAsync(plan, workbook);

        Assert.Equal((1, 0, 0), answer.Counts());
        Assert.Equal("2026", answer["sheet"]!.ToString());
        Assert.Contains("sheet=2025", Assert.Single(answer["warnings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Ur 2026"], await host.LinesAsync(plan, "title"));
        Assert.Equal("x", (await host.Admin.ImportAsync(await host.PlanAsync(), workbook, "?sheet=Listor&dryRun=true")).Must(200)["sheet"]!.ToString().Replace("Listor", "x"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    public async Task Days_are_the_days_that_the_workbook_shows(string since1904)
    {
        var (plan, key) = (await host.PlanAsync(), Given.Key("r"));
        var workbook = new XlsxBuilder().Sheet("Blad1", ["Förvaltning:", "soc"], ["Plan för 2026"], ["Åtgärd", "Klart senast", "Klart datum"], ["Dag", new XlsxBuilder.Day("2026-10-01"), new XlsxBuilder.Day("2026-02-03")], ["Månad", new XlsxBuilder.Month("2026-10-01"), null]);

        foreach (var file in new[] { workbook.ToArray(), workbook.Since1904(since1904).ToArray() })
            Assert.Equal((2, 0, 0), (await host.Admin.SendFileAsync($"/plans/{plan}/imports", file, Files.Xlsx)).Counts());
        Assert.Equal(Enumerable.Repeat((string[])["2026-10-01|2026-10-01|2026-02-03", "oktober 2026|2026-10-31|"], 2).SelectMany(lines => lines), await host.LinesAsync(plan, "deadline", "dueDate", "completedOn"));

        (await host.Admin.SendFileAsync($"/imports?department=soc&key={key}", workbook.ToArray(), Files.Xlsx)).Must(200);
        Assert.Equal("Plan för 2026", (await host.Admin.GetAsync($"/plans/{key}")).Must(200)["title"]!.ToString());
    }

    [Theory]
    // Words in the column of numbers, with a sum and page numbers between and beneath.
    [InlineData("Nr;Åtgärd;Ansvarig\n1. Hälsa;;\n1.1;a;HR\nSida 1 av 2;;\n1.2;b;HR\nSumma:;2 åtgärder;\n2. Lokaler;;\n2.1;c;\nUtskriven 2026-02-01;;\n", "a|1-halsa b|1-halsa c|2-lokaler", "4 6 2 7 9")]
    // In capitals, or named as an area, among the actions.
    [InlineData("Åtgärd;Ansvarig\nHÄLSA;\na;HR\nb;\nFokusområde 2: Lokaler;\nc;HR\n", "a|halsa b|halsa c|fokusomrade-2-lokaler", "2 5")]
    // Without a number where all others have one; the last is an action.
    [InlineData("Nr;Åtgärd;Ansvarig\n;Hälsa;\n1;a;HR\n2;b;\n;c;\n", "a|halsa b|halsa c|halsa", "2")]
    // In the column of areas, and in one without heading; a title above another is no area.
    [InlineData("Område;Åtgärd;Ansvarig\nPersonal;;\nHälsa;;\n;a;HR\n;b;HR\n", "a|halsa b|halsa", "2 3")]
    [InlineData(";Åtgärd;Ansvarig\nHälsa;;\n;a;HR\n;b;HR\n", "a|halsa b|halsa", "2")]
    // Once for all rows beneath, as merged cells become in CSV; not where an area comes again, stands behind, or rows have keys.
    [InlineData("Område;Åtgärd\nHälsa;a\n;b\nLokaler;c\n;d\n", "a|halsa b|halsa c|lokaler d|lokaler", "Område")]
    [InlineData("Område;Åtgärd\nHälsa;a\n;b\nHälsa;c\n", "a|halsa b| c|halsa", "")]
    [InlineData("Åtgärd;Område\na;Hälsa\nb;\nc;Lokaler\n", "a|halsa b| c|lokaler", "")]
    [InlineData("Nyckel;Område;Åtgärd\n;Hälsa;a\n;;b\n;Lokaler;c\n", "a|halsa b| c|lokaler", "")]
    // An action may be all that a row says; headings come again on each page; numbers may wait for actions.
    [InlineData("Åtgärd;Ansvarig;Status\na;;\nb;HR;Pågår\nÅtgärd;Ansvarig;Status\nc;;\n", "a| b| c|", "2")]
    [InlineData("Nr;Åtgärd\n1;a\n2;\n3;\n", "a|", "3 4")]
    public async Task What_stands_between_the_actions_is_no_action_and_its_areas_are_those_of_the_rows_beneath(string csv, string actions, string told)
    {
        var plan = await host.PlanAsync();

        var answer = (await host.Admin.ImportAsync(plan, csv, "?createFocusAreas=true")).Must(200);

        Assert.Equal(actions, string.Join(' ', await host.LinesAsync(plan, "title", "focusArea")));
        Assert.Equal(told, string.Join(' ', answer["warnings"]!.AsArray().Select(warning => warning!.ToString().Replace("Rad ", "").Replace("Kolumnen ", "").Split(' ', ',')[0])));
    }

    [Fact]
    public async Task A_title_merged_across_the_table_is_the_area_of_the_rows_beneath_whatever_column_it_stands_in()
    {
        var plan = await host.PlanAsync();
        var workbook = new XlsxBuilder().Sheet("Blad1", ["Åtgärd", "Ansvarig", "Status"], ["Bra arbetsplatser"], ["a", "HR"], ["Ensam"], ["Friska chefer"], ["b", "HR"], ["Upprättad av förvaltningen"]).Merge("A2:C2").Merge("A5:B5").Merge("A7:C7");

        var refused = await host.Admin.ImportAsync(plan, workbook);
        Assert.Equal(["3 Område (ur rubrikrader) focusAreaMissing", "4 Område (ur rubrikrader) focusAreaMissing", "6 Område (ur rubrikrader) focusAreaMissing"], refused.RowFaults());

        (await host.Admin.ImportAsync(plan, workbook, "?createFocusAreas=true")).Must(200);
        Assert.Equal(["a|bra-arbetsplatser", "Ensam|bra-arbetsplatser", "b|friska-chefer"], await host.LinesAsync(plan, "title", "focusArea"));
    }

    [Fact]
    public async Task Headings_may_stand_in_two_rows()
    {
        object?[][] rows = [["Plan"], ["Nr", "Åtgärd", "Tidplan", null, "Ansvarig"], [null, null, "Start", "Slutdatum", null], [1, "a", "2026-02-01", "2026-03-31", "HR"]];
        var merged = new XlsxBuilder().Sheet("Blad1", rows).Merge("A2:A3").Merge("B2:B3").Merge("C2:D2").Merge("E2:E3");

        foreach (var workbook in new[] { merged, new XlsxBuilder().Sheet("Blad1", rows) })
        {
            var plan = await host.PlanAsync();
            Assert.Equal((1, 0, 0), (await host.Admin.ImportAsync(plan, workbook)).Counts());
            Assert.Equal(["1|a|2026-02-01|2026-03-31|HR"], await host.LinesAsync(plan, "externalId", "title", "startDate", "dueDate", "owner"));
        }
    }

    [Fact]
    public async Task Another_table_below_is_refused_by_its_row_and_a_risk_without_an_action_is_a_fault()
    {
        Assert.Equal("headingsAgain", (await host.Admin.ImportAsync(await host.PlanAsync(), "Nr;Åtgärd;Ansvarig\n1;a;HR\nAvslutade\nNr;Åtgärd;Resultat\n2;b;bra\n")).FileFault());
        Assert.Equal(["2 Åtgärd required"], (await host.Admin.ImportAsync(await host.PlanAsync(), "Risk;Åtgärd;Ansvarig\nHot;;\nStress;a;HR\n")).RowFaults());
    }

    [Fact]
    public async Task A_day_in_a_comment_is_when_it_is_followed_up_next_if_it_stands_alone_and_the_time_of_a_deadline_is_left_out()
    {
        var plan = await host.PlanAsync();

        Assert.Equal((4, 0, 0), (await host.Admin.ImportAsync(plan, new XlsxBuilder().Sheet("Blad1", ["Åtgärd", "Kommentar", "Klart senast"],
            ["a", "2026-09-12", new XlsxBuilder.Raw("s=\"1\"><v>46296.625</v>")], ["b", "Klart 2026-09-12", null], ["c", "Klar senast 12 september 2026", null], ["d", "Senast den 12 september 2026", null]))).Counts());

        Assert.Equal(["a|2026-09-12|2026-10-01", "b||", "c||", "d|2026-09-12|"], await host.LinesAsync(plan, "title", "nextFollowUpDate", "dueDate"));
        Assert.Equal(["Klart 2026-09-12"], (await host.Admin.GetAsync($"/actions/{plan}-2/follow-ups")).Items("note"));
    }
}
