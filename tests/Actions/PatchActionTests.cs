using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Actions;

/// <summary>What a patch changes and what it leaves. The moves between statuses are in <see cref="StatusTests"/>.</summary>
public class PatchActionTests(PatchActionTests.CatalogueHost host) : IClassFixture<PatchActionTests.CatalogueHost>
{
    static readonly string[] Version = ["version", "updatedAt", "updatedBy"];

    /// <summary>Two departments with a plan each, a focus area in one, and the catalogue.</summary>
    public sealed class CatalogueHost() : PlanHost(("Seeds:Load", "catalogue"))
    {
        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            foreach (var title in new[] { "Hälsa", "Möten" }) (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { title })).Must(201);
        }
    }

    /// <summary>An action in which everything is set; its key.</summary>
    async Task<string> FullAsync() => (await host.ActionAsync("soc-2026",
        """
        {
          "title": "Mentor", "description": "Om", "focusArea": "halsa", "status": "done", "statusReason": "Skäl", "owner": "HR-enheten",
          "ownerEmail": "hr@example.se", "initiator": "APT", "participants": ["Facket", "Kommunal"], "deadline": "2099-11-30",
          "startDate": "2099-09-01", "dueDate": "2099-11-30", "recurrence": "monthly", "priority": "high", "isHighlighted": true,
          "expectedEffect": "Fler stannar", "source": "Skyddsrond", "measureNumber": 80, "isTrial": true, "decisionDueDate": "2099-12-01",
          "completedOn": "2026-01-01", "followUpInterval": "tertial", "nextFollowUpDate": "2099-10-01", "evaluationResponsible": "Utvecklaren",
          "evaluationDueDate": "2099-12-15", "evaluationSupport": "Högskolan", "tags": ["introduktion", "lön"], "externalId": "A-17"
        }
        """))["key"]!.ToString();

    [Theory]
    [InlineData("title", "\"Åtgärd 🎉\"", "")]
    [InlineData("description", "\"Ny\\r\\nrad\"", "")]
    [InlineData("description", "null", "")]
    [InlineData("focusArea", "\"moten\"", "_links")]
    [InlineData("focusArea", "null", "_links")]
    [InlineData("statusReason", "\"Ett annat\"", "")]
    [InlineData("statusReason", "null", "")]
    [InlineData("owner", "\"Rektor\"", "")]
    [InlineData("owner", "null", "")]
    [InlineData("ownerEmail", "\"x@example.se\"", "")]
    [InlineData("ownerEmail", "null", "")]
    [InlineData("initiator", "\"Skyddsombudet\"", "")]
    [InlineData("initiator", "null", "")]
    [InlineData("participants", "[\"Kommunal\", \"Facket\"]", "")]
    [InlineData("participants", "[]", "")]
    [InlineData("deadline", "\"slutet av november 2099\"", "startDate")]
    [InlineData("deadline", "\"våren 2100\"", "startDate dueDate")]
    [InlineData("deadline", "null", "dueDate")]
    [InlineData("startDate", "\"2099-11-30\"", "")]
    [InlineData("startDate", "null", "")]
    [InlineData("dueDate", "\"2099-09-01\"", "warnings")]
    [InlineData("dueDate", "null", "warnings")]
    [InlineData("recurrence", "\"yearly\"", "")]
    [InlineData("recurrence", "null", "")]
    [InlineData("priority", "\"low\"", "")]
    [InlineData("priority", "null", "")]
    [InlineData("isHighlighted", "false", "")]
    [InlineData("expectedEffect", "\"Färre slutar\"", "")]
    [InlineData("expectedEffect", "null", "")]
    [InlineData("source", "\"Enkät\"", "")]
    [InlineData("source", "null", "")]
    [InlineData("measureNumber", "7", "_links")]
    [InlineData("measureNumber", "null", "_links")]
    [InlineData("isTrial", "false", "_links")]
    [InlineData("decisionDueDate", "\"2099-12-24\"", "")]
    [InlineData("decisionDueDate", "null", "")]
    [InlineData("completedOn", "\"2026-01-02\"", "")]
    [InlineData("followUpInterval", "\"none\"", "")]
    [InlineData("followUpInterval", "null", "")]
    [InlineData("nextFollowUpDate", "\"2099-10-02\"", "")]
    [InlineData("nextFollowUpDate", "null", "")]
    [InlineData("evaluationResponsible", "\"Chefen\"", "")]
    [InlineData("evaluationResponsible", "null", "")]
    [InlineData("evaluationDueDate", "\"2099-12-16\"", "")]
    [InlineData("evaluationDueDate", "null", "")]
    [InlineData("evaluationSupport", "\"Ingen\"", "")]
    [InlineData("evaluationSupport", "null", "")]
    [InlineData("tags", "[\"lön\"]", "")]
    [InlineData("tags", "[]", "")]
    [InlineData("externalId", "\"A-18\"", "")]
    [InlineData("externalId", "null", "")]
    public async Task It_changes_what_it_names_and_nothing_else(string property, string value, string follows)
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);

        var after = (await host.Admin.PatchAsync($"/actions/{key}", $$"""{"{{property}}":{{value}}}""")).Must(200);

        Assert.Equal(JsonNode.Parse(value)?.ToJsonString(), after[property]?.ToJsonString());
        string[] changed = [.. Version, property, .. follows.Split(' ')];
        Assert.Equal(before.Without(changed), after.Without(changed));
        Assert.Equal(2, after["version"]!.GetValue<int>());
        Assert.Equal(after.Without(), (await host.Admin.GetAsync($"/actions/{key}")).Must(200).Without());
    }

    [Theory]
    [InlineData("participants", "[]")]
    [InlineData("tags", "[]")]
    [InlineData("isHighlighted", "false")]
    [InlineData("isTrial", "false")]
    public async Task Null_sets_what_cannot_be_unknown_to_its_default(string property, string value)
    {
        var key = await FullAsync();

        Assert.Equal(value, (await host.Admin.PatchAsync($"/actions/{key}", $$"""{"{{property}}":null}""")).Must(200)[property]!.ToJsonString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public async Task The_title_cannot_be_cleared(string empty)
    {
        Assert.Equal(["/title required"], (await host.Admin.PatchAsync($"/actions/{await FullAsync()}", $$"""{"title":{{empty}}}""")).Faults());
    }

    [Fact]
    public async Task With_another_measure_it_may_take_the_measures()
    {
        var measure = (await host.Admin.GetAsync("/measures/7")).Must(200)["title"]!.ToString();

        Assert.Equal(measure, (await host.Admin.PatchAsync($"/actions/{await FullAsync()}", """{"title":null,"measureNumber":7}""")).Must(200)["title"]!.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":"Mentor"}""")]
    [InlineData("""{"participants":["Facket","Kommunal"],"tags":["introduktion","lön"]}""")]
    [InlineData("""{"status":"done","completedOn":"2026-01-01","dueDate":"2099-11-30","isTrial":true,"measureNumber":80,"focusArea":"halsa"}""")]
    public async Task A_patch_that_changes_nothing_keeps_version_and_history(string body)
    {
        var key = await FullAsync();
        var before = await host.Admin.GetAsync($"/actions/{key}");
        var changes = await host.ChangesAsync();
        var editor = await host.WithNewKeyAsync("editor");
        Assert.Equal(changes + 1, await host.ChangesAsync());

        var answer = await editor.PatchAsync($"/actions/{key}", body);

        Assert.Equal(before.Must(200).Without(), answer.Must(200).Without());
        Assert.Equal(changes + 1, await host.ChangesAsync());
        Assert.Equal(304, (await host.Admin.GetAsync($"/actions/{key}", ("If-None-Match", before.ETag!))).Status);
    }

    [Fact]
    public async Task Clearing_what_is_unknown_changes_nothing()
    {
        var key = (await host.ActionAsync("soc-2026"))["key"]!.ToString();

        var answer = await host.Admin.PatchAsync($"/actions/{key}",
            """{"description":null,"owner":"","dueDate":null,"tags":null,"participants":[],"isTrial":null,"measureNumber":null,"completedOn":null,"status":null}""");

        Assert.Equal(1, answer.Must(200)["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task It_says_who_changed_it_when()
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        var editor = await host.WithNewKeyAsync("editor", name: "Ändraren");

        var after = (await editor.PatchAsync($"/actions/{key}", new { title = "Ny" })).Must(200);

        Assert.Equal(("Ändraren", before["createdBy"]!.ToString(), before["createdAt"]!.ToString()),
            (after["updatedBy"]!.ToString(), after["createdBy"]!.ToString(), after["createdAt"]!.ToString()));
        Assert.True(string.CompareOrdinal(before["updatedAt"]!.ToString(), after["updatedAt"]!.ToString()) <= 0);
    }

    [Theory]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/Merge-Patch+JSON; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("", 415)]
    public async Task A_merge_patch_and_plain_JSON_mean_the_same(string contentType, int status)
    {
        var key = await FullAsync();

        var answer = await host.Admin.PatchAsync($"/actions/{key}", """{"title":"Ny","owner":null}""", ("Content-Type", contentType));

        Assert.Equal(status, answer.Status);
        if (status == 415) Assert.Contains("application/merge-patch+json, application/json", answer["detail"]!.ToString(), StringComparison.Ordinal);
        var now = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        Assert.Equal(status == 200 ? ("Ny", null) : ("Mentor", "HR-enheten"), (now["title"]!.ToString(), now["owner"]?.ToString()));
    }

    [Theory]
    [InlineData("""{"key":"x","number":2,"prognosis":"red","verifiedOn":"2026-01-01","isOverdue":false,"titel":"x","version":1,"_links":null}""",
        "/_links readOnlyProperty, /isOverdue readOnlyProperty, /key readOnlyProperty, /number readOnlyProperty, /prognosis readOnlyProperty, /titel unknownProperty, /verifiedOn readOnlyProperty, /version readOnlyProperty")]
    [InlineData("""{"title":5,"dueDate":"igår","priority":"hög","tags":["a",""],"owner":"a\u0000"}""",
        "/dueDate wrongType, /owner controlCharacter, /priority unknownValue, /tags/1 required, /title wrongType")]
    [InlineData("""{"startDate":"2099-12-01"}""", "/startDate startAfterDue")]
    [InlineData("""{"dueDate":"2099-08-31"}""", "/startDate startAfterDue")]
    [InlineData("""{"startDate":"2026-02-02","dueDate":"2026-02-01"}""", "/startDate startAfterDue")]
    [InlineData("""{"focusArea":"finns-inte","measureNumber":102}""", "/focusArea unknownFocusArea, /measureNumber unknownMeasure")]
    [InlineData("""{"title":"a","title":"b"}""", "/title duplicateProperty")]
    [InlineData("[]", " notAnObject")]
    [InlineData("", " bodyRequired")]
    [InlineData("{", " invalidJson")]
    public async Task A_faulty_patch_changes_nothing(string body, string faults)
    {
        var key = await FullAsync();
        var before = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);

        var answer = await host.Admin.PatchAsync($"/actions/{key}", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before.Without(), (await host.Admin.GetAsync($"/actions/{key}")).Must(200).Without());
    }

    [Fact]
    public async Task The_lists_beside_it_follow()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", tags = new[] { "gammal" }, participants = new[] { "Facket" }, owner = "HR-enheten" });

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { tags = new[] { "ny", "NY" }, participants = new[] { "Kommunal" }, owner = "Rektor" })).Must(200);

        foreach (var (filter, count) in new[]
        {
            ("tag=gammal", 0), ("tag=ny", 1), ("participant=facket", 0), ("participant=kommunal", 1), ("owner=hr-enheten", 0), ("owner=REKTOR", 1),
        })
            Assert.Equal((filter, count), (filter, (await host.Admin.GetAsync($"/plans/{plan}/actions?{filter}")).Items("key").Count()));
    }

    [Fact]
    public async Task An_owner_spelled_in_another_way_is_shown_as_written()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", owner = "HR-enheten" });

        Assert.Equal("HR enheten", (await host.Admin.PatchAsync($"/actions/{plan}-1", new { owner = "HR enheten" })).Must(200)["owner"]!.ToString());
        Assert.Single((await host.Admin.GetAsync($"/plans/{plan}/actions?owner=hr-enheten")).Items("key"));
    }

    [Theory]
    [InlineData("soc-2026-999")]
    [InlineData("soc-1999-1")]
    [InlineData("soc-2026-")]
    [InlineData("x")]
    public async Task An_unknown_action_is_404(string key)
    {
        Assert.Equal(404, (await host.Admin.PatchAsync($"/actions/{key}", new { title = "x" })).Status);
    }

    [Fact]
    public async Task If_Match_lets_the_current_version_through_and_no_other()
    {
        var key = await FullAsync();
        var first = (await host.Admin.GetAsync($"/actions/{key}")).ETag!;

        var second = await host.Admin.PatchAsync($"/actions/{key}", new { title = "Två" }, ("If-Match", first));
        Assert.Equal((2, "\"2-"), (second.Must(200)["version"]!.GetValue<int>(), second.ETag![..3]));

        foreach (var stale in new[] { first, $"\"x\", {first}", "W/" + second.ETag, "\"3-x\"" })
        {
            var refused = await host.Admin.PatchAsync($"/actions/{key}", new { title = "Tre" }, ("If-Match", stale));
            Assert.Equal((412, 2, "urn:action-plan:problem:stale"), (refused.Status, refused["currentVersion"]!.GetValue<int>(), refused["type"]!.ToString()));
        }

        var unquoted = await host.Admin.PatchAsync($"/actions/{key}", new { title = "Tre" }, ("If-Match", "2"));
        Assert.Equal((400, "If-Match invalidETag"), (unquoted.Status, unquoted.Faults().Single()));

        // Even if it would change nothing: the client believes in another state.
        Assert.Equal(412, (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Två" }, ("If-Match", first))).Status);
        Assert.Equal("Två", (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["title"]!.ToString());

        (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Tre" }, ("If-Match", "*"))).Must(200);
        (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Fyra" }, ("If-Match", $"\"1-x\", \"3-x\""))).Must(200);
        Assert.Equal(404, (await host.Admin.PatchAsync("/actions/soc-2026-999", new { title = "x" }, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task A_tag_got_in_another_language_or_role_names_the_same_version()
    {
        var key = await FullAsync();
        var reader = await host.WithNewKeyAsync("reader");
        var etag = (await reader.GetAsync($"/actions/{key}", ("Accept-Language", "en"))).ETag!;

        (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Ny" }, ("If-Match", etag))).Must(200);
    }

    [Fact]
    public async Task Of_two_writers_at_once_one_is_told_that_it_came_second()
    {
        var key = await FullAsync();
        for (var round = 0; round < 20; round++)
        {
            var etag = (await host.Admin.GetAsync($"/actions/{key}")).ETag!;

            var answers = await Task.WhenAll(new[] { "Den ena", "Den andra" }.Select(who =>
                host.Admin.PatchAsync($"/actions/{key}", new { title = $"{who} {round}" }, ("If-Match", etag))));

            Assert.Equal([200, 412], answers.Select(a => a.Status).Order());
            var winner = answers.Single(a => a.Status == 200);
            Assert.Equal(winner["version"]!.GetValue<int>(), answers.Single(a => a.Status == 412)["currentVersion"]!.GetValue<int>());
            Assert.Equal(winner["title"]!.ToString(), (await host.Admin.GetAsync($"/actions/{key}")).Must(200)["title"]!.ToString());
        }
    }

    [Fact]
    public async Task Writers_of_different_properties_do_not_undo_each_other()
    {
        var key = await FullAsync();
        string[] properties = ["title", "description", "owner", "source", "initiator", "externalId", "expectedEffect", "evaluationSupport"];

        var answers = await Task.WhenAll(properties.Select(p => host.Admin.PatchAsync($"/actions/{key}", new JsonObject { [p] = "Samtidigt" })));

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        var now = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
        Assert.All(properties, p => Assert.Equal("Samtidigt", now[p]!.ToString()));
        Assert.Equal(9, now["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204_with_the_new_tag()
    {
        var key = await FullAsync();

        var answer = await host.Admin.PatchAsync($"/actions/{key}", new { title = "Ny" }, ("Prefer", "respond-async, return=minimal"));

        Assert.Equal((204, "", "return=minimal"), (answer.Status, answer.Text, answer.Headers["Preference-Applied"]));
        Assert.Equal((await host.Admin.GetAsync($"/actions/{key}")).ETag, answer.ETag);
        Assert.Equal(200, (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Nyare" }, ("Prefer", "return=representation"))).Status);
    }

    [Theory]
    [InlineData("""{}""", """{"followUpInterval":"monthly"}""", "2026-02-28")]
    [InlineData("""{}""", """{"followUpInterval":"yearly"}""", "2027-01-31")]
    [InlineData("""{}""", """{"followUpInterval":"none"}""", null)]
    [InlineData("""{}""", """{"followUpInterval":"monthly","nextFollowUpDate":"2026-06-01"}""", "2026-06-01")]
    [InlineData("""{}""", """{"followUpInterval":"monthly","nextFollowUpDate":null}""", null)]
    [InlineData("""{"nextFollowUpDate":"2026-05-05"}""", """{"followUpInterval":"monthly"}""", "2026-05-05")]
    [InlineData("""{"followUpInterval":"monthly"}""", """{"followUpInterval":null}""", "2026-02-28")]
    [InlineData("""{"followUpInterval":"monthly"}""", """{"nextFollowUpDate":null}""", null)]
    [InlineData("""{"followUpInterval":"monthly"}""", """{"title":"y"}""", "2026-02-28")]
    [InlineData("""{"followUpInterval":"monthly","nextFollowUpDate":"2026-05-05"}""", """{"followUpInterval":"yearly"}""", "2026-05-05")]
    [InlineData("""{"followUpInterval":"monthly","startDate":"2026-03-31"}""", """{}""", "2026-04-30")]
    [InlineData("""{"followUpInterval":"monthly","startDate":"2025-03-31"}""", """{}""", "2026-02-28")]
    [InlineData("""{"followUpInterval":"monthly","startDate":"9999-12-31"}""", """{}""", null)]
    public async Task A_new_interval_says_when_the_next_follow_up_is_unless_that_is_known(string created, string patch, string? next)
    {
        host.Clock.StopAt("2026-01-31T08:00:00Z");
        var body = JsonNode.Parse(created)!;
        body["title"] = "x";
        var key = (await host.ActionAsync(await host.PlanAsync(), body))["key"];

        var action = (await host.Admin.PatchAsync($"/actions/{key}", patch)).Must(200);

        Assert.Equal(next, action["nextFollowUpDate"]?.ToString());
    }

    [Fact]
    public async Task A_closed_plan_refuses_all_of_it()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", status = "done" });
        await host.CloseAsync(plan);

        foreach (var body in new object[] { new { title = "y" }, new { status = "inProgress", statusReason = "x" }, new { title = "x" } })
        {
            var answer = await host.Admin.PatchAsync($"/actions/{plan}-1", body);
            Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
        }

        (await host.Admin.PatchAsync($"/plans/{plan}", new { status = "adopted" })).Must(200);
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "y" })).Must(200);
    }
}
