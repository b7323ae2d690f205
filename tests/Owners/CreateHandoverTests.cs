namespace ActionPlan.Tests.Owners;

public class CreateHandoverTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task All_open_actions_of_one_owner_go_to_another_with_a_change_each()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync("vof"));
        var (from, to) = (Given.Key("Enheten "), Given.Key("Nya enheten "));
        foreach (var status in new[] { "proposed", "planned", "inProgress", "paused", "done", "verified", "cancelled", "rejected" })
            (await host.Admin.PatchAsync($"/actions/{await host.ActionInAsync(plan, status)}", new { owner = from, ownerEmail = "chef@kommunen.example" })).Must(200);
        await host.ActionAsync(plan, new { title = "En annans", owner = from + "x" });
        await host.ActionAsync(other, new { title = "I en annan plan", owner = from.ToUpperInvariant().Replace(' ', '-') });
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync("/handovers", new { from = from.ToLowerInvariant(), to, note = "Byter tjänst den 1 oktober" });

        string[] moved = [.. new[] { 1, 2, 3, 4 }.Select(n => $"{plan}-{n}"), $"{other}-1"];
        Assert.Equal(["moved", "count"], answer.Must(200).Properties());
        Assert.Equal(moved.Order(StringComparer.Ordinal), answer["moved"]!.AsArray().Select(k => k!.ToString()));
        Assert.Equal(5, answer["count"]!.GetValue<int>());
        var rows = await host.RowsAsync("select resource_key, kind, reason, actor from change where number > @Before order by number", new { Before = before });
        Assert.Equal(moved.Order(StringComparer.Ordinal).Select(key => $"{key} updated Byter tjänst den 1 oktober admin"), rows.Select(r => $"{r["resource_key"]} {r["kind"]} {r["reason"]} {r["actor"]}"));
        Assert.Equal(moved.Order(StringComparer.Ordinal), (await host.Admin.GetAsync($"/actions?owner={to}")).Items("key").Order(StringComparer.Ordinal));
        foreach (var key in moved)
        {
            var action = (await host.Admin.GetAsync($"/actions/{key}")).Must(200);
            Assert.Equal((to, null), (action["owner"]!.ToString(), action["ownerEmail"]?.ToString()));
        }

        // What is done or dropped was the old one's, and stays so.
        foreach (var n in new[] { 5, 6, 7, 8 })
        {
            var action = (await host.Admin.GetAsync($"/actions/{plan}-{n}")).Must(200);
            Assert.Equal((from, "chef@kommunen.example"), (action["owner"]!.ToString(), action["ownerEmail"]!.ToString()));
        }
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var plan = await host.PlanAsync();
        var from = Given.Key("Enhet");
        await host.ActionAsync(plan, new { title = "x", owner = from });
        await host.ActionAsync(plan, new { title = "y", owner = from });
        var (before, action) = (await host.ChangesAsync(), (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200));

        var dry = await host.Admin.PostAsync("/handovers", new { from, to = "HR", dryRun = true });

        Assert.Equal($$"""{"moved":["{{plan}}-1","{{plan}}-2"],"count":2}""", dry.Must(200).ToJsonString());
        Assert.Equal((before, action.Without()), (await host.ChangesAsync(), (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200).Without()));
        Assert.Equal(dry.Text, (await host.Admin.PostAsync("/handovers", new { from, to = "HR", dryRun = false })).Text);
        Assert.Equal("""{"moved":[],"count":0}""", (await host.Admin.PostAsync("/handovers", new { from, to = "HR" })).Must(200).ToJsonString());
    }

    [Fact]
    public async Task It_may_keep_to_a_plan()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        var from = Given.Key("Enhet");
        await host.ActionAsync(plan, new { title = "x", owner = from });
        await host.ActionAsync(other, new { title = "x", owner = from });

        var answer = await host.Admin.PostAsync("/handovers", new { from, to = "HR", plan });

        Assert.Equal([$"{plan}-1"], answer.Must(200)["moved"]!.AsArray().Select(k => k!.ToString()));
        Assert.Equal([$"{other}-1"], (await host.Admin.GetAsync($"/actions?owner={from}")).Items("key"));
    }

    [Fact]
    public async Task Closed_plans_and_deleted_actions_are_left_alone()
    {
        var (plan, closed) = (await host.PlanAsync(), await host.PlanAsync());
        var from = Given.Key("Enhet");
        foreach (var key in new[] { plan, plan, closed }) await host.ActionAsync(key, new { title = "x", owner = from });
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);
        await host.CloseAsync(closed);

        Assert.Equal([$"{plan}-1"], (await host.Admin.PostAsync("/handovers", new { from, to = "HR" })).Must(200)["moved"]!.AsArray().Select(k => k!.ToString()));
        Assert.Equal(0, (await host.Admin.PostAsync("/handovers", new { from, to = "HR", plan = closed })).Must(200)["count"]!.GetValue<int>());
        Assert.Equal(from, (await host.Admin.GetAsync($"/actions/{closed}-1")).Must(200)["owner"]!.ToString());
    }

    [Fact]
    public async Task A_change_of_spelling_alone_keeps_the_e_mail_address()
    {
        var plan = await host.PlanAsync();
        var name = Given.Key("enhet ");
        await host.ActionAsync(plan, new { title = "x", owner = name, ownerEmail = "chef@kommunen.example" });
        await host.ActionAsync(plan, new { title = "y", owner = name.Replace(' ', '-') });

        var answer = await host.Admin.PostAsync("/handovers", new { from = name, to = name.Replace(' ', '-') });

        // The second is spelled that way already.
        Assert.Equal([$"{plan}-1"], answer.Must(200)["moved"]!.AsArray().Select(k => k!.ToString()));
        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal((name.Replace(' ', '-'), "chef@kommunen.example"), (action["owner"]!.ToString(), action["ownerEmail"]?.ToString()));
    }

    [Fact]
    public async Task A_key_bound_to_a_department_hands_over_its_own_alone()
    {
        var (soc, vof) = (await host.PlanAsync(), await host.PlanAsync("vof"));
        var from = Given.Key("Enhet");
        await host.ActionAsync(soc, new { title = "x", owner = from });
        await host.ActionAsync(vof, new { title = "x", owner = from });
        var editor = await host.WithNewKeyAsync("editor", "vof");

        foreach (var plan in new[] { soc, "soc-1999" })
            Assert.Equal(["/plan unknownPlan"], (await editor.PostAsync("/handovers", new { from, to = "HR", plan })).Faults());
        Assert.Equal([$"{vof}-1"], (await editor.PostAsync("/handovers", new { from, to = "HR" })).Must(200)["moved"]!.AsArray().Select(k => k!.ToString()));

        Assert.Equal(from, (await host.Admin.GetAsync($"/actions/{soc}-1")).Must(200)["owner"]!.ToString());
    }

    [Theory]
    [InlineData("{}", "/from required, /to required")]
    [InlineData("""{"from":"","to":"  "}""", "/from required, /to required")]
    [InlineData("""{"from":"---","to":"…"}""", "/from noName, /to noName")]
    [InlineData("""{"from":"HR","to":"a\nb"}""", "/to controlCharacter")]
    [InlineData("""{"from":5,"to":[],"note":true,"plan":{},"dryRun":"ja"}""", "/dryRun wrongType, /from wrongType, /note wrongType, /plan wrongType, /to wrongType")]
    [InlineData("""{"from":"HR","to":"Ekonomi","plan":"Soc 2026"}""", "/plan invalidKey")]
    [InlineData("""{"from":"HR","plan":"soc-1999"}""", "/plan unknownPlan, /to required")]
    [InlineData("""{"from":"HR","to":"Ekonomi","moved":[],"count":1,"owner":"x"}""", "/count readOnlyProperty, /moved readOnlyProperty, /owner unknownProperty")]
    [InlineData("""{"from":"HR","from":"Ekonomi","to":"x"}""", "/from duplicateProperty")]
    public async Task All_faults_are_told_and_nothing_is_moved(string body, string faults)
    {
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync("/handovers", body);

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("from", 200)]
    [InlineData("to", 200)]
    [InlineData("note", 2000)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        Dictionary<string, object> With(int length) => new() { ["from"] = "ingen", ["to"] = "någon", ["dryRun"] = true, [property] = new string('å', length) };

        (await host.Admin.PostAsync("/handovers", With(longest))).Must(200);
        Assert.Equal([$"/{property} tooLong"], (await host.Admin.PostAsync("/handovers", With(longest + 1))).Faults());
    }

    [Fact]
    public async Task It_is_said_in_both_languages_that_signs_alone_are_no_name()
    {
        var body = new { from = "HR", to = "---" };

        Assert.Equal("Innehåller ingen bokstav eller siffra och är därför inget namn.", (await host.Admin.PostAsync("/handovers", body))["errors"]![0]!["detail"]!.ToString());
        Assert.Equal("Has no letter or digit, so it is no name.", (await host.Admin.PostAsync("/handovers", body, ("Accept-Language", "en")))["errors"]![0]!["detail"]!.ToString());
    }

    [Fact]
    public async Task It_tells_what_was_moved_even_to_one_who_prefers_less()
    {
        var answer = await host.Admin.PostAsync("/handovers", new { from = "ingen", to = "HR" }, ("Prefer", "return=minimal"));

        Assert.Equal((200, """{"moved":[],"count":0}"""), (answer.Status, answer.Text));
    }
}
