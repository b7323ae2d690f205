using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Http;

/// <summary>A key that is bound to a department learns of the others nothing but that their keys may be taken.</summary>
public class ScopeTests(ScopeTests.TwoHost host) : IClassFixture<ScopeTests.TwoHost>
{
    /// <summary>
    /// Two departments with the same content, and an admin's key bound to each. In each plan: a focus area, an action with
    /// a value for every filter, and a deleted one.
    /// </summary>
    public sealed class TwoHost() : PlanHost(("Seeds:Load", "catalogue"))
    {
        /// <summary>An admin's key bound to vof.</summary>
        public Api Vof { get; private set; } = null!;

        /// <summary>An admin's key bound to soc.</summary>
        public Api Soc { get; private set; } = null!;

        /// <summary>Id of soc's key.</summary>
        public string SocKey { get; private set; } = "";

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            foreach (var department in new[] { "soc", "vof" })
            {
                (await Admin.PostAsync($"/plans/{department}-2026/focus-areas", new { key = "halsa", title = "Hälsa" })).Must(201);
                for (var i = 0; i < 2; i++)
                    await this.ActionAsync($"{department}-2026", new
                    {
                        title = "Hemlighet",
                        owner = "HR-enheten",
                        tags = new[] { "tagg" },
                        participants = new[] { "Facket" },
                        focusArea = "halsa",
                        dueDate = "2020-01-01",
                        priority = "high",
                        measureNumber = 80,
                    });
                await this.FollowUpAsync($"{department}-2026-1", new { note = "Anteckning", kind = "evaluation", effect = "improved" });
                (await Admin.DeleteAsync($"/actions/{department}-2026-2")).Must(204);
            }

