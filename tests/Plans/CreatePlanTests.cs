using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

public class CreatePlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    const string AllProperties = "key department title periodStart periodEnd status registryNumber background predecessor sharing createdAt createdBy updatedAt updatedBy version _links";

    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var key = Given.Key();
        var sent =
            $$"""
            {
              "key": "{{key}}", "department": "soc", "title": "Åtgärdsplan 2015–2016 🎉", "periodStart": "2015-01-01", "periodEnd": "2016-12-31",
              "status": "adopted", "registryNumber": "SN 2015/0123", "background": "Två\nrader", "predecessor": "soc-2026", "sharing": "titles"
            }
            """;

        var answer = await host.Admin.PostAsync("/plans", sent);

        var plan = answer.Must(201);
        Assert.Equal(AllProperties.Split(' '), plan.Properties());
        Assert.Equal(Body.Spelled(sent), plan.Without([.. Body.Audit, "_links"]));
        Assert.Equal(($"{host.Address}action-plan/v1/plans/{key}", 1), (answer.Headers["Location"], plan["version"]!.GetValue<int>()));
        Assert.Equal(answer.Headers["Location"], plan.Link("self"));
        var read = await host.Admin.GetAsync($"/plans/{key}");
        Assert.Equal((plan.Without(), answer.ETag), (read.Must(200).Without(), read.ETag));
    }

    [Fact]
    public async Task What_is_left_out_is_null_or_its_default()
    {
        var key = Given.Key();

        var plan = (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Plan" })).Must(201);

        Assert.Equal(Body.Spelled(
            $$"""
            {
              "key": "{{key}}", "department": "soc", "title": "Plan", "periodStart": null, "periodEnd": null, "status": "draft",
              "registryNumber": null, "background": null, "predecessor": null, "sharing": "none"
            }
            """), plan.Without([.. Body.Audit, "_links"]));
    }

    [Fact]
    public async Task Without_a_key_it_gets_one_from_department_and_period()
    {
        var department = await host.DepartmentAsync();

        var plan = (await host.Admin.PostAsync("/plans", new { department, title = "Plan", periodStart = "2015-09-01" })).Must(201);

        Assert.Equal(department + "-2015", plan["key"]!.ToString());
    }

    [Fact]
    public async Task A_bound_key_need_not_name_its_department()
    {
        var department = await host.DepartmentAsync();
        var editor = await host.WithNewKeyAsync("editor", department);

        var plan = (await editor.PostAsync("/plans", new { title = "Plan", periodStart = "2015-01-01" })).Must(201);

        Assert.Equal((department, department + "-2015"), (plan["department"]!.ToString(), plan["key"]!.ToString()));
    }

    [Fact]
    public async Task A_key_that_is_taken_is_409()
    {
        var plan = await host.PlanAsync();

        foreach (var department in new[] { "soc", "vof" })
        {
            var answer = await host.Admin.PostAsync("/plans", new { key = plan, department, title = "Igen" });
            Assert.Equal((409, "urn:action-plan:problem:key-taken"), (answer.Status, answer["type"]!.ToString()));
        }

        Assert.Equal("Plan " + plan, (await host.Admin.GetAsync($"/plans/{plan}")).Must(200)["title"]!.ToString());
    }

    [Fact]
    public async Task A_derived_key_that_is_taken_is_409_too()
    {
        Assert.Equal(409, (await host.Admin.PostAsync("/plans", new { department = "soc", title = "Igen", periodStart = "2026-07-01" })).Status);
    }

    [Fact]
    public async Task The_key_of_a_deleted_plan_may_be_used_again()
    {
        var key = Given.Key();
        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Förut", background = "Bakgrund", registryNumber = "1" })).Must(201);
        await host.ActionAsync(key);
        await host.FocusAreaAsync(key);
        var etag = (await host.Admin.GetAsync($"/plans/{key}")).ETag!;
        (await host.Admin.DeleteAsync($"/plans/{key}?withContent=true")).Must(204);

        var again = (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Nu" })).Must(201);

        Assert.Equal(("Nu", null, null), (again["title"]!.ToString(), again["background"]?.ToString(), again["registryNumber"]?.ToString()));
        Assert.Equal(again["updatedAt"]!.ToString(), again["createdAt"]!.ToString());
        // Nothing of the old one is back: no content, no number, no ETag.
        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/actions")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Items("key"));
        Assert.Equal(2, (await host.ActionAsync(key))["number"]!.GetValue<int>());
        Assert.Equal(200, (await host.Admin.GetAsync($"/plans/{key}", ("If-None-Match", etag))).Status);
        Assert.Equal(412, (await host.Admin.PatchAsync($"/plans/{key}", new { title = "x" }, ("If-Match", etag))).Status);
    }

    [Fact]
    public async Task The_key_of_another_departments_deleted_plan_may_not()
    {
        var plan = await host.PlanAsync("soc");
        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);

        Assert.Equal(409, (await host.Admin.PostAsync("/plans", new { key = plan, department = "vof", title = "x" })).Status);
    }

    [Theory]
    [InlineData("{}", "/department required, /key keyNotDerivable, /title required")]
    [InlineData("""{"key":"k","department":"soc"}""", "/title required")]
    [InlineData("""{"key":"k","department":"ks","predecessor":"soc-1999","sharing":"all","x":1}""", "/department unknownDepartment, /predecessor unknownPlan, /sharing unknownValue, /title required, /x unknownProperty")]
    [InlineData("""{"department":"soc","title":"x"}""", "/key keyNotDerivable")]
    [InlineData("""{"key":"k","title":"x"}""", "/department required")]
    [InlineData("""{"key":"k","title":"x","department":"ks"}""", "/department unknownDepartment")]
    [InlineData("""{"key":"k","title":"x","department":"soc","predecessor":"soc-1999"}""", "/predecessor unknownPlan")]
    [InlineData("""{"key":"k","title":"x","department":"ks","predecessor":"soc-1999"}""", "/department unknownDepartment, /predecessor unknownPlan")]
    [InlineData("""{"key":"k","title":"x","department":"soc","periodStart":"2026-12-31","periodEnd":"2026-01-01"}""", "/periodStart periodReversed")]
    [InlineData("""{"key":"Soc 2015","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"soc_2015","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"soc--2015","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"-soc","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"soc-","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"åtgärder","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"k\n","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":"../plans","title":"x","department":"soc"}""", "/key invalidKey")]
    [InlineData("""{"key":5,"title":true,"department":[],"periodStart":2026,"sharing":{},"status":"öppen"}""",
        "/department wrongType, /key wrongType, /periodStart wrongType, /sharing wrongType, /status unknownValue, /title wrongType")]
    [InlineData("""{"key":"k","title":"x","department":"soc","sharing":"all","status":"Draft"}""", "/sharing unknownValue, /status unknownValue")]
    [InlineData("""{"key":"k","title":"a\nb","department":"soc","background":"a\u0000b"}""", "/background controlCharacter, /title controlCharacter")]
    [InlineData("""{"key":"k","title":"x","department":"soc","name":"x","version":1,"createdAt":null,"_links":{},"Department":"vof"}""",
        "/Department unknownProperty, /_links readOnlyProperty, /createdAt readOnlyProperty, /name unknownProperty, /version readOnlyProperty")]
    public async Task All_faults_are_told(string body, string faults)
    {
        var answer = await host.Admin.PostAsync("/plans", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(404, (await host.Admin.GetAsync("/plans/k")).Status);
    }

    [Theory]
    [InlineData("title", 300)]
    [InlineData("registryNumber", 100)]
    [InlineData("background", 20_000)]
    [InlineData("key", 60)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        var text = property == "key" ? Given.Key("k").PadRight(longest, 'k') : new string('å', longest);

        var stored = await host.Admin.PostAsync("/plans", With(text));
        var tooLong = await host.Admin.PostAsync("/plans", With(text + text[^1]));

        Assert.Equal(text, stored.Must(201)[property]!.ToString());
        Assert.Equal([$"/{property} tooLong"], tooLong.Faults());

        JsonObject With(string value) => new(new JsonObject { ["key"] = Given.Key(), ["title"] = "x", ["department"] = "soc", [property] = value }
            .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    [Fact]
    public async Task Its_own_predecessor_it_cannot_be()
    {
        var key = Given.Key();

        Assert.Equal(["/predecessor unknownPlan"], (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "x", predecessor = key })).Faults());
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var key = Given.Key();

        var answer = await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "x" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, "", $"{host.Address}action-plan/v1/plans/{key}"), (answer.Status, answer.Text, answer.Headers["Location"]));
        (await host.Admin.GetAsync($"/plans/{key}")).Must(200);
    }

    /// <summary>A plan with two sections and an action in each status, one deleted beside; the paused one has all that people set.</summary>
    async Task<string> PredecessorAsync(string department = "soc")
    {
        var plan = await host.PlanAsync(department);
        foreach (var (key, position) in new[] { ("stress", 2), ("halsa", 1) })
            (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key, title = "Om " + key, introduction = "Därför", position })).Must(201);
        foreach (var status in new[] { "proposed", "planned", "inProgress", "done", "verified", "cancelled", "rejected" }) await host.ActionInAsync(plan, status);
        await host.ActionAsync(plan, $$"""
            {
              "title": "Mentor", "description": "Två\nrader", "focusArea": "stress", "status": "paused", "statusReason": "Väntar", "owner": "HR-enheten",
              "ownerEmail": "hr@kommunen.example", "initiator": "Facket", "participants": ["Kommunal", "Vision"], "deadline": "2026-05-01 – 2026-09-30",
              "startDate": "2026-05-01", "dueDate": "2026-09-30", "recurrence": "none", "priority": "high", "isHighlighted": true, "expectedEffect": "Fler stannar",
              "source": "003", "measureNumber": null, "isTrial": true, "decisionDueDate": "2026-10-01", "followUpInterval": "quarterly", "nextFollowUpDate": "2026-06-01",
              "evaluationResponsible": "Utvecklaren", "evaluationDueDate": "2026-12-01", "evaluationSupport": "Högskolan", "tags": ["introduktion"], "externalId": "12"
            }
            """);
        await host.FollowUpAsync($"{plan}-8", new { note = "Stannar i den gamla planen", date = "2026-01-01", prognosis = "red" });
        await host.ActionAsync(plan, new { title = "Borttagen" });
        (await host.Admin.DeleteAsync($"/actions/{plan}-9")).Must(204);
        await host.FocusAreaAsync(plan);
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/{(await host.Admin.GetAsync($"/plans/{plan}/focus-areas")).Items("key").Last()}")).Must(204);
        return plan;
    }

    [Theory]
    [InlineData("", true, false)]
    [InlineData("?carryOver=open", false, false)]
    [InlineData("?carryOver=open", true, true)]
    public async Task It_goes_on_with_the_sections_and_the_open_actions_of_the_last(string query, bool inBody, bool isClosed)
    {
        var (predecessor, key) = (await PredecessorAsync(), Given.Key());
        if (isClosed) await host.CloseAsync(predecessor);

        var plan = (await host.Admin.PostAsync("/plans" + query, inBody
            ? new { key, department = "soc", title = "Nästa", predecessor, carryOver = "open" }
            : new { key, department = "soc", title = "Nästa", predecessor })).Must(201);

        Assert.Equal(AllProperties.Split(' '), plan.Properties());
        Assert.Equal(["halsa Om halsa Därför 1", "stress Om stress Därför 2"], (await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Must(200)["items"]!.AsArray()
            .Select(a => $"{a!["key"]} {a["title"]} {a["introduction"]} {a["position"]}"));
        var actions = (await host.Admin.GetAsync($"/plans/{key}/actions")).Must(200)["items"]!.AsArray();
        // Each as it stood, under a number of its own; the follow-ups, and what they said, stay where they were made.
        Assert.Equal(
            ["1 I status proposed proposed", "2 I status planned planned", "3 I status inProgress inProgress", "4 Mentor paused"],
            actions.Select(a => $"{a!["number"]} {a["title"]} {a["status"]}"));
        string[] own = ["key", "plan", "number", "prognosis", "allowedStatuses", "_links", .. Body.Audit];
        foreach (var (action, number) in actions.Select((a, i) => (a!, new[] { 1, 2, 3, 8 }[i])))
        {
            var before = (await host.Admin.GetAsync($"/actions/{predecessor}-{number}")).Must(200);
            Assert.Equal(before.Without(own), action.Without(own));
            Assert.Equal($"{host.Address}action-plan/v1/actions/{predecessor}-{number}", action.Link("predecessor-version"));
            Assert.Equal((1, null), (action["version"]!.GetValue<int>(), action["prognosis"]));
            Assert.Empty((await host.Admin.GetAsync($"/actions/{action["key"]}/follow-ups")).Items("id"));
        }

        foreach (var filter in new[] { "tag=introduktion", "participant=vision", "owner=hr-enheten", "q=rader" })
            Assert.Equal([$"{key}-4"], (await host.Admin.GetAsync($"/plans/{key}/actions?{filter}")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/actions?q=stannar+i")).Items("key"));
        Assert.Equal(isClosed ? "closed" : "draft", (await host.Admin.GetAsync($"/plans/{predecessor}")).Must(200)["status"]!.ToString());
    }

    [Fact]
    public async Task All_that_it_begins_with_has_a_change_of_its_own()
    {
        var (predecessor, key) = (await PredecessorAsync(), Given.Key());
        var before = await host.ChangesAsync();

        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Nästa", predecessor, carryOver = "open" })).Must(201);

        var rows = await host.RowsAsync("select resource, resource_key, kind, reason from change where number > @Before order by number", new { Before = before });
        Assert.Equal(
            [
                $"plan {key} created ", $"focusArea {key}/halsa created ", $"focusArea {key}/stress created ", $"action {key}-1 created ett tidigare skäl",
                $"action {key}-2 created ett tidigare skäl", $"action {key}-3 created ett tidigare skäl", $"action {key}-4 created Väntar",
            ],
            rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["kind"]} {r["reason"]}"));
    }

    [Fact]
    public async Task Without_carryOver_it_begins_empty()
    {
        var (predecessor, key) = (await PredecessorAsync(), Given.Key());

        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Nästa", predecessor, carryOver = (string?)null })).Must(201);

        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/actions")).Items("key"));
        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Items("key"));
    }

    [Fact]
    public async Task An_action_leads_to_where_it_came_from_for_as_long_as_that_can_be_seen()
    {
        var (predecessor, key) = (await host.PlanAsync("vof"), Given.Key());
        await host.ActionAsync(predecessor);
        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Nästa", predecessor, carryOver = "open" })).Must(201);
        var soc = await host.WithNewKeyAsync("reader", "soc");

        var before = await host.Admin.GetAsync($"/actions/{key}-1");
        Assert.NotNull(before.Must(200).Link("predecessor-version"));
        Assert.Null((await soc.GetAsync($"/actions/{key}-1")).Must(200).Link("predecessor-version"));

        (await host.Admin.DeleteAsync($"/actions/{predecessor}-1")).Must(204);

        var after = await host.Admin.GetAsync($"/actions/{key}-1", ("If-None-Match", before.ETag!));
        Assert.Null(after.Must(200).Link("predecessor-version"));
        Assert.Equal(1, after["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_key_of_a_deleted_plan_may_be_used_again_and_goes_on_too()
    {
        var (predecessor, key) = (await PredecessorAsync(), await PredecessorAsync());
        (await host.Admin.DeleteAsync($"/plans/{key}?withContent=true")).Must(204);

        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Igen", predecessor, carryOver = "open" })).Must(201);

        Assert.Equal(["10", "11", "12", "13"], (await host.Admin.GetAsync($"/plans/{key}/actions")).Items("number"));
        Assert.Equal(["halsa", "stress"], (await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Items("key"));
    }

    [Theory]
    [InlineData("", """{"carryOver":"open"}""", "/predecessor predecessorRequired")]
    [InlineData("?carryOver=open", "{}", "/predecessor predecessorRequired")]
    [InlineData("?carryOver=open", """{"title":null,"sharing":"x"}""", "/predecessor predecessorRequired, /sharing unknownValue, /title required")]
    [InlineData("", """{"carryOver":"all","predecessor":"soc-2026"}""", "/carryOver unknownValue")]
    [InlineData("", """{"carryOver":true,"predecessor":"soc-2026"}""", "/carryOver wrongType")]
    [InlineData("?carryOver=all", """{"predecessor":"soc-2026"}""", "carryOver unknownValue")]
    [InlineData("?carryOver=open&carryOver=open", """{"predecessor":"soc-2026"}""", "carryOver repeatedParameter")]
    [InlineData("?carryOver=open", """{"predecessor":"soc-1999"}""", "/predecessor unknownPlan")]
    [InlineData("?carryover=open", """{"predecessor":"soc-2026"}""", "carryover unknownParameter")]
    public async Task What_it_is_to_go_on_with_must_be_there(string query, string body, string faults)
    {
        var sent = JsonNode.Parse(body)!.AsObject();
        var key = Given.Key();
        foreach (var (name, value) in new[] { ("key", key), ("department", "soc"), ("title", "x") }) if (!sent.ContainsKey(name)) sent[name] = value;
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync("/plans" + query, sent);

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task It_goes_on_once_and_a_patch_cannot_ask_for_it()
    {
        var predecessor = await PredecessorAsync();
        var key = await host.PlanAsync();

        Assert.Equal(["/carryOver unknownProperty"], (await host.Admin.PatchAsync($"/plans/{key}", new { predecessor, carryOver = "open" })).Faults());
        Assert.Equal(409, (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "x", predecessor, carryOver = "open" })).Status);
        Assert.Empty((await host.Admin.GetAsync($"/plans/{key}/actions")).Items("key"));
    }
}
