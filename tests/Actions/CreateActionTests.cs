using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Actions;

public class CreateActionTests(CreateActionTests.CatalogueHost host) : IClassFixture<CreateActionTests.CatalogueHost>
{
    const string AllProperties =
        "key plan number title description focusArea status statusReason owner ownerEmail initiator participants deadline startDate dueDate "
        + "recurrence priority prognosis isHighlighted isOverdue expectedEffect source measureNumber isTrial decisionDueDate completedOn "
        + "verifiedOn followUpInterval nextFollowUpDate evaluationResponsible evaluationDueDate evaluationSupport tags externalId "
        + "allowedStatuses warnings createdAt createdBy updatedAt updatedBy version _links";

    /// <summary>Two departments with a plan each, and the catalogue.</summary>
    public sealed class CatalogueHost() : PlanHost(("Seeds:Load", "catalogue"));

    [Fact]
    public async Task A_title_is_enough()
    {
        var plan = await host.PlanAsync();

        var action = (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Alla nyanställda får en mentor" })).Must(201);

        Assert.Equal(Body.Spelled(
            $$"""
            {
              "key": "{{plan}}-1", "plan": "{{plan}}", "number": 1, "title": "Alla nyanställda får en mentor", "description": null,
              "focusArea": null, "status": "planned", "statusReason": null, "owner": null, "ownerEmail": null, "initiator": null,
              "participants": [], "deadline": null, "startDate": null, "dueDate": null, "recurrence": null, "priority": null,
              "prognosis": null, "isHighlighted": false, "isOverdue": false, "expectedEffect": null, "source": null,
              "measureNumber": null, "isTrial": false, "decisionDueDate": null, "completedOn": null, "verifiedOn": null,
              "followUpInterval": null, "nextFollowUpDate": null, "evaluationResponsible": null, "evaluationDueDate": null,
              "evaluationSupport": null, "tags": [], "externalId": null,
              "allowedStatuses": ["inProgress", "paused", "done", "cancelled"], "warnings": []
            }
            """), action.Without([.. Body.Audit, "_links"]));
    }

    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var plan = await host.PlanAsync();
        var area = await host.FocusAreaAsync(plan);
        var sent =
            $$"""
            {
              "title": "Mentor", "description": "Två rader:\r\n\tden andra.", "focusArea": "{{area}}", "status": "paused",
              "statusReason": "Väntar på budget", "owner": "HR-enheten", "ownerEmail": "hr-enheten@example.se",
              "initiator": "Arbetsplatsträffen", "participants": ["Fackliga organisationer", "Företagshälsovården"],
              "deadline": "hösten 2026", "startDate": "2026-09-01", "dueDate": "2026-11-30", "recurrence": "monthly",
              "priority": "high", "isHighlighted": true, "expectedEffect": "Fler stannar", "source": "Skyddsrond 2026",
              "measureNumber": 80, "isTrial": true, "decisionDueDate": "2026-12-01", "followUpInterval": "tertial",
              "nextFollowUpDate": "2026-10-01", "evaluationResponsible": "Verksamhetsutvecklaren",
              "evaluationDueDate": "2027-01-15", "evaluationSupport": "Högskolan", "tags": ["introduktion", "Rekrytering"],
              "externalId": "A-17"
            }
            """;

        var created = (await host.Admin.PostAsync($"/plans/{plan}/actions", sent)).Must(201);

        Assert.Equal(AllProperties.Split(' '), created.Properties());
        foreach (var (name, value) in JsonNode.Parse(sent)!.AsObject()) Assert.Equal(value?.ToJsonString(), created[name]?.ToJsonString());
        var read = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal(created.Without(), read.Without());
    }

