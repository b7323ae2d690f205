using System.Text;

namespace ActionPlan.Tests.Indicators;

public class PutIndicatorValuesTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    static readonly (string, string) Csv = ("Content-Type", "text/csv");

    [Fact]
    public async Task What_is_named_is_set_and_the_rest_stays_and_sent_again_nothing_changes()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-01 - 1", "2026-02 - 2", "2026-03 A 3");
        const string body = """[{"period":"2026-02","value":2.5},{"period":"2026-03","unit":"a","value":3},{"period":"2026-04","unit":"A","value":0.1,"note":"Ny"},{"period":"2026-01","unit":null,"value":1.0,"note":""}]""";

        var first = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", body);
        var changes = await host.ChangesAsync();
        var again = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", body);

        Assert.Equal("""{"created":1,"updated":2,"unchanged":1,"skipped":0}""", first.Must(200).ToJsonString());
        Assert.Equal("""{"created":0,"updated":0,"unchanged":4,"skipped":0}""", again.Must(200).ToJsonString());
        Assert.Equal(changes, await host.ChangesAsync());
        Assert.Equal(["1", "2.5", "3", "0.1"], (await host.Admin.GetAsync($"/indicators/{key}/values")).Items("value"));
    }

    [Theory]
    [InlineData("period;enhet;värde;anmärkning\r\n2026-01;Vård;5,9;a, b, c\r\n2026-02;;\"1 234,5\";\r\n", "utf-8")]
    [InlineData("period;enhet;värde;anmärkning\r\n2026-01;Vård;5,9;a, b, c\r\n2026-02;;1 234,5;\r\n", "windows-1252")]
    [InlineData("Period\tVerksamhet\tUtfall\tKommentar\n2026-01\tVård\t5.9\ta, b, c\n2026-02\t\t1234.5\t", "utf-8")]
    [InlineData("period,unit,value,note\n2026-01,Vård,5.9,\"a, b, c\"\n2026-02,,1234.5,\n2026-03,Vård,,\n", "utf-8")]
    [InlineData("Sjukfrånvaro 2026;;;\n;;;\nnotering;värde;månad;enhet\na, b, c;5,9;2026-01;Vård\n;1234,50;2026-02;\n", "utf-8-bom")]
    public async Task A_sheet_is_read_whatever_it_was_saved_as(string text, string encoding)
    {
        var key = await host.IndicatorAsync();
        var bytes = encoding == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text) : Encoding.UTF8.GetBytes((encoding == "utf-8-bom" ? "\uFEFF" : "") + text);

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", bytes, Csv);

        Assert.Equal(2, answer.Must(200)["created"]!.GetValue<int>());
        var values = (await host.Admin.GetAsync($"/indicators/{key}/values")).Must(200)["items"]!.AsArray();
        Assert.Equal(["2026-01 Vård 5.9 a, b, c", "2026-02  1234.5 "], values.Select(v => $"{v!["period"]} {v["unit"]} {v["value"]!.ToJsonString()} {v["note"]}"));
    }

    [Fact]
    public async Task Every_fault_of_a_sheet_is_told_with_row_and_column_and_nothing_is_stored()
    {
        var key = await host.IndicatorAsync();
        var before = await host.ChangesAsync();

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values",
            "period;enhet;värde;anmärkning;antal;utfall\n2026-01;A;1;\n2026-Q1;A;1;\n2026-10;A;fem;\n;A;1.2,3;\n2026-01;a;2;\n2026-02;/;0,1234567;\n2026-03;A;;Kommer\n", Csv);

        answer.MustBeProblem(422, "import-refused");
        Assert.Equal(
            ["/rows/1 fieldTwice", "/rows/1 unknownColumn", "/rows/3/period periodDoesNotFit", "/rows/4/period periodNotBegun", "/rows/4/value wrongType", "/rows/5/period required", "/rows/5/value wrongType",
             "/rows/6/period sameRowTwice", "/rows/7/unit unitWithoutName", "/rows/7/value tooManyDecimals", "/rows/8/value required"],
            answer.Faults());
        var fault = answer["errors"]!.AsArray().Single(e => e!["pointer"]!.ToString() == "/rows/4/value")!;
        Assert.Equal(("4", "värde"), (fault["row"]!.ToString(), fault["column"]!.ToString()));
        Assert.StartsWith("Rad 4, värde: ", fault["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("", "emptyFile")]
    [InlineData("a;b\n1;2\n", "noValueHeadings")]
    [InlineData("<html>", "otherFile")]
    [InlineData("%PDF-1.7", "otherFile")]
    [InlineData("period;värde\n2026-01;\0", "notText")]
    public async Task What_is_no_sheet_of_values_is_400(string text, string code)
    {
        var key = await host.IndicatorAsync();

        Assert.Equal([$" {code}"], (await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", Encoding.UTF8.GetBytes(text), Csv)).Faults());
    }

    [Theory]
    [InlineData("""{"period":"2026-01","value":1}""", " notAList")]
    [InlineData("[", " invalidJson")]
    [InlineData("[1,{}]", "/0 wrongType", "/1/period required", "/1/value required")]
    [InlineData("""[{"period":"2026-01","value":1},{"period":"2026-01","value":2}]""", "/1/period sameRowTwice")]
    [InlineData("""[{"period":"2026","value":"1","enhet":"x","version":1}]""", "/0/enhet unknownProperty", "/0/period periodDoesNotFit", "/0/value wrongType", "/0/version readOnlyProperty")]
    public async Task Every_fault_of_a_list_is_told(string body, params string[] faults)
    {
        var key = await host.IndicatorAsync();
        var before = await host.ChangesAsync();

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", body);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, answer.Faults());
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task Its_media_type_its_size_and_its_precondition_are_checked()
    {
        var key = await host.IndicatorAsync();
        var path = $"/indicators/{key}/values";

        Assert.Contains("text/csv", (await host.Admin.SendAsync("PUT", path, "x", ("Content-Type", "text/plain"))).MustBeProblem(415)["detail"]!.ToString(), StringComparison.Ordinal);
        (await host.Admin.SendAsync("PUT", path, new string(' ', 1_000_001))).MustBeProblem(413);
        (await host.Admin.SendAsync("PUT", path, "[]", ("If-Match", "\"2\""))).MustBeProblem(412);
        (await host.Admin.SendAsync("PUT", path, "[]", ("If-Match", "\"1\""))).Must(200);
        (await host.Admin.SendAsync("PUT", "/indicators/finns-inte/values", "[]")).MustBeProblem(404);
        Assert.Equal([" tooMany"], (await host.Admin.SendAsync("PUT", path, $"[{string.Join(',', Enumerable.Repeat("{}", 20_001))}]")).Faults());
    }

    [Fact]
    public async Task A_thousand_values_are_stored_together()
    {
        var key = await host.IndicatorAsync();
        var body = $"[{string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"period":"{{2020 + (i % 60 / 12)}}-{{(i % 12) + 1:00}}","unit":"Enhet {{i / 60}}","value":{{i}}}"""))}]";

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values", body);

        Assert.Equal(1000, answer.Must(200)["created"]!.GetValue<int>());
        Assert.Equal(17, (await host.GetAsync(key))["latestValues"]!.AsArray().Count);
    }
}
