using System.Text;

namespace ActionPlan.Tests.Imports;

public class ImportActionsTests(PlanHost host) : IClassFixture<PlanHost>
{
    const string Sheet = """
        Åtgärdsplan 2026 för Socialförvaltningen;;;;;;
        Reviderad 2026-02-01;;;;;;
        ;;;;;;
        Nr;Åtgärd;Ansvarig;Klart senast;Status;Uppföljning;Rum
        1;Införa mentorsprogram;HR-enheten;hösten 2026;Pågår;Första gruppen är i gång;Sal 3
        2;Se över scheman;Enhetschef;snarast;Ej påbörjad;;
        3;"Skyddsrond
        varje enhet";;2026-03-31;Klar;2026-10-01;
        4;Ny lokal;;;Avbruten;Budget saknas;
        5;Friskvård;;;Uppföljd;Alla är nöjda;
        6;Samverkan med facken;;;Löpande;;

        """;

    [Theory]
    [InlineData("utf-8", ";")]
    [InlineData("utf-8", ",")]
    [InlineData("utf-8", "\t")]
    [InlineData("utf-8-bom", ";")]
    [InlineData("windows-1252", ";")]
    [InlineData("utf-16", "\t")]
    public async Task A_plan_as_it_stands_in_a_spreadsheet_is_read_as_its_author_meant_it(string encoding, string delimiter)
    {
        var plan = await PlanAsync();
        var csv = Sheet.Replace(";", delimiter);
        byte[] bytes = encoding switch
        {
            "utf-8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)],
            "windows-1252" => Files.Windows1252.GetBytes(csv),
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(csv)],
            _ => Encoding.UTF8.GetBytes(csv),
        };

        var answer = await host.Admin.SendFileAsync($"/plans/{plan}/imports", bytes, "text/csv");

