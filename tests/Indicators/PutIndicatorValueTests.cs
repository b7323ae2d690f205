namespace ActionPlan.Tests.Indicators;

public class PutIndicatorValueTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task The_first_time_it_is_created_then_it_is_the_same_then_it_is_changed()
    {
        var key = await host.IndicatorAsync();
        var path = $"/indicators/{key}/values/2026-08";

        var first = await PutAsync(new { unit = "Barn och ungdom", value = 5.90 });
        var again = await PutAsync(new { unit = "Barn och ungdom", value = 5.9, note = (string?)null });
        var changes = await host.ChangesAsync();
        var third = await PutAsync(new { unit = "Barn och ungdom", value = 6, note = "Prel." });

        Assert.Equal((201, 200, 200), (first.Status, again.Status, third.Status));
        Assert.EndsWith($"/values/2026-08?unit=Barn%20och%20ungdom", first.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(["indicator", "period", "unit", "value", "note", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "_links"], first.Json.Properties());
        Assert.Equal(["collection GET", "delete DELETE", "edit PUT", "self GET", "up GET"], first.Json.Links());
        Assert.Equal(("5.9", 1, first.Text), (first["value"]!.ToJsonString(), first["version"]!.GetValue<int>(), again.Text));
        Assert.Equal(("6", 2, "Prel."), (third["value"]!.ToJsonString(), third["version"]!.GetValue<int>(), third["note"]!.ToString()));
        var change = (await host.Admin.GetAsync($"/changes?resource=indicatorValue&after={changes}")).Must(200)["items"]!.AsArray().Single()!;
        Assert.Equal("""[{"field":"value","old":5.9,"new":6},{"field":"note","old":null,"new":"Prel."}]""", change["changedFields"]!.ToJsonString());
        Assert.Equal(($"{key}/2026-08/barnochungdom", first.Json.Link("self")), (change["key"]!.ToString(), change.Link("about")));
        Assert.Equal(1, (await host.GetAsync(key))["version"]!.GetValue<int>());

        Task<Answer> PutAsync(object body) => host.Admin.SendAsync("PUT", path, body);
    }

    [Fact]
    public async Task A_unit_is_one_however_it_is_spelled_and_the_whole_is_none()
    {
        var key = await host.IndicatorAsync();

        await host.PutAsync(key, "2026-08 HR-enheten 1", "2026-08 - 2");
        var spelled = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/2026-08", new { unit = "hr enheten", value = 3 });

        Assert.Equal((200, "hr enheten"), (spelled.Status, spelled["unit"]!.ToString()));
        Assert.Equal([null, "hr enheten"], (await host.Admin.GetAsync($"/indicators/{key}/values")).Items("unit"));
    }

    [Theory]
    [InlineData("monthly", "2015-Q3", "2015-07")]
    [InlineData("quarterly", "2015-08", "2015-Q3")]
    [InlineData("tertial", "2015-Q1", "2015-T2")]
    [InlineData("yearly", "2015-T2", "2015")]
    [InlineData("monthly", "2015-13", "2015-07")]
    [InlineData("monthly", "2015", "2015-07")]
    [InlineData("monthly", "2015-8", "2015-07")]
    [InlineData("monthly", "1815-08", "2015-07")]
    [InlineData("quarterly", "2015-q3", "2015-Q3")]
    public async Task A_period_that_does_not_fit_the_interval_is_400_that_says_how(string interval, string period, string example)
    {
        var key = await host.IndicatorAsync(new { interval });

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/{period}", new { });

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(["/value required", "period periodDoesNotFit"], answer.Faults());
        Assert.Contains(example, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("monthly", "2026-09", "2026-10")]
    [InlineData("quarterly", "2026-Q3", "2026-Q4")]
    [InlineData("tertial", "2026-T3", "2027-T1")]
    [InlineData("yearly", "2026", "2027")]
    public async Task A_period_that_has_not_begun_has_no_value(string interval, string current, string next)
    {
        var key = await host.IndicatorAsync(new { interval });

        await host.PutAsync(key, $"{current} - 1");

        Assert.Equal(["period periodNotBegun"], (await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/{next}", new { value = 1 })).Faults());
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0.1", "0.1")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("-999999999999", "-999999999999")]
    [InlineData("123456789012.123456", "123456789012.123456")]
    [InlineData("0.300000", "0.3")]
    [InlineData("90071992547.40993", "90071992547.40993")]
    public async Task A_value_is_kept_exactly(string sent, string shown)
    {
        var key = await host.IndicatorAsync();

        var answer = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/2026-01", $$"""{"value":{{sent}}}""");

        Assert.Contains($"\"value\":{shown},", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"\"value\":{shown},", (await host.Admin.GetAsync($"/indicators/{key}/values/2026-01")).Text, StringComparison.Ordinal);
        Assert.Equal(shown, (await host.RowsAsync("select value from indicator_value where indicator = @key", new { key }))[0]["value"]);
    }

    [Theory]
    [InlineData("""{"value":null}""", "/value required")]
    [InlineData("""{"value":"5"}""", "/value wrongType")]
    [InlineData("""{"value":0.0000001}""", "/value tooManyDecimals")]
    [InlineData("""{"value":1000000000000}""", "/value numberOutOfRange")]
    [InlineData("""{"value":12345678901234567890123456789012345678901234567890}""", "/value wrongType")]
    [InlineData("""{"value":1,"unit":"/"}""", "/unit unitWithoutName")]
    [InlineData("""{"value":1,"period":"2026-01"}""", "/period readOnlyProperty")]
    [InlineData("""{"value":1,"enhet":"x"}""", "/enhet unknownProperty")]
    public async Task A_body_that_is_wrong_is_400(string body, string fault)
    {
        var key = await host.IndicatorAsync();

        Assert.Equal([fault], (await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/2026-01", body)).Faults());
    }

    [Fact]
    public async Task A_precondition_guards_it_also_where_there_is_none_yet()
    {
        var key = await host.IndicatorAsync();
        var path = $"/indicators/{key}/values/2026-08";

        (await host.Admin.SendAsync("PUT", path, new { value = 1 }, ("If-Match", "\"1\""))).MustBeProblem(412, "stale");
        (await host.Admin.SendAsync("PUT", path, new { value = 1 })).Must(201);
        (await host.Admin.SendAsync("PUT", path, new { value = 2 }, ("If-Match", "\"1\""))).Must(200);
        (await host.Admin.SendAsync("PUT", path, new { value = 3 }, ("If-Match", "\"1\""))).MustBeProblem(412, "stale");
        Assert.Equal(204, (await host.Admin.SendAsync("PUT", path, new { value = 3 }, ("Prefer", "return=minimal"))).Status);
    }

    [Fact]
    public async Task One_that_was_deleted_is_created_again_and_no_ETag_returns()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-08 - 1");
        (await host.Admin.DeleteAsync($"/indicators/{key}/values/2026-08")).Must(204);

        var again = await host.Admin.SendAsync("PUT", $"/indicators/{key}/values/2026-08", new { value = 1 });

        Assert.Equal(3, again.Must(201)["version"]!.GetValue<int>());
    }
}