            await this.ExecuteAsync("update action set prognosis = 'red'");
            Vof = await WithNewKeyAsync("admin", "vof");
            var soc = (await Admin.PostAsync("/api-keys", new { name = "Socs nyckel", role = "admin", department = "soc" })).Must(201);
            (Soc, SocKey) = (With(soc["secret"]!.ToString()), soc["id"]!.ToString());
        }
    }

    [Theory]
    [InlineData("GET", "/departments/{0}", null)]
    [InlineData("HEAD", "/departments/{0}", null)]
    [InlineData("PATCH", "/departments/{0}", """{"name":"x"}""")]
    [InlineData("DELETE", "/departments/{0}", null)]
    [InlineData("DELETE", "/departments/{0}?withContent=true", null)]
    [InlineData("GET", "/plans/{0}-2026", null)]
    [InlineData("PATCH", "/plans/{0}-2026", """{"title":"x"}""")]
    [InlineData("PATCH", "/plans/{0}-2026", """{"department":"vof"}""")]
    [InlineData("DELETE", "/plans/{0}-2026", null)]
    [InlineData("DELETE", "/plans/{0}-2026?withContent=true", null)]
    [InlineData("GET", "/plans/{0}-2026/focus-areas", null)]
    [InlineData("POST", "/plans/{0}-2026/focus-areas", """{"title":"x"}""")]
    [InlineData("GET", "/plans/{0}-2026/focus-areas/halsa", null)]
    [InlineData("PATCH", "/plans/{0}-2026/focus-areas/halsa", """{"title":"x"}""")]
    [InlineData("DELETE", "/plans/{0}-2026/focus-areas/halsa", null)]
    [InlineData("GET", "/plans/{0}-2026/actions", null)]
    [InlineData("GET", "/plans/{0}-2026/actions?q=hemlighet&page=0", null)]
    [InlineData("POST", "/plans/{0}-2026/actions", """{"title":"x"}""")]
    [InlineData("POST", "/plans/{0}-2026/actions", """{"title":"x","focusArea":"halsa"}""")]
    [InlineData("GET", "/actions/{0}-2026-1", null)]
    [InlineData("HEAD", "/actions/{0}-2026-1", null)]
    [InlineData("PATCH", "/actions/{0}-2026-1", """{"title":"x"}""")]
    [InlineData("PATCH", "/actions/{0}-2026-1", """{"status":"proposed"}""")]
    [InlineData("DELETE", "/actions/{0}-2026-1", null)]
    [InlineData("POST", "/actions/{0}-2026-1/restorations", null)]
    [InlineData("POST", "/actions/{0}-2026-2/restorations", null)]
    [InlineData("GET", "/plans/{0}-2026/summary", null)]
    [InlineData("GET", "/plans/{0}-2026/gaps", null)]
    [InlineData("GET", "/actions/{0}-2026-1/follow-ups", null)]
    [InlineData("GET", "/actions/{0}-2026-1/follow-ups?kind=check&page=0", null)]
    [InlineData("POST", "/actions/{0}-2026-1/follow-ups", """{"note":"x"}""")]
    [InlineData("POST", "/actions/{0}-2026-1/follow-ups", """{"kind":"check","effect":"improved"}""")]
    public async Task What_is_anothers_is_answered_as_what_does_not_exist(string method, string path, string? body)
    {
        var before = await host.ChangesAsync();
        foreach (var precondition in new[] { ("X-None", ""), ("If-None-Match", "*"), ("If-Match", "*"), ("If-Match", "\"9-x\"") })
        {
            var theirs = await host.Vof.SendAsync(method, string.Format(path, "soc"), body, precondition);
            var nobodys = await host.Vof.SendAsync(method, string.Format(path, "nix"), body, precondition);

            Assert.Equal(404, theirs.Status);
            Assert.Equal(Same(nobodys, "nix"), Same(theirs, "soc"));
        }

        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task Another_departments_key_is_answered_as_one_that_does_not_exist()
    {
        foreach (var method in new[] { "GET", "DELETE" })
        {
            var theirs = await host.Vof.SendAsync(method, $"/api-keys/{host.SocKey}");
            var nobodys = await host.Vof.SendAsync(method, "/api-keys/0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90");

            Assert.Equal(404, theirs.Status);
            Assert.Equal(Same(nobodys, "0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90"), Same(theirs, host.SocKey));
        }

        (await host.Soc.GetAsync("/session")).Must(200);
    }

    [Theory]
    [InlineData("POST", "/plans", """{"key":"ny","department":"@","title":"x"}""", 400)]
    [InlineData("POST", "/plans", """{"department":"@","title":"x","periodStart":"2026-01-01"}""", 400)]
    [InlineData("POST", "/plans", """{"key":"ny","department":"vof","title":"x","predecessor":"@-2026"}""", 400)]
    [InlineData("POST", "/plans", """{"key":"ny","title":"x","predecessor":"@-2026"}""", 400)]
    [InlineData("PATCH", "/plans/vof-2026", """{"department":"@"}""", 400)]
    [InlineData("PATCH", "/plans/vof-2026", """{"predecessor":"@-2026"}""", 400)]
    [InlineData("POST", "/plans", """{"key":"ny","title":"x","predecessor":"@-2026","carryOver":"open"}""", 400)]
    [InlineData("POST", "/plans?carryOver=open", """{"key":"ny","title":"x","predecessor":"@-2026"}""", 400)]
    [InlineData("POST", "/handovers", """{"from":"HR-enheten","to":"x","plan":"@-2026"}""", 400)]
    [InlineData("POST", "/departments", """{"key":"@","name":"x"}""", 403)]
    [InlineData("POST", "/api-keys", """{"name":"x","role":"reader","department":"@"}""", 403)]
    public async Task A_body_that_names_anothers_is_answered_as_one_that_names_nothing(string method, string path, string body, int status)
    {
        var before = await host.ChangesAsync();
        var theirs = await host.Vof.SendAsync(method, path, body.Replace("@", "soc"));
        var nobodys = await host.Vof.SendAsync(method, path, body.Replace("@", "nix"));

        Assert.Equal(status, theirs.Status);
        Assert.Equal(Same(nobodys, "nix"), Same(theirs, "soc"));
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("/departments", "vof", 1)]
    [InlineData("/plans", "vof-2026", 1)]
    [InlineData("/plans?department=soc", "", 0)]
    [InlineData("/plans?department=soc,vof", "vof-2026", 1)]
    [InlineData("/plans?status=draft", "vof-2026", 1)]
    [InlineData("/actions", "vof-2026-1", 1)]
    [InlineData("/actions?plan=soc-2026", "", 0)]
    [InlineData("/actions?plan=soc-2026,vof-2026", "vof-2026-1", 1)]
    [InlineData("/actions?department=soc", "", 0)]
    [InlineData("/actions?department=soc,vof", "vof-2026-1", 1)]
    [InlineData("/actions?q=hemlighet", "vof-2026-1", 1)]
    [InlineData("/actions?q=hr", "vof-2026-1", 1)]
    [InlineData("/actions?owner=HR-enheten", "vof-2026-1", 1)]
    [InlineData("/actions?tag=tagg", "vof-2026-1", 1)]
    [InlineData("/actions?tag=tagg&department=soc", "", 0)]
    [InlineData("/actions?participant=facket", "vof-2026-1", 1)]
    [InlineData("/actions?focusArea=halsa", "vof-2026-1", 1)]
    [InlineData("/actions?measureNumber=80", "vof-2026-1", 1)]
    [InlineData("/actions?priority=high", "vof-2026-1", 1)]
    [InlineData("/actions?prognosis=red", "vof-2026-1", 1)]
    [InlineData("/actions?status=planned", "vof-2026-1", 1)]
    [InlineData("/actions?open=true", "vof-2026-1", 1)]
    [InlineData("/actions?overdue=true", "vof-2026-1", 1)]
    [InlineData("/actions?dueBefore=2026-01-01", "vof-2026-1", 1)]
    [InlineData("/actions?updatedSince=2020-01-01T00:00:00Z", "vof-2026-1", 1)]
    [InlineData("/actions?missing=verification,owner,deadline", "", 0)]
    [InlineData("/actions?gap=overdueWithoutReason", "vof-2026-1", 1)]
    [InlineData("/actions?q=anteckning", "vof-2026-1", 1)]
    [InlineData("/actions?sort=-dueDate", "vof-2026-1", 1)]
    [InlineData("/actions?page=2&limit=1", "", 1)]
    [InlineData("/plans/vof-2026/actions?q=hemlighet", "vof-2026-1", 1)]
    [InlineData("/plans/vof-2026/focus-areas", "halsa", 1)]
    public async Task Lists_show_and_count_its_own_alone(string path, string keys, int total)
    {
        // In turn, so that a total remembered for one would be told to the other.
        var all = await host.Admin.GetAsync(path);
        var own = await host.Vof.GetAsync(path);
        var others = await host.Soc.GetAsync(path.Replace("/vof-2026/", "/soc-2026/"));

        Assert.Equal(keys, string.Join(' ', own.Items("key")));
        Assert.Equal(total, own["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.DoesNotContain(others.Items("key").Where(k => k != "halsa"), k => own.Items("key").Contains(k));
        Assert.InRange(all["_meta"]!["totalRecords"]!.GetValue<int>(), total, int.MaxValue);
    }

    [Theory]
    [InlineData("/follow-ups")]
    [InlineData("/follow-ups?owner=HR-enheten")]
    [InlineData("/follow-ups?kind=evaluation&effect=improved")]
    [InlineData("/evaluations")]
    [InlineData("/evaluations?owner=HR-enheten")]
    public async Task Follow_ups_are_shown_and_counted_in_the_same_way(string path)
    {
        foreach (var (api, action, total) in new[] { (host.Vof, "vof-2026-1", 1), (host.Soc, "soc-2026-1", 1) })
        {
            var own = await api.GetAsync(path);
            Assert.Equal([action], own.Items("action"));
            Assert.Equal(total, own["_meta"]!["totalRecords"]!.GetValue<int>());
        }

        Assert.Equal(2, (await host.Admin.GetAsync(path))["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Empty((await host.Vof.GetAsync(path + (path.Contains('?') ? "&" : "?") + "plan=soc-2026")).Items("action"));
    }

    [Fact]
    public async Task The_list_of_keys_shows_its_own_alone()
    {
        Assert.All(await DepartmentsAsync(host.Vof), department => Assert.Equal("vof", department));
        Assert.All(await DepartmentsAsync(host.Soc), department => Assert.Equal("soc", department));
        Assert.Superset(new HashSet<string?> { null, "soc", "vof" }, (await DepartmentsAsync(host.Admin)).ToHashSet());

        async Task<IEnumerable<string?>> DepartmentsAsync(Api api) => (await api.GetAsync("/api-keys?limit=1000")).Items("department");
    }

    [Fact]
    public async Task Its_own_it_may_change_as_ever()
    {
        (await host.Vof.PatchAsync("/departments/vof", new { municipality = "Kommunen" })).Must(200);
        var plan = Given.Key();
        (await host.Vof.PostAsync("/plans", new { key = plan, title = "x", predecessor = "vof-2026" })).Must(201);
        (await host.Vof.PostAsync($"/plans/{plan}/focus-areas", new { title = "Möten" })).Must(201);
        (await host.Vof.PostAsync($"/plans/{plan}/actions", new { title = "x", focusArea = "moten" })).Must(201);
        (await host.Vof.PatchAsync($"/actions/{plan}-1", new { status = "done" })).Must(200);
        (await host.Vof.DeleteAsync($"/actions/{plan}-1")).Must(204);
        (await host.Vof.PostAsync($"/actions/{plan}-1/restorations")).Must(201);
        (await host.Vof.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);
    }

    // An answer without what differs from request to request, and with what was asked for under one name.
    static string Same(Answer answer, string asked) => answer.Text.Length == 0
        ? $"{answer.Status}"
        : answer.Status + Anonymous(answer.Json).Replace(asked, "*");

    static string Anonymous(JsonNode body) => body.Without("traceId");
}
