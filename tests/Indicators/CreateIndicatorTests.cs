namespace ActionPlan.Tests.Indicators;

public class CreateIndicatorTests(IndicatorHost host) : IClassFixture<IndicatorHost>
{
    [Fact]
    public async Task A_name_is_enough_and_the_rest_gets_its_default()
    {
        var editor = await host.WithNewKeyAsync("editor", "soc");

        var answer = await editor.PostAsync("/indicators", new { name = "Sjukfrånvaro, lång (60+)" });

        var made = answer.Must(201);
        Assert.Equal("soc-sjukfranvaro-lang-60", made["key"]!.ToString());
        Assert.Equal(("lowerIsBetter", "monthly", "soc"), (made["direction"]!.ToString(), made["interval"]!.ToString(), made["department"]!.ToString()));
        Assert.EndsWith("/indicators/soc-sjukfranvaro-lang-60", answer.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(["key", "department", "name", "unitOfMeasure", "direction", "interval", "reportedTo", "reliabilityNote", "target", "actions", "latestValues", "missing", "missingCount",
            "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "_links"], made.Properties());
        Assert.Equal(["collection GET", "delete DELETE", "department GET", "edit PATCH", "self GET", "values GET"], made.Links());
        Assert.Null(made["target"]);
        Assert.Equal(answer.Text, (await editor.GetAsync("/indicators/soc-sjukfranvaro-lang-60")).Text);
    }

    [Fact]
    public async Task Everything_that_is_set_is_shown()
    {
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        var body = new
        {
            key = Given.Key("i"),
            department = "soc",
            name = "Stannar kvar",
            unitOfMeasure = "procent",
            direction = "higherIsBetter",
            interval = "yearly",
            reportedTo = "Socialnämnden",
            reliabilityNote = "Ungefärlig.\nRäknas för hand.",
            target = new { @operator = ">=", value = 90, by = "2027-12-31" },
            actions = (string[])[action],
        };

        var made = (await host.Admin.PostAsync("/indicators", body)).Must(201);

        foreach (var (name, value) in Body.Spelled(System.Text.Json.JsonSerializer.Serialize(body)) is var text ? System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject() : [])
            Assert.Equal(value!.ToJsonString(), made[name]!.ToJsonString());
    }

    [Fact]
    public async Task All_faults_are_told_at_once_those_within_the_target_too()
    {
        var foreign = (await host.ActionAsync("vof-2026"))["key"]!.ToString();
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync("/indicators", $$"""
            {"key":"Å","department":"soc","interval":"weekly","direction":"up","latestValues":[],"namn":"x",
             "target":{"operator":"<","value":"5,5","by":"snart","unit":"x"},"actions":["{{foreign}}","soc-2026-99999","x","soc-2026-1 "]}
            """);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(
            ["/actions/0 unknownActionOf", "/actions/1 unknownActionOf", "/actions/2 unknownActionOf", "/actions/3 unknownActionOf", "/direction unknownValue", "/interval unknownValue",
             "/key invalidKey", "/latestValues readOnlyProperty", "/name required", "/namn unknownProperty", "/target/by wrongType", "/target/operator unknownValue", "/target/unit unknownProperty",
             "/target/value wrongType"],
            answer.Faults());
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("""{"target":{}}""", "/target/operator required", "/target/value required")]
    [InlineData("""{"target":5}""", "/target wrongType")]
    [InlineData("""{"target":{"operator":"<=","value":0.1234567}}""", "/target/value tooManyDecimals")]
    [InlineData("""{"target":{"operator":"<=","value":1000000000000}}""", "/target/value numberOutOfRange")]
    [InlineData("""{"target":{"operator":"<=","value":1e-99}}""", "/target/value wrongType")]
    [InlineData("""{"target":{"operator":"<=","value":5,"value":6}}""", "/target/value duplicateProperty")]
    [InlineData("""{"name":"!!!"}""", "/key keyNotDerivable")]
    [InlineData("""{"department":"finns-inte"}""", "/department unknownDepartment")]
    [InlineData("""{"department":null}""", "/department required")]
    public async Task A_body_that_is_wrong_is_400(string body, params string[] faults)
    {
        var given = System.Text.Json.Nodes.JsonNode.Parse("""{"department":"soc","name":"x"}""")!.AsObject();
        var own = body[1..^1];
        var text = $"{{{own}{string.Concat(given.Where(g => !own.Contains($"\"{g.Key}\":", StringComparison.Ordinal)).Select(g => $",\"{g.Key}\":{g.Value!.ToJsonString()}"))}}}";

        var answer = await host.Admin.PostAsync("/indicators", text);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, answer.Faults());
    }

    [Fact]
    public async Task A_key_bound_to_a_department_makes_none_for_another_and_ties_no_action_of_another()
    {
        var editor = await host.WithNewKeyAsync("editor", "vof");
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();

        Assert.Equal(["/department unknownDepartment"], (await editor.PostAsync("/indicators", new { department = "soc", name = "x" })).Faults());
        Assert.Equal(["/actions/0 unknownActionOf"], (await editor.PostAsync("/indicators", new { name = "x", actions = (string[])[action] })).Faults());
    }

    [Fact]
    public async Task A_key_that_is_taken_is_409_and_one_that_was_deleted_begins_anew_without_its_values()
    {
        var key = await host.IndicatorAsync();
        await host.PutAsync(key, "2026-01 - 5");
        (await host.Admin.PostAsync("/indicators", new { key, department = "soc", name = "x" })).MustBeProblem(409, "key-taken");

        (await host.Admin.DeleteAsync($"/indicators/{key}")).Must(204);
        (await host.Admin.PostAsync("/indicators", new { key, department = "vof", name = "x" })).MustBeProblem(409, "key-taken");
        var again = (await host.Admin.PostAsync("/indicators", new { key, department = "soc", name = "Igen" })).Must(201);

        Assert.Equal((3, 0), (again["version"]!.GetValue<int>(), again["latestValues"]!.AsArray().Count));
        Assert.Empty((await host.Admin.GetAsync($"/indicators/{key}/values")).Items("period"));
    }
}