    [Fact]
    public async Task The_answer_says_who_created_it_when()
    {
        var plan = await host.PlanAsync();
        var editor = await host.WithNewKeyAsync("editor", name: "HR-enhetens skript åäö");

        var action = (await editor.PostAsync($"/plans/{plan}/actions", new { title = "Mentor" })).Must(201);

        Assert.Equal("HR-enhetens skript åäö", action["createdBy"]!.ToString());
        Assert.Equal("HR-enhetens skript åäö", action["updatedBy"]!.ToString());
        Assert.Equal(action["createdAt"]!.ToString(), action["updatedAt"]!.ToString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", action["createdAt"]!.ToString());
        Assert.Equal(1, action["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Location_is_absolute_and_the_link_to_itself()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Mentor" });

        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1", answer.Headers["Location"]);
        Assert.Equal(answer.Headers["Location"], answer.Must(201).Link("self"));
        Assert.Equal((await host.Admin.GetAsync($"/actions/{plan}-1")).ETag, answer.ETag);
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204_and_creates_all_the_same()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Mentor" }, ("Prefer", "return=minimal"));

        Assert.Equal(204, answer.Status);
        Assert.Equal("", answer.Text);
        Assert.Equal("return=minimal", answer.Headers["Preference-Applied"]);
        Assert.Equal($"{host.Address}action-plan/v1/actions/{plan}-1", answer.Headers["Location"]);
        Assert.Equal("Mentor", (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["title"]!.ToString());
    }

    [Fact]
    public async Task An_action_in_an_unknown_plan_is_404()
    {
        Assert.Equal(404, (await host.Admin.PostAsync("/plans/soc-1999/actions", new { title = "Mentor" })).Status);
    }

    [Fact]
    public async Task An_action_in_a_deleted_plan_is_404()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);

        Assert.Equal(404, (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Mentor" })).Status);
    }

    [Fact]
    public async Task A_closed_plan_takes_no_action()
    {
        var plan = await host.PlanAsync();
        await host.CloseAsync(plan);

        var answer = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Mentor" });

        Assert.Equal(409, answer.Status);
        Assert.Equal("urn:action-plan:problem:plan-closed", answer["type"]!.ToString());
    }

    [Fact]
    public async Task A_number_is_given_once_and_never_again()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);

        Assert.Equal(3, (await host.ActionAsync(plan))["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Many_at_once_get_a_number_each()
    {
        var plan = await host.PlanAsync();

        var created = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.ActionAsync(plan, new { title = $"Samtidig {i}" })));

        Assert.Equal(Enumerable.Range(1, 40), created.Select(a => a["number"]!.GetValue<int>()).Order());
        Assert.Equal(40, created.Select(a => a["title"]!.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", """{"titel":"x","dueDate":"igår","priority":"hög","title":"","isTrial":"ja"}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["/dueDate wrongType", "/isTrial wrongType", "/priority unknownValue", "/titel unknownProperty", "/title required"], answer.Faults());
    }

    [Fact]
    public async Task Unknown_and_read_only_properties_are_all_named()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions",
            """
            {
              "title": "x", "key": "soc-2026-9", "plan": "vof-2026", "number": 9, "prognosis": "green", "isOverdue": true, "verifiedOn": "2026-01-01",
              "allowedStatuses": [], "warnings": [], "createdAt": null, "createdBy": null, "updatedAt": null, "updatedBy": null, "version": 1,
              "_links": {}, "titel": 1, "Owner": "HR", "planStatus": "draft", "department": "soc", "fields": [], "a/b~c": 1, "": 1
            }
            """);

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            new[] { "/a~1b~0c", "/titel", "/Owner", "/planStatus", "/department", "/fields", "/" }.Select(p => p + " unknownProperty")
                .Concat("key plan number prognosis isOverdue verifiedOn allowedStatuses warnings createdAt createdBy updatedAt updatedBy version _links"
                    .Split(' ').Select(p => $"/{p} readOnlyProperty")).Order(),
            answer.Faults());
    }

    [Fact]
    public async Task Null_is_the_same_as_left_out()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, """{"title":"Mentor"}""");

        var nulls = await host.ActionAsync(plan,
            """
            {
              "title": "Mentor", "description": null, "focusArea": null, "status": null, "statusReason": null, "owner": null, "ownerEmail": null,
              "initiator": null, "participants": null, "deadline": null, "startDate": null, "dueDate": null, "recurrence": null, "priority": null,
              "isHighlighted": null, "expectedEffect": null, "source": null, "measureNumber": null, "isTrial": null, "decisionDueDate": null,
              "completedOn": null, "followUpInterval": null, "nextFollowUpDate": null, "evaluationResponsible": null, "evaluationDueDate": null,
              "evaluationSupport": null, "tags": null, "externalId": null
            }
            """);

        var bare = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        string[] own = [.. Body.Audit, "_links", "key", "number"];
        Assert.Equal(bare.Without(own), nulls.Without(own));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public async Task Empty_text_is_the_same_as_left_out_and_so_are_blanks_in_free_text(string text, string empty)
    {
        var plan = await host.PlanAsync();

        var action = await host.ActionAsync(plan, new { title = "Mentor", description = text, owner = text, ownerEmail = empty, status = empty, priority = empty, focusArea = empty });

        foreach (var property in new[] { "description", "owner", "ownerEmail", "priority", "focusArea" }) Assert.Null(action[property]);
        Assert.Equal("planned", action["status"]!.ToString());
    }

    [Theory]
    [InlineData("""{"measureNumber":80}""", true)]
    [InlineData("""{"measureNumber":80,"title":null}""", true)]
    [InlineData("""{"measureNumber":80,"title":" "}""", true)]
    [InlineData("""{"measureNumber":80,"title":"Egen"}""", false)]
    public async Task A_measure_gives_its_title_to_what_has_none(string body, bool isTaken)
    {
        var measure = (await host.Admin.GetAsync("/measures/80")).Must(200)["title"]!.ToString();

        var action = (await host.Admin.PostAsync("/plans/soc-2026/actions", body)).Must(201);

        Assert.Equal(isTaken ? measure : "Egen", action["title"]!.ToString());
        var found = (await host.Admin.GetAsync("/plans/soc-2026/actions?limit=1000&q=" + Uri.EscapeDataString(action["title"]!.ToString()))).Items("key");
        Assert.Contains(action["key"]!.ToString(), found);
    }

    [Theory]
    [InlineData("{}", "/title required")]
    [InlineData("""{"title":null}""", "/title required")]
    [InlineData("""{"title":" "}""", "/title required")]
    [InlineData("""{"title":"x","status":" "}""", "/status unknownValue")]
    [InlineData("""{"title":"x","ownerEmail":" "}""", "/ownerEmail invalidEmail")]
    [InlineData("""{"title":"x","participants":["a",""]}""", "/participants/1 required")]
    [InlineData("""{"title":"x","tags":[null]}""", "/tags/0 required")]
    [InlineData("""{"title":"x","ownerEmail":"hr-enheten"}""", "/ownerEmail invalidEmail")]
    [InlineData("""{"title":"x","focusArea":"Hälsa"}""", "/focusArea invalidKey")]
    [InlineData("""{"title":"x","focusArea":"halsa\n"}""", "/focusArea invalidKey")]
    [InlineData("""{"title":"x","focusArea":"finns-inte"}""", "/focusArea unknownFocusArea")]
    [InlineData("""{"title":"x","measureNumber":102}""", "/measureNumber unknownMeasure")]
    [InlineData("""{"measureNumber":102}""", "/measureNumber unknownMeasure")]
    [InlineData("""{"measureNumber":null}""", "/title required")]
    [InlineData("""{"title":"x","measureNumber":0}""", "/measureNumber outOfRange")]
    [InlineData("""{"title":"x","measureNumber":-80}""", "/measureNumber outOfRange")]
    [InlineData("""{"title":"x","startDate":"2026-02-02","dueDate":"2026-02-01"}""", "/startDate startAfterDue")]
    [InlineData("""{"title":"x","status":"verified"}""", "/status verifiedNeedsCheck")]
    [InlineData("""{"title":"x","status":"paused"}""", "/statusReason reasonRequired")]
    [InlineData("""{"title":"x","status":"cancelled","statusReason":null}""", "/statusReason reasonRequired")]
    [InlineData("""{"title":"x","status":"rejected","statusReason":" "}""", "/statusReason reasonRequired")]
    [InlineData("""{"title":"x","completedOn":"2026-01-01"}""", "/completedOn completedOnNeedsDone")]
    [InlineData("""{"title":"x","status":"inProgress","completedOn":"2026-01-01"}""", "/completedOn completedOnNeedsDone")]
    [InlineData("""{"title":"x","title":"y"}""", "/title duplicateProperty")]
    public async Task A_fault_is_told_with_its_place(string body, string fault)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([fault], answer.Faults());
    }

    [Theory]
    [InlineData("status", "proposed, planned, inProgress, paused, done, verified, cancelled, rejected")]
    [InlineData("recurrence", "none, monthly, quarterly, tertial, termly, halfYearly, yearly, continuous")]
    [InlineData("priority", "low, normal, high")]
    [InlineData("followUpInterval", "none, monthly, quarterly, tertial, halfYearly, yearly")]
    public async Task An_unknown_word_is_answered_with_the_known_ones(string property, string known)
    {
        foreach (var word in new[] { "Planned", "klar", "planned ", "🎉" })
        {
            var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", new JsonObject { ["title"] = "x", [property] = word });

            Assert.Equal(400, answer.Status);
            Assert.Equal([$"/{property} unknownValue"], answer.Faults());
            Assert.EndsWith($"Kända: {known}.", answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fault_quotes_no_control_character()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "x", status = "pla\nnerad\u0007", priority = "h\u0085g" });

        Assert.Equal(["/priority unknownValue", "/status unknownValue"], answer.Faults());
        Assert.All(answer["errors"]!.AsArray(), e => Assert.DoesNotContain(e!["detail"]!.ToString(), char.IsControl));
    }

    public static TheoryData<string, string> WrongTypes()
    {
        var data = new TheoryData<string, string>();
        Add("title description focusArea status statusReason owner ownerEmail initiator deadline recurrence priority expectedEffect source "
            + "followUpInterval evaluationResponsible evaluationSupport externalId", "5", "true", "[\"x\"]", "{}", "\"\\ud83d\"");
        Add("participants tags", "\"x\"", "5", "{}", "[1]", "[[\"x\"]]", "[{}]");
        Add("startDate dueDate decisionDueDate completedOn nextFollowUpDate evaluationDueDate",
            "20260101", "true", "[]", "\"igår\"", "\"2026-02-30\"", "\"2026-1-1\"", "\"2026-01-01T00:00:00Z\"", "\"01/02/2026\"", "\" 2026-01-01\"");
        Add("measureNumber", "\"80\"", "1.5", "true", "[]", "99999999999", "1e400");
        Add("isHighlighted isTrial", "\"true\"", "1", "[]");
        return data;

        void Add(string properties, params string[] values)
        {
            foreach (var property in properties.Split(' ')) data.Add(property, string.Join('\t', values));
        }
    }

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public async Task A_value_of_another_type_is_refused(string property, string values)
    {
        foreach (var value in values.Split('\t'))
        {
            var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", property == "title" ? $$"""{"title":{{value}}}""" : $$"""{"title":"x","{{property}}":{{value}}}""");

            Assert.Equal((400, value), (answer.Status, value));
            // A title that is no text is no title either, which goes without saying.
            Assert.Equal([$"/{property} wrongType"], answer.Faults());
        }
    }

    [Theory]
    [InlineData("title", 300)]
    [InlineData("statusReason", 2000)]
    [InlineData("owner", 200)]
    [InlineData("initiator", 200)]
    [InlineData("deadline", 200)]
    [InlineData("expectedEffect", 5000)]
    [InlineData("source", 500)]
    [InlineData("evaluationResponsible", 200)]
    [InlineData("evaluationSupport", 500)]
    [InlineData("externalId", 100)]
    [InlineData("description", 20_000)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        var plan = await host.PlanAsync();

        var stored = await host.ActionAsync(plan, With(new string('ö', longest)));
        var tooLong = await host.Admin.PostAsync($"/plans/{plan}/actions", With(new string('ö', longest + 1)));

        Assert.Equal(new string('ö', longest), stored[property]!.ToString());
        Assert.Equal(400, tooLong.Status);
        Assert.Equal([$"/{property} tooLong"], tooLong.Faults());

        JsonObject With(string text) => property == "title" ? new() { ["title"] = text } : new() { ["title"] = "x", [property] = text };
    }

    [Fact]
    public async Task A_sign_outside_the_basic_plane_is_one_character()
    {
        var title = string.Concat(Enumerable.Repeat("🎉", 300));

        var action = await host.ActionAsync("soc-2026", new { title });

        Assert.Equal(title, action["title"]!.ToString());
        Assert.Equal(400, (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = title + "🎉" })).Status);
    }

    [Fact]
    public async Task Ten_thousand_characters_are_stored_whole_or_refused()
    {
        var text = string.Concat(Enumerable.Repeat("åtgärdsplan\n", 1000))[..10_000];
        var plan = await host.PlanAsync();

        Assert.Equal(text, (await host.ActionAsync(plan, new { title = "x", description = text }))["description"]!.ToString());
        var refused = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = text, owner = text, tags = new[] { text }, focusArea = text, status = text });

        Assert.Equal(400, refused.Status);
        Assert.Superset(new HashSet<string?> { "/title", "/owner", "/tags/0", "/focusArea", "/status" },
            refused["errors"]!.AsArray().Select(e => e!["pointer"]?.ToString()).ToHashSet());
        Assert.Equal(1, (await host.Admin.GetAsync($"/plans/{plan}/actions")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("participants", 50, 200)]
    [InlineData("tags", 50, 60)]
    public async Task A_list_may_have_so_many_and_no_more(string property, int most, int longest)
    {
        var texts = Enumerable.Range(0, most + 1).Select(i => i.ToString().PadRight(longest, 'x')).ToArray();

        var stored = await host.ActionAsync("soc-2026", new Dictionary<string, object> { ["title"] = "x", [property] = texts[..most] });
        var tooMany = await host.Admin.PostAsync("/plans/soc-2026/actions", new Dictionary<string, object> { ["title"] = "x", [property] = texts });
        var tooLong = await host.Admin.PostAsync("/plans/soc-2026/actions", new Dictionary<string, object> { ["title"] = "x", [property] = new[] { "ok", texts[0] + "x" } });

        Assert.Equal(texts[..most], stored[property]!.AsArray().Select(t => t!.ToString()));
        Assert.Equal([$"/{property} tooMany"], tooMany.Faults());
        Assert.Equal([$"/{property}/1 tooLong"], tooLong.Faults());
    }

    [Theory]
    [InlineData("Å ä ö – Århus, Ærø, Zürich")]
    [InlineData("👩‍⚕️ fika 🎉 𝒳")]
    [InlineData("A\u030aterga\u0308rd")]
    [InlineData("'; drop table action; --")]
    [InlineData("\" or 1=1 --")]
    [InlineData("../../../etc/passwd")]
    [InlineData("C:\\Windows\\System32")]
    [InlineData("<script>alert('x')</script>&amp;")]
    [InlineData("%00 %s {0} {{7*7}} ${jndi:ldap://x} $(id)")]
    [InlineData("=1+1")]
    [InlineData("  ledande och avslutande  ")]
    [InlineData("日本語 עברית \u2028 \u200b")]
    public async Task Text_is_stored_and_returned_exactly(string text)
    {
        var plan = await host.PlanAsync();

        var created = await host.ActionAsync(plan, new { title = text, description = text, owner = text, tags = new[] { text }, participants = new[] { text }, externalId = text });

        var read = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        foreach (var action in new[] { created, read })
        {
            foreach (var property in new[] { "title", "description", "owner", "externalId" }) Assert.Equal(text, action[property]!.ToString());
            Assert.Equal(text, action["tags"]![0]!.ToString());
            Assert.Equal(text, action["participants"]![0]!.ToString());
        }
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\u0007")]
    [InlineData("\\u001b[31m")]
    [InlineData("\\u007f")]
    [InlineData("\\u0085")]
    public async Task Control_characters_are_refused(string character)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions",
            $$"""{"title":"a{{character}}b","description":"a{{character}}b","tags":["a{{character}}b"],"owner":"a{{character}}"}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["/description controlCharacter", "/owner controlCharacter", "/tags/0 controlCharacter", "/title controlCharacter"], answer.Faults());
    }

    [Fact]
    public async Task Line_breaks_belong_in_paragraphs_only()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", """{"title":"a\nb","owner":"a\tb","description":"a\r\n\tb","statusReason":"a\nb"}""");

        Assert.Equal(["/owner controlCharacter", "/title controlCharacter"], answer.Faults());
    }

    [Fact]
    public async Task A_start_on_the_due_date_is_fine()
    {
        var action = await host.ActionAsync("soc-2026", new { title = "x", startDate = "2028-02-29", dueDate = "2028-02-29" });

        Assert.Equal(("2028-02-29", "2028-02-29"), (action["startDate"]!.ToString(), action["dueDate"]!.ToString()));
    }

    [Fact]
    public async Task A_focus_area_of_another_plan_or_a_deleted_one_is_unknown()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        var elsewhere = await host.FocusAreaAsync(other);
        var deleted = await host.FocusAreaAsync(plan);
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/{deleted}")).Must(204);

        foreach (var focusArea in new[] { elsewhere, deleted })
            Assert.Equal(["/focusArea unknownFocusArea"], (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "x", focusArea })).Faults());
    }

    [Theory]
    [InlineData("proposed", null)]
    [InlineData("planned", null)]
    [InlineData("inProgress", null)]
    [InlineData("paused", "Väntar på beslut")]
    [InlineData("cancelled", "Ej aktuell")]
    [InlineData("rejected", "Ryms inte i budget")]
    public async Task It_may_start_in_any_status_that_has_what_it_needs(string status, string? statusReason)
    {
        var action = await host.ActionAsync("soc-2026", new { title = "x", status, statusReason });

        Assert.Equal((status, statusReason, null), (action["status"]!.ToString(), action["statusReason"]?.ToString(), action["completedOn"]?.ToString()));
    }

    [Fact]
    public async Task Created_done_without_a_day_it_is_completed_on_the_day_in_Stockholm()
    {
        var plan = await host.PlanAsync();
        host.Clock.StopAt("2027-03-28T22:30:00Z");

        var done = await host.ActionAsync(plan, new { title = "x", status = "done" });
        var told = await host.ActionAsync(plan, new { title = "x", status = "done", completedOn = "2015-11-12" });

        Assert.Equal("2027-03-29", done["completedOn"]!.ToString());
        Assert.Equal("2015-11-12", told["completedOn"]!.ToString());
    }

    [Fact]
    public async Task A_wording_that_is_no_date_is_kept_with_a_warning()
    {
        var action = await host.ActionAsync("soc-2026", new { title = "x", deadline = "snarast möjligt" });

        Assert.Equal("snarast möjligt", action["deadline"]!.ToString());
        Assert.Null(action["dueDate"]);
        Assert.Contains("snarast möjligt", Assert.Single(action["warnings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wording_that_says_another_day_than_the_date_gets_a_warning()
    {
        var action = await host.ActionAsync("soc-2026", new { title = "x", deadline = "2026-03-31", dueDate = "2026-04-30" });

        Assert.Equal(("2026-03-31", "2026-04-30"), (action["deadline"]!.ToString(), action["dueDate"]!.ToString()));
        Assert.Contains("2026-04-30", Assert.Single(action["warnings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", " bodyRequired")]
    [InlineData("[]", " notAnObject")]
    [InlineData("null", " notAnObject")]
    [InlineData("\"text\"", " notAnObject")]
    [InlineData("{\"title\":\n\"x\",}", " invalidJson")]
    [InlineData("{\"title\":\"x\"} {}", " invalidJson")]
    [InlineData("{\"title\":\"x\" // kommentar\n}", " invalidJson")]
    public async Task A_body_that_is_no_object_is_refused(string body, string fault)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([fault], answer.Faults());
    }

    [Fact]
    public async Task Broken_JSON_is_told_with_line_and_position()
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/actions", "{\n  \"title\": \"x\",\n  \"owner\": }");

        Assert.Equal("Inte giltig JSON: fel på rad 3, position 12.", answer["errors"]![0]!["detail"]!.ToString());
    }

    [Fact]
    public async Task What_is_refused_is_not_stored_and_takes_no_number()
    {
        var plan = await host.PlanAsync();
        var before = await host.ChangesAsync();

        (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "x", focusArea = "finns-inte" })).Must(400);
        (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "" })).Must(400);

        Assert.Equal(before, await host.ChangesAsync());
        Assert.Equal(1, (await host.ActionAsync(plan))["number"]!.GetValue<int>());
    }
}
