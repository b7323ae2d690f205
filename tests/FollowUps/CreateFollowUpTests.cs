using System.Text.Json.Nodes;

namespace ActionPlan.Tests.FollowUps;

/// <summary>It is ten in the morning of 31 March 2026, unless a test says otherwise.</summary>
public class CreateFollowUpTests : IClassFixture<PlanHost>
{
    readonly PlanHost host;

    public CreateFollowUpTests(PlanHost host)
    {
        this.host = host;
        host.Clock.StopAt("2026-03-31T08:00:00Z");
    }

    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor", owner = "HR-enheten" });

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups",
            """{"date":"2026-03-02","kind":"evaluation","note":"Nio av tio är kvar 🎉\nTvå rader","author":"Utvecklaren","prognosis":"yellow","effect":"worsened","nextFollowUpDate":"2026-09-01"}""");

        var followUp = answer.Must(201);
        Assert.Equal("id action plan title owner date kind note author prognosis effect nextFollowUpDate createdAt _links", string.Join(' ', followUp.Properties()));
        Assert.Equal(Body.Spelled(
            $$"""
            {
              "action": "{{plan}}-1", "plan": "{{plan}}", "title": "Mentor", "owner": "HR-enheten", "date": "2026-03-02", "kind": "evaluation",
              "note": "Nio av tio är kvar 🎉\nTvå rader", "author": "Utvecklaren", "prognosis": "yellow", "effect": "worsened", "nextFollowUpDate": "2026-09-01"
            }
            """), followUp.Without("id", "createdAt", "_links"));
        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1/follow-ups/{followUp["id"]}", answer.Headers["Location"]);
        Assert.Equal(answer.Headers["Location"], followUp.Link("self"));
        Assert.Equal('7', followUp["id"]!.ToString()[14]);
        var read = await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups/{followUp["id"]}");
        Assert.Equal((followUp.Without(), answer.ETag), (read.Must(200).Without(), read.ETag));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"date":null,"kind":null,"note":"","author":" ","prognosis":null,"effect":null,"nextFollowUpDate":null}""")]
    public async Task What_is_left_out_is_null_or_its_default(string body)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var followUp = (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", body)).Must(201);

        Assert.Equal(Body.Spelled(
            $$"""
            {
              "action": "{{plan}}-1", "plan": "{{plan}}", "title": "Alla nyanställda får en mentor", "owner": null, "date": "2026-03-31", "kind": "progress",
              "note": null, "author": "admin", "prognosis": null, "effect": null, "nextFollowUpDate": null
            }
            """), followUp.Without("id", "createdAt", "_links"));
    }

    [Theory]
    [InlineData("2026-03-31T21:59:59Z", "2026-03-31")]
    [InlineData("2026-03-31T22:00:00Z", "2026-04-01")]
    public async Task It_is_made_on_the_day_in_Stockholm_unless_told(string now, string date)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        host.Clock.StopAt(now);

        Assert.Equal(date, (await host.FollowUpAsync($"{plan}-1"))["date"]!.ToString());
    }

    [Fact]
    public async Task The_author_is_the_key_unless_told()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var editor = await host.WithNewKeyAsync("editor", name: "Verksamhetsutvecklarens skript");

        var followUp = (await editor.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "x" })).Must(201);

        Assert.Equal("Verksamhetsutvecklarens skript", followUp["author"]!.ToString());
    }

    [Fact]
    public async Task The_latest_decides_prognosis_and_next_day_and_one_that_is_told_late_nothing()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        await host.FollowUpAsync($"{plan}-1", new { date = "2026-03-10", prognosis = "red", nextFollowUpDate = "2026-05-01" });
        Assert.Equal("red 2026-05-01", await StandsAsync());
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-03-09", prognosis = "green", nextFollowUpDate = "2026-04-01" });
        Assert.Equal("red 2026-05-01", await StandsAsync());
        // Of two on a day, the one that was stored last.
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-03-10", prognosis = "yellow" });
        Assert.Equal("yellow 2026-05-01", await StandsAsync());
        // One that says nothing of the prognosis leaves it.
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-03-11", nextFollowUpDate = "2026-06-01" });
        Assert.Equal("yellow 2026-06-01", await StandsAsync());

        async Task<string> StandsAsync()
        {
            var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
            return $"{action["prognosis"]} {action["nextFollowUpDate"]}";
        }
    }

    [Theory]
    [InlineData("monthly", "2026-01-15", "2026-02-15")]
    [InlineData("monthly", "2026-01-31", "2026-02-28")]
    [InlineData("monthly", "2028-01-31", "2028-02-29")]
    [InlineData("monthly", "2026-02-28", "2026-03-28")]
    [InlineData("monthly", "2026-12-31", "2027-01-31")]
    [InlineData("quarterly", "2025-11-30", "2026-02-28")]
    [InlineData("tertial", "2026-10-31", "2027-02-28")]
    [InlineData("tertial", "2026-08-31", "2026-12-31")]
    [InlineData("halfYearly", "2026-08-31", "2027-02-28")]
    [InlineData("yearly", "2028-02-29", "2029-02-28")]
    [InlineData("none", "2026-01-31", null)]
    [InlineData(null, "2026-01-31", null)]
    [InlineData("monthly", "9999-11-30", "9999-12-30")]
    [InlineData("monthly", "9999-12-31", null)]
    [InlineData("yearly", "9999-01-01", null)]
    public async Task The_next_is_one_interval_later(string? followUpInterval, string date, string? next)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", followUpInterval, nextFollowUpDate = "2020-01-01" });

        var followUp = await host.FollowUpAsync($"{plan}-1", new { date });

        Assert.Equal(next, followUp["nextFollowUpDate"]?.ToString());
        Assert.Equal(next, (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["nextFollowUpDate"]?.ToString());
    }

    [Theory]
    [InlineData("monthly", "2026-03-31", "2026-05-15", "2026-05-15")] // told: that day
    [InlineData("monthly", "2026-03-31", null, "2026-04-30")] // early: the interval begins anew
    [InlineData(null, "2026-03-31", null, "2026-04-15")] // early and without interval: the one that is awaited remains
    [InlineData(null, "2026-04-15", null, null)] // the awaited one has been made
    [InlineData(null, "2026-04-16", null, null)]
    public async Task The_awaited_day_is_met_or_moved(string? followUpInterval, string date, string? told, string? next)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", followUpInterval, nextFollowUpDate = "2026-04-15" });

        await host.FollowUpAsync($"{plan}-1", new { date, nextFollowUpDate = told });

        Assert.Equal(next, (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["nextFollowUpDate"]?.ToString());
    }

    [Theory]
    [InlineData("improved")]
    [InlineData("unchanged")]
    [InlineData("worsened")]
    [InlineData("notMeasurable")]
    public async Task A_check_with_a_verdict_verifies_what_is_done(string effect)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done", completedOn = "2026-02-01", followUpInterval = "monthly", nextFollowUpDate = "2026-04-01" });

        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect, date = "2026-03-30" });

        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal("verified 2026-02-01 2026-03-30 ", $"{action["status"]} {action["completedOn"]} {action["verifiedOn"]} {action["nextFollowUpDate"]}");
        Assert.Equal((2, "[\"inProgress\"]"), (action["version"]!.GetValue<int>(), action["allowedStatuses"]!.ToJsonString()));
    }

    [Fact]
    public async Task One_that_verifies_may_say_when_to_look_again()
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), "done");

        await host.FollowUpAsync(key, new { kind = "check", effect = "improved", nextFollowUpDate = "2026-10-01" });

        Assert.Equal("2026-10-01", (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["nextFollowUpDate"]!.ToString());
    }

    [Theory]
    [InlineData("""{"kind":"check"}""")]
    [InlineData("""{"kind":"check","note":"Tittade"}""")]
    [InlineData("""{"kind":"check","effect":"tooEarly","nextFollowUpDate":"2026-06-01"}""")]
    [InlineData("""{"kind":"progress","effect":"improved"}""")]
    [InlineData("""{"effect":"improved"}""")]
    [InlineData("""{"kind":"evaluation","effect":"improved"}""")]
    public async Task Nothing_else_verifies(string body)
    {
        var key = await host.ActionInAsync(await host.PlanAsync(), "done");

        (await host.Admin.PostAsync($"/actions/{key}/follow-ups", body)).Must(201);

        var action = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        Assert.Equal(("done", null), (action["status"]!.ToString(), action["verifiedOn"]?.ToString()));
    }

    [Fact]
    public async Task A_check_that_was_made_too_early_needs_another_day()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done", followUpInterval = "monthly" });
        var body = """{"kind":"check","effect":"tooEarly"}""";

        var swedish = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", body);
        var english = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", body, ("Accept-Language", "en"));
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { kind = "check", effect = "tooEarly", nextFollowUpDate = "2026-06-15" })).Must(201);

        Assert.Equal((400, "/nextFollowUpDate nextRequired"), (swedish.Status, Assert.Single(swedish.Faults())));
        Assert.Equal("En kontroll som gjordes för tidigt behöver en ny dag. Ange nextFollowUpDate.", swedish["errors"]![0]!["detail"]!.ToString());
        Assert.Equal("A check that was made too early needs another day. Give nextFollowUpDate.", english["errors"]![0]!["detail"]!.ToString());
        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal("done 2026-06-15", $"{action["status"]} {action["nextFollowUpDate"]}");
    }

    [Fact]
    public async Task A_check_that_is_told_late_verifies_and_decides_nothing_else()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done" });
        await host.FollowUpAsync($"{plan}-1", new { prognosis = "green", nextFollowUpDate = "2026-07-01" });

        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "improved", date = "2026-03-01", prognosis = "red" });

        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal("verified 2026-03-01 green 2026-07-01", $"{action["status"]} {action["verifiedOn"]} {action["prognosis"]} {action["nextFollowUpDate"]}");
    }

    [Fact]
    public async Task What_is_verified_stays_so_until_it_is_opened_and_done_and_checked_again()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done", completedOn = "2026-03-01", followUpInterval = "monthly" });
        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "improved", date = "2026-03-20" });
        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "worsened", date = "2026-03-15" });
        Assert.Equal("verified 2026-03-20", await StandsAsync());

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "inProgress", statusReason = "Höll inte" })).Must(200);
        Assert.Equal("inProgress ", await StandsAsync());
        // A new period begins, with its own follow-ups.
        Assert.Equal("2026-04-30", (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["nextFollowUpDate"]!.ToString());

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "done" })).Must(200);
        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "improved" });
        Assert.Equal("verified 2026-03-31", await StandsAsync());

        async Task<string> StandsAsync()
        {
            var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
            return $"{action["status"]} {action["verifiedOn"]}";
        }
    }

    [Fact]
    public async Task A_closed_plan_takes_follow_ups_and_a_check_verifies_there()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done" });
        await host.CloseAsync(plan);

        await host.FollowUpAsync($"{plan}-1", new { note = "Ett år efteråt" });
        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "improved" });

        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal("verified", action["status"]!.ToString());
        Assert.Contains("createFollowUp POST", action.Links());
        foreach (var answer in new[]
        {
            await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "y" }), await host.Admin.DeleteAsync($"/actions/{plan}-1"),
            await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "y" }), await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "y" }),
        })
            answer.MustBeProblem(409, "plan-closed");
    }

    [Fact]
    public async Task It_leaves_a_change_row_and_the_action_one_more_if_it_is_different()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var before = await host.ChangesAsync();

        var silent = await host.FollowUpAsync($"{plan}-1", new { note = "Inget nytt" });
        var telling = await host.FollowUpAsync($"{plan}-1", new { prognosis = "red" });

        var rows = await host.RowsAsync("select resource, resource_key, kind, department, plan, state from change where number > @Before order by number", new { Before = before });
        Assert.Equal(
            [$"followUp {silent["id"]} created soc {plan}", $"followUp {telling["id"]} created soc {plan}", $"action {plan}-1 updated soc {plan}"],
            rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["kind"]} {r["department"]} {r["plan"]}"));
        Assert.Equal(silent.Without("title", "owner", "_links"), JsonNode.Parse((string)rows[0]["state"]!)!.Without());
        Assert.Equal(2, (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Its_note_is_found_by_q_also_when_the_rest_has_changed()
    {
        var plan = await host.PlanAsync();
        var (first, second) = (Given.Key("anteckning"), Given.Key("anteckning"));
        await host.ActionAsync(plan, new { title = "Mentor", owner = "HR" });
        await host.FollowUpAsync($"{plan}-1", new { note = $"Sedan i våras: {first}" });
        await host.FollowUpAsync($"{plan}-1", new { note = second, prognosis = "green", date = "2026-01-01" });
        await FoundAsync();

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Handledare" })).Must(200);
        await FoundAsync();
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { description = "Ny", owner = (string?)null })).Must(200);
        await FoundAsync();
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { owner = "HR" })).Must(200);
        (await host.Admin.PostAsync("/handovers", new { from = "hr", to = "Ekonomi", plan })).Must(200);
        await FoundAsync();
        Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync($"/actions?q=ekonomi+handledare+{first}")).Items("key"));
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        Assert.Empty((await host.Admin.GetAsync($"/actions?q={first}")).Items("key"));
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);
        await FoundAsync();

        async Task FoundAsync()
        {
            foreach (var word in new[] { first, second, $"våras%20{first.ToUpperInvariant()}%20{second}" })
                Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync($"/actions?q={word}")).Items("key"));
        }
    }

    [Theory]
    [InlineData("""{"kind":"kontroll","prognosis":"grön","effect":"bättre"}""", "/effect unknownValue, /kind unknownValue, /prognosis unknownValue")]
    [InlineData("""{"kind":5,"note":true,"date":2026,"effect":[],"author":{},"prognosis":1,"nextFollowUpDate":false}""",
        "/author wrongType, /date wrongType, /effect wrongType, /kind wrongType, /nextFollowUpDate wrongType, /note wrongType, /prognosis wrongType")]
    [InlineData("""{"date":"2026-02-30","nextFollowUpDate":"1/4 2026"}""", "/date wrongType, /nextFollowUpDate wrongType")]
    [InlineData("""{"date":"2026-03-10","nextFollowUpDate":"2026-03-09"}""", "/nextFollowUpDate nextBeforeDate")]
    [InlineData("""{"nextFollowUpDate":"2026-03-30"}""", "/nextFollowUpDate nextBeforeDate")]
    [InlineData("""{"nextFollowUpDate":"2026-03-30","kind":"x"}""", "/kind unknownValue, /nextFollowUpDate nextBeforeDate")]
    [InlineData("""{"note":"a\u0000b","author":"a\nb"}""", "/author controlCharacter, /note controlCharacter")]
    [InlineData("""{"id":"x","action":"x","plan":"x","title":"x","owner":"x","createdAt":null,"_links":{},"Kind":"check","status":"verified"}""",
        "/Kind unknownProperty, /_links readOnlyProperty, /action readOnlyProperty, /createdAt readOnlyProperty, /id readOnlyProperty, /owner readOnlyProperty, /plan readOnlyProperty, /status unknownProperty, /title readOnlyProperty")]
    [InlineData("""{"note":"a","note":"b"}""", "/note duplicateProperty")]
    [InlineData("[]", " notAnObject")]
    public async Task All_faults_are_told_and_nothing_is_stored(string body, string faults)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", body);

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before, await host.ChangesAsync());
        Assert.Empty((await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).Items("id"));
    }

    [Theory]
    [InlineData("note", 20_000)]
    [InlineData("author", 200)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var stored = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new Dictionary<string, string> { [property] = new('å', longest) });
        var tooLong = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new Dictionary<string, string> { [property] = new('å', longest + 1) });

        Assert.Equal(new string('å', longest), stored.Must(201)[property]!.ToString());
        Assert.Equal([$"/{property} tooLong"], tooLong.Faults());
    }

    [Theory]
    [InlineData("soc-2026-999")]
    [InlineData("soc-1999-1")]
    [InlineData("x")]
    public async Task An_unknown_action_is_404(string key)
    {
        (await host.Admin.PostAsync($"/actions/{key}/follow-ups", new { note = "x" })).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_deleted_action_is_404()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "x" })).MustBeProblem(404);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_and_stores_nothing()
    {
        var plan = await host.PlanAsync();
        var stale = (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "x" })).ETag!;
        var current = (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "y" })).ETag!;

        var refused = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "x" }, ("If-Match", stale));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
        Assert.Empty((await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).Items("id"));
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "x" }, ("If-Match", current))).Must(201);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        var answer = await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "x" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal(new Uri(answer.Headers["Location"]).Segments[^1], Assert.Single((await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).Items("id")));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task It_is_never_changed_or_deleted(string method)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var followUp = await host.FollowUpAsync($"{plan}-1");

        (await host.Admin.SendAsync(method, $"/actions/{plan}-1/follow-ups/{followUp["id"]}", method == "DELETE" ? null : "{}")).MustBeProblem(405);
    }
}
