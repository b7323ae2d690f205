namespace ActionPlan.Tests.Exports;

public class CsvFileTests(ExportHost host) : IClassFixture<ExportHost>
{
    [Fact]
    public async Task It_opens_right_in_a_Swedish_office()
    {
        var file = await host.FileAsync("format=csv&status=paused");
        var action = (await host.Admin.GetAsync("/actions/soc-2026-1")).Must(200);

        Assert.Equal("text/csv; charset=utf-8; header=present", file.Headers["Content-Type"]);
        Assert.Equal("\uFEFF"
            + "Nyckel;Plan;Åtgärdsnummer;Åtgärd;Beskrivning;Område;Status;Orsak;Ansvarig;Ansvarigs e-post;Initiativtagare;Medverkande;Tidplan;Startdatum;Sista dag;"
            + "Återkommer;Prioritet;Prognos;Lyfts fram;Försenad;Förväntad effekt;Källa;Insatsnummer;Försök;Beslut senast;Klart datum;Kontrollerad datum;"
            + "Uppföljningsintervall;Uppföljningsdatum;Utvärderas av;Utvärderas senast;Stöd för utvärdering;Etiketter;Externt id;Skapad;Skapad av;Ändrad;Ändrad av;Version\r\n"
            + "soc-2026-1;soc-2026;1;Allt på en gång;\"Första raden; \"\"citat\"\"\nAndra raden, å ä ö 😀\";\"Hälsa; arbetsmiljö\";Pausad;Väntar;HR-enheten;hr@example.se;APT;"
            + "\"Vision, Kommunal\nFacken\";hösten 2026;2026-09-01;2026-11-30;Nej;Hög;;Ja;Nej;'=1+1;\"1-2\";80;Ja;2026-12-24;;;"
            + $"Varje halvår;2026-06-01;''citerad;2027-01-31;'@högskolan;\"ett; två\";\"0017\";{action["createdAt"]};{action["createdBy"]};{action["createdAt"]};{action["createdBy"]};1\r\n",
            ExportHost.Whole(file));
    }

    [Theory]
    [InlineData("format=csv&dialect=rfc4180", "sv")]
    [InlineData("format=csv", "en")]
    public async Task Other_programs_and_the_English_get_commas_names_and_codes(string query, string language)
    {
        var lines = ExportHost.Whole(await host.FileAsync(query + "&fields=focusArea,status,priority,recurrence,isTrial,isOverdue,followUpInterval,participants&status=paused", ("Accept-Language", language))).Split("\r\n");

        Assert.Equal("\uFEFFkey,focusArea,status,priority,recurrence,isTrial,isOverdue,followUpInterval,participants", lines[0]);
        Assert.Equal("soc-2026-1,halsa,paused,high,none,true,false,halfYearly,\"Vision, Kommunal\nFacken\"", lines[1]);
    }

    [Fact]
    public async Task The_dialect_goes_before_the_language() =>
        Assert.StartsWith("Nyckel;Status", (await host.FileAsync("format=csv&dialect=excel&fields=status", ("Accept-Language", "en"))).Text);

    [Fact]
    public async Task Text_that_a_sheet_would_run_as_a_formula_is_led_by_an_apostrophe() =>
        Assert.Equal(["Åtgärd", "Allt på en gång", "'-minus", "'+46 8 123", "''=SUMMA(A1)", "Förslag"],
            (await host.FileAsync("format=csv&fields=title")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')[1]));

    [Fact]
    public async Task Whatever_a_formula_may_begin_with_is_neutralised_and_read_again_as_it_was()
    {
        string[] titles = ["=1", "+1", "-1", "@a", "'=1", "''", "'", "'a", "＝1", "＋1", "－1", "＠a"];
        var plan = await host.PlanAsync();
        foreach (var title in titles) await host.ActionAsync(plan, new { title, description = "\t\r\n" + title });
        await host.ExecuteAsync("update action set description = '\r=1' where plan = @Plan and number = 1", new { Plan = plan });

        var file = await host.Admin.GetAsync($"/plans/{plan}/actions?format=csv&fields=title");

        Assert.Equal([.. titles.Select(title => title is "'" or "'a" ? title.Length == 1 ? "''" : "''a" : "'" + title)], file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(';')[1]));
        foreach (var (format, type) in new[] { ("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") })
        {
            var again = (await host.Admin.PostAsync($"/plans/{plan}/imports", (await host.Admin.GetAsync($"/plans/{plan}/actions?format={format}")).Bytes, ("Content-Type", type))).Must(200);
            Assert.Equal($"0 0 {titles.Length}", $"{again["created"]} {again["updated"]} {again["unchanged"]}");
        }
    }

    [Fact]
    public async Task A_section_is_named_by_its_title_where_that_is_its_own() =>
        Assert.Equal(["Område", "\"Hälsa", "moten", "", "", "moten-2"],
            (await host.FileAsync("format=csv&fields=focusArea")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')[1]));
}
