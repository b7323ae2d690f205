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
}