        Assert.Equal((6, 0, 0), answer.Counts());
        Assert.Equal(
            [
                "1|Införa mentorsprogram|HR-enheten|hösten 2026|2026-09-01|2026-11-30|none|inProgress||Rum: Sal 3|",
                "2|Se över scheman|Enhetschef|snarast||||planned|||",
                "3|Skyddsrond varje enhet||2026-03-31||2026-03-31|none|done|||2026-10-01",
                "4|Ny lokal||||||cancelled|Budget saknas||",
                "5|Friskvård||||||verified|||",
                "6|Samverkan med facken|||2026-01-01||continuous|inProgress|||",
            ],
            await host.LinesAsync(plan, "externalId", "title", "owner", "deadline", "startDate", "dueDate", "recurrence", "status", "statusReason", "description", "nextFollowUpDate"));
        Assert.Equal(["externalId", "title", "owner", "deadline", "status", "followUp", ""], answer["columns"]!.AsArray().Select(c => c!["field"]?.ToString() ?? ""));
        Assert.Equal("Rum description", $"{answer["columns"]![6]!["heading"]} {answer["columns"]![6]!["use"]}");
        Assert.Equal(["5 created 1", "6 created 2", "7 created 3", "8 created 4", "9 created 5", "10 created 6"],
            answer["rows"]!.AsArray().Select(r => $"{r!["row"]} {r["outcome"]} {r["key"]!.ToString().Split('-')[^1]}"));
        Assert.Contains("snarast", Assert.Single(answer["rows"]![1]!["warnings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_one_that_was_edited_changes_what_was_edited()
    {
        var plan = await PlanAsync();
        (await host.Admin.ImportAsync(plan, Sheet)).Must(200);
        var before = await host.ChangesAsync();

        Assert.Equal((0, 0, 6), (await host.Admin.ImportAsync(plan, Sheet)).Counts());
        Assert.Equal(before, await host.ChangesAsync());

        var edited = Sheet.Replace("HR-enheten", "Ekonomi").Replace("Ej påbörjad;;", "Pågår;Påbörjat;").Replace("Sal 3", "Sal 4") + "7;Helt ny;;;;;\n";
        var answer = await host.Admin.ImportAsync(plan, edited);
        Assert.Equal((1, 2, 4), answer.Counts());
        Assert.Equal(["Ekonomi|Rum: Sal 4|inProgress", "Enhetschef||inProgress", "||done", "||cancelled", "||verified", "||inProgress", "||planned"], await host.LinesAsync(plan, "owner", "description", "status"));
        Assert.Equal(["Påbörjat"], (await host.Admin.GetAsync($"/actions/{plan}-2/follow-ups")).Items("note"));
        Assert.Equal((0, 0, 7), (await host.Admin.ImportAsync(plan, edited)).Counts());
    }

    [Fact]
    public async Task A_column_that_is_absent_leaves_the_field_and_an_empty_cell_clears_it()
    {
        var plan = await PlanAsync();
        _ = (await host.ActionAsync(plan, new { title = "Mentor", description = "Kvar", owner = "HR", deadline = "hösten 2026", tags = (string[])["a"] }))["key"]!.ToString();

        Assert.Equal((0, 1, 0), (await host.Admin.ImportAsync(plan, $"Nyckel;Ansvarig;Etiketter\n{plan}-1;;\n")).Counts());

        Assert.Equal(["Mentor|Kvar||hösten 2026|2026-11-30|[]|2"], await host.LinesAsync(plan, "title", "description", "owner", "deadline", "dueDate", "tags", "version"));
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var plan = await PlanAsync();
        var before = await host.ChangesAsync();

        var dry = (await host.Admin.ImportAsync(plan, Sheet, "?dryRun=true")).Must(200);
        Assert.Equal(before, await host.ChangesAsync());
        var real = (await host.Admin.ImportAsync(plan, Sheet)).Must(200);

        Assert.True(dry["dryRun"]!.GetValue<bool>());
        Assert.Equal(real.Without("dryRun"), dry.Without("dryRun"));
    }

    [Fact]
    public async Task One_bad_row_and_nothing_is_stored_and_every_fault_is_told_by_row_and_column()
    {
        var plan = await PlanAsync();
        var before = await host.ChangesAsync();

        var answer = await host.Admin.ImportAsync(plan, $"""
            Nyckel;Åtgärd;Område;Status;Startdatum;Sista dag;Insatsnummer;Prio
            ;Bra;;Pågår;;;;hög
            ;;;kanske;2026-13-01;;x;
            {plan}-99;Borta;Okänt;;2026-02-02;2026-02-01;;#REF!
            """);

        Assert.Equal(
            [
                "3 Status unknownWord", "3 Startdatum notADate", "3 Insatsnummer unknownWord", "3 Åtgärd required",
                "4 Prio errorCell", "4 Nyckel unknownAction", "4 Område focusAreaMissing", "4 Startdatum startAfterDue",
            ],
            answer.RowFaults());
        Assert.Equal("/rows/3/status", answer["errors"]![0]!["pointer"]!.ToString());
        Assert.StartsWith("Rad 3, Status: ”kanske” ", answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal((1, 2), (answer["import"]!["created"]!.GetValue<int>(), answer["import"]!["failed"]!.GetValue<int>()));
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task Json_rows_have_the_apis_own_types_and_pointers()
    {
        var plan = await PlanAsync();

        Assert.Equal((2, 0, 0), (await host.Admin.ImportAsync(plan, [
            new { externalId = "a", title = "Ett", participants = (string[])["Kommunal", "Vision; Akavia"], isTrial = true, dueDate = "2026-05-01", status = "inProgress" },
            new { title = "Två", priority = "high", recurrence = "monthly" },
        ])).Counts());
        Assert.Equal(
            ["""Ett|["Kommunal","Vision; Akavia"]|true|2026-05-01|1 maj 2026|inProgress||none""", "Två|[]|false|||planned|high|monthly"],
            await host.LinesAsync(plan, "title", "participants", "isTrial", "dueDate", "deadline", "status", "priority", "recurrence"));

        var faulty = await host.Admin.ImportAsync(plan, [new { title = "Tre" }, new { title = "Fyra", status = "nej" }]);
        Assert.Equal(["2 status unknownWord"], faulty.RowFaults());
        Assert.Equal("/1/status", faulty["errors"]![0]!["pointer"]!.ToString());
    }

    [Fact]
    public async Task A_workbook_gives_its_values_whatever_they_look_like()
    {
        var plan = await PlanAsync();
        var workbook = new XlsxBuilder()
            .Sheet("Om planen", ["Här finns ingen tabell"])
            .Sheet("Åtgärder", ["Åtgärdsplan"], ["Frågeområde", "Åtgärd", "Klart senast", "Genomförandegrad", "Prio", "Klart datum"],
                ["Hälsa", "Datum i cell", new XlsxBuilder.Day("2026-03-31"), new XlsxBuilder.Percent(0.5), 1, null],
                [null, "Datum som tal", 46112, new XlsxBuilder.Percent(0), 3, null],
                [null, new XlsxBuilder.Raw("t=\"str\"><f>A1&amp;\"x\"</f><v>Ur en formel</v>"), "hösten 2026", new XlsxBuilder.Percent(1), "medel", new XlsxBuilder.Day("2026-02-01")])
            .Merge("A3:A5");

        Assert.Equal((3, 0, 0), (await host.Admin.ImportAsync(plan, workbook, "?createFocusAreas=true")).Counts());

        Assert.Equal(
            ["halsa|Datum i cell|2026-03-31|inProgress|high|", "halsa|Datum som tal|2026-03-31|planned|low|", "halsa|Ur en formel|2026-11-30|done|normal|2026-02-01"],
            await host.LinesAsync(plan, "focusArea", "title", "dueDate", "status", "priority", "completedOn"));
    }

    [Fact]
    public async Task What_was_imported_stands_in_the_change_log_as_it_is_answered()
    {
        var plan = await PlanAsync();
        (await host.Admin.ImportAsync(plan, Sheet)).Must(200);

        foreach (var number in Enumerable.Range(1, 6))
        {
            var now = (await host.Admin.GetAsync($"/actions/{plan}-{number}")).Must(200);
            var past = (await host.Admin.GetAsync($"/actions/{plan}-{number}?asOf={Uri.EscapeDataString(now["updatedAt"]!.ToString())}")).Must(200);
            Assert.Equal(now.Without("_links", "isOverdue"), past.Without("_links", "isOverdue"));
        }

        var changes = (await host.Admin.GetAsync($"/plans/{plan}/changes?limit=1000")).Items("resource").OfType<string>().CountBy(resource => resource).Select(c => $"{c.Key} {c.Value}").Order();
        Assert.Equal(["action 6", "followUp 3", "plan 1"], changes);
        Assert.Equal(["1", "5"], (await host.Admin.GetAsync($"/plans/{plan}/actions?q=gruppen")).Items("externalId").Concat((await host.Admin.GetAsync($"/plans/{plan}/actions?q=nöjda")).Items("externalId")));
        Assert.Equal(["check|notMeasurable|Alla är nöjda"], (await host.Admin.GetAsync($"/actions/{plan}-5/follow-ups")).Must(200)["items"]!.AsArray().Select(f => $"{f!["kind"]}|{f["effect"]}|{f["note"]}"));
    }

    [Fact]
    public async Task A_closed_plan_is_409_and_another_departments_404()
    {
        var closed = await PlanAsync();
        await host.CloseAsync(closed);
        var stranger = await host.WithNewKeyAsync("editor", "vof");

        (await host.Admin.ImportAsync(closed, Sheet)).MustBeProblem(409, "plan-closed");
        (await stranger.ImportAsync("soc-2026", Sheet)).MustBeProblem(404);
        (await stranger.SendFileAsync("/imports?department=soc&title=x&key=stulen", Encoding.UTF8.GetBytes(Sheet), "text/csv")).MustBeProblem(400);
    }

    [Fact]
    public async Task Of_two_files_imported_at_once_each_row_has_a_number_of_its_own()
    {
        var plan = await host.PlanAsync();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(file =>
            host.Admin.ImportAsync(plan, "Nr;Åtgärd\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"{file}-{i};Åtgärd {i}\n")))));

        Assert.All(both, answer => Assert.Equal((300, 0, 0), answer.Counts()));
        Assert.Equal(Enumerable.Range(1, 600).Select(number => $"{plan}-{number}"), (await host.Admin.GetAsync($"/plans/{plan}/actions?limit=1000")).Items("key"));
    }

    [Fact]
    public async Task An_action_that_is_named_by_its_key_and_by_its_number_from_elsewhere_is_named_twice()
    {
        var plan = await PlanAsync();
        await host.Admin.ImportAsync(plan, "Id;Åtgärd\nX1;Ett\n");

        Assert.Equal(["3 Id sameRowTwice"], (await host.Admin.ImportAsync(plan, $"Nyckel;Id;Åtgärd\n{plan}-1;;A\n;X1;B\n")).RowFaults());
        Assert.Equal(["Ett"], await host.LinesAsync(plan, "title"));
    }

    [Fact]
    public async Task A_day_of_completion_alone_says_nothing_new_of_what_has_been_checked()
    {
        var plan = await PlanAsync();
        await host.Admin.ImportAsync(plan, "Åtgärd;Status;Klart datum\nEtt;Kontrollerad;2026-03-01\nTvå;Pågår;\n");

        var answer = await host.Admin.ImportAsync(plan, $"Nyckel;Åtgärd;Klart datum\n{plan}-1;Ett;2026-03-01\n{plan}-2;Två;2026-04-01\n");

        Assert.Equal((0, 1, 1), answer.Counts());
        Assert.Equal(["Ett|verified", "Två|done"], await host.LinesAsync(plan, "title", "status"));
    }

    async Task<string> PlanAsync()
    {
        var key = Given.Key("i");
        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Plan", periodStart = "2026-01-01", periodEnd = "2027-12-31" })).Must(201);
        return key;
    }
}
