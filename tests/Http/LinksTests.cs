using System.Text.Json.Nodes;
using ActionPlan.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace ActionPlan.Tests.Http;

public class LinksTests(LinksTests.Host host) : IClassFixture<LinksTests.Host>
{
    static readonly string[] Resources =
        ["/session", "/departments", "/departments/soc", "/plans", "/plans/soc-2026", "/plans/soc-2026/focus-areas", "/plans/soc-2026/focus-areas/stress",
            "/plans/soc-2026/actions", "/actions?limit=1&page=2", "/actions/soc-2026-1", "/actions/soc-2026-1/follow-ups", "/actions/soc-2026-1/decisions", "/actions/soc-2026-1/follow-ups/{followUp}",
            "/follow-ups", "/follow-ups?due=30d", "/evaluations", "/evaluations?due=30d", "/owners", "/plans/soc-2026/summary", "/plans/soc-2026/gaps", "/plans/soc-2026/comparison?from=2015-01-01", "/plans/soc-2026/presentations", "/actions/next-1", "/indicators", "/indicators/kvar", "/indicators/kvar/values", "/indicators/kvar/values/2020-01?unit=%C3%96ster%2FV", "/measures", "/measures/1", "/api-keys", "/api-keys/{key}", "/plans/closed", "/actions/closed-1", "/plans/closed/focus-areas/area"];

    public static TheoryData<string> Roles => [.. Role.All];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Every_link_that_a_role_is_shown_works_for_it(string role)
    {
        var api = await host.WithNewKeyAsync(role);
        foreach (var resource in Resources.Select(host.Filled))
        {
            foreach (var (relation, link) in LinksIn((await api.GetAsync(resource)).Must(200)))
            {
                var (method, path) = (link["method"]!.ToString(), PathOf(link));
                // A version that is not there: what is allowed stumbles over it, and nothing is changed.
                var answer = method == "GET" ? await api.GetAsync(path) : await api.SendAsync(method, path, method == "DELETE" ? null : "{}", ("If-Match", "\"999-x\""));
                // A follow-up and a presentation may be empty, and a decision tells its faults last, so it is the version that they stumble over.
                int[] expected = method switch { "GET" => [200], "PUT" => [400], "POST" when path.Split('/')[^1] is not ("follow-ups" or "presentations" or "decisions") => [400], _ => [412] };
                Assert.True(expected.Contains(answer.Status), $"{role} {resource} {relation}: {method} {path} is {answer.Status} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task Each_role_is_shown_what_it_may_and_no_more()
    {
        var shown = new Dictionary<string, HashSet<string>>();
        foreach (var role in Role.All)
        {
            var api = await host.WithNewKeyAsync(role);
            shown[role] = [];
            foreach (var resource in Resources.Select(host.Filled))
                foreach (var (relation, link) in LinksIn((await api.GetAsync(resource)).Must(200)))
                    if (link["method"]!.ToString() != "GET") shown[role].Add($"{host.Named(resource)} {relation} {link["method"]}");
        }

        string[] editors =
        [
            "/plans create POST", "/plans/soc-2026 edit PATCH", "/plans/soc-2026 delete DELETE", "/plans/soc-2026 createAction POST", "/plans/soc-2026/focus-areas create POST",
            "/plans/soc-2026/focus-areas/stress edit PATCH", "/plans/soc-2026/focus-areas/stress delete DELETE", "/plans/soc-2026/actions create POST",
            "/actions/soc-2026-1 edit PATCH", "/actions/soc-2026-1 delete DELETE", "/actions/soc-2026-1 createFollowUp POST", "/actions/soc-2026-1/follow-ups create POST",
            "/follow-ups?due=30d create POST", "/evaluations?due=30d create POST", "/actions/closed-1 createFollowUp POST",
        ];
        string[] admins =
            ["/departments create POST", "/departments/soc edit PATCH", "/departments/soc delete DELETE", "/api-keys create POST", "/api-keys/{key} delete DELETE"];
        Assert.Empty(shown[Role.Reader]);
        Assert.Superset(editors.ToHashSet(), shown[Role.Editor]);
        Assert.All(shown[Role.Editor], link => Assert.Matches("^/(plans|actions|follow-ups|evaluations|indicators)", link));
        Assert.Superset(shown[Role.Editor].Concat(admins).ToHashSet(), shown[Role.Admin]);
        Assert.All(shown[Role.Admin].Except(shown[Role.Editor]), link => Assert.Matches("^/(departments|api-keys)", link));
    }

    [Fact]
    public async Task Without_a_key_api_info_links_to_what_needs_none()
    {
        var info = (await host.Anonymous.GetAsync("/api-info")).Must(200);

        Assert.Equal(["self", "service-desc"], info["_links"]!.AsObject().Select(l => l.Key));
        Assert.Equal(info["_links"]!["service-desc"]!["href"]!.ToString(), info["apiDocumentation"]!.ToString());
    }

    [Fact]
    public async Task Links_name_the_host_that_the_client_used()
    {
        var answer = await Raw.SendAsync(host.Address, Request("/plans/soc-2026", "Host: plan.example.se:8443"));

        Assert.All(LinksIn(answer.Must(200)), l => Assert.StartsWith("http://plan.example.se:8443/action-plan/v1/", l.Link["href"]!.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Host: plan.example.se\nX-Forwarded-Proto: https", "https://plan.example.se/")]
    [InlineData("X-Forwarded-Host: plan.example.se:8443", "http://plan.example.se:8443/")]
    [InlineData("X-Forwarded-Proto: https", "https://localhost/")]
    [InlineData("X-Forwarded-Host: evil\"><script>", "http://localhost/")]
    [InlineData("X-Forwarded-Host: first.example, last.example", "http://last.example/")]
    [InlineData("X-Forwarded-For: 10.0.0.1", "http://localhost/")]
    [InlineData("Forwarded: host=evil.example;proto=https", "http://localhost/")]
    public async Task A_proxy_on_the_same_machine_says_what_the_client_used(string headers, string start)
    {
        var answer = await Raw.SendAsync(host.Address, Request("/plans/soc-2026", "Host: localhost\n" + headers));

        Assert.All(LinksIn(answer.Must(200)), l => Assert.StartsWith(start + "action-plan/v1/", l.Link["href"]!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_of_a_list_are_linked_with_the_query_as_it_was()
    {
        const string Query = "q=%C3%A5tg%C3%A4rd%20%26%20100%25&owner=HR%2Benheten&owner=R%26D&limit=1&sort=-number";
        foreach (var i in Enumerable.Range(0, 3)) (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = $"Åtgärd & 100% {i}", owner = i == 0 ? "R&D" : "HR+enheten" })).Must(201);

        var numbers = new List<string>();
        for (var path = "/actions?" + Query; path is not null;)
        {
            var page = (await host.Admin.GetAsync(path)).Must(200);
            numbers.AddRange(page["items"]!.AsArray().Select(a => a!["title"]!.ToString()));
            path = page["_links"]!["next"] is { } next ? PathOf(next) : null;
            Assert.InRange(numbers.Count, 0, 3);
        }

        Assert.Equal(["Åtgärd & 100% 2", "Åtgärd & 100% 1", "Åtgärd & 100% 0"], numbers);
    }

    [Fact]
    public async Task The_configured_address_is_what_links_start_with_whatever_the_request_says()
    {
        await using var own = await OwnHost.StartAsync([("Api:PublicBaseUrl", "https://api.example.se/hr/action-plan/v1/")]);
        const string Start = "https://api.example.se/hr/action-plan/v1";

        var created = await own.Host.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" }, ("X-Forwarded-Host", "evil.example"));
        var list = (await own.Host.Admin.GetAsync("/departments?limit=1", ("X-Forwarded-Host", "evil.example"))).Must(200);
        var info = (await own.Host.Anonymous.GetAsync("/api-info")).Must(200);

        Assert.Equal($"{Start}/departments/soc", created.Headers["Location"]);
        Assert.All(LinksIn(created.Must(201)).Concat(LinksIn(list)).Concat(LinksIn(info)), l => Assert.StartsWith(Start + "/", l.Link["href"]!.ToString(), StringComparison.Ordinal));
        Assert.Equal($"{Start}/departments?limit=1", list["_links"]!["self"]!["href"]!.ToString());
        Assert.Equal($"{Start}/openapi.json", info["apiDocumentation"]!.ToString());
    }

    [Theory]
    [InlineData("https://api.example.se", "https://api.example.se")]
    [InlineData("https://api.example.se/", "https://api.example.se")]
    [InlineData("https://api.example.se/action-plan/v1", "https://api.example.se")]
    [InlineData("https://api.example.se/action-plan/v1/", "https://api.example.se")]
    [InlineData("https://api.example.se:8443/hr/", "https://api.example.se:8443/hr")]
    [InlineData("http://10.0.0.5:5080", "http://10.0.0.5:5080")]
    [InlineData("", null)]
    public void The_configured_address_may_hold_the_base_path_or_not(string configured, string? start)
    {
        Assert.Equal(start, SettingsWith(configured).PublicBaseUrl);
    }

    [Theory]
    [InlineData("api.example.se")]
    [InlineData("/action-plan/v1")]
    [InlineData("ftp://api.example.se")]
    [InlineData("https://api.example.se?x=1")]
    [InlineData("https://api.example.se#x")]
    [InlineData("https://")]
    public void An_address_that_is_none_is_refused_by_name(string configured)
    {
        var fault = Assert.Throws<SettingException>(() => SettingsWith(configured));

        Assert.StartsWith("Api__PublicBaseUrl: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(configured, fault.Message, StringComparison.Ordinal);
    }

    static Settings SettingsWith(string publicBaseUrl) => Settings.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("Api:PublicBaseUrl", publicBaseUrl)]).Build(), new HostingEnvironment { ContentRootPath = "/nowhere" });

    static string Request(string path, string headers) =>
        $"GET {Settings.BasePath}{path} HTTP/1.1\n{headers}\nAuthorization: Bearer {ApiHost.BootstrapKey}\nConnection: close\n\n";

    // The links of a resource, of a list, and of each of its items.
    static IEnumerable<(string Relation, JsonNode Link)> LinksIn(JsonNode body) => (body["_links"]?.AsObject() ?? []).Select(l => (l.Key, l.Value!))
        .Concat(((body["items"] ?? body["gaps"])?.AsArray() ?? []).SelectMany(item => LinksIn(item!)));

    static string PathOf(JsonNode link) => new Uri(link["href"]!.ToString()).PathAndQuery[Settings.BasePath.Length..];

    /// <summary>With one of everything, a closed plan among it.</summary>
    public sealed class Host : PlanHost
    {
        string key = "", followUp = "";

        /// <summary>The address with the ids that it names.</summary>
        public string Filled(string resource) => resource.Replace("{key}", key).Replace("{followUp}", followUp);

        /// <summary>The address with names for the ids.</summary>
        public string Named(string resource) => resource.Replace(key, "{key}").Replace(followUp, "{followUp}");

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { key = "stress", title = "Stress" })).Must(201);
            foreach (var title in new[] { "Ett", "Två", "Tre" }) (await Admin.PostAsync("/plans/soc-2026/actions", new { title, focusArea = "stress" })).Must(201);
            Behind.Run(Database, "insert into measure (number, category, title) values (1, 'God introduktion', 'Mentor')");
            (await Admin.PatchAsync("/actions/soc-2026-1", new { measureNumber = 1 })).Must(200);
            (await Admin.PostAsync("/plans", new { key = "closed", department = "vof", title = "Avslutad", predecessor = "vof-2026" })).Must(201);
            (await Admin.PostAsync("/plans/closed/focus-areas", new { key = "area", title = "Område" })).Must(201);
            (await Admin.PostAsync("/plans/closed/actions", new { title = "Gjort" })).Must(201);
            (await Admin.PatchAsync("/plans/closed", new { status = "closed" })).Must(200);
            (await Admin.PatchAsync("/actions/soc-2026-1", new { owner = "HR-enheten", nextFollowUpDate = "2026-01-01", evaluationDueDate = "2026-01-01" })).Must(200);
            followUp = (await this.FollowUpAsync("soc-2026-1", new { date = "2020-01-01" }))["id"]!.ToString();
            await this.FollowUpAsync("soc-2026-2", new { kind = "evaluation", effect = "improved" });
            (await Admin.PostAsync("/plans", new { key = "next", department = "soc", title = "Nästa", predecessor = "soc-2026", carryOver = "open" })).Must(201);
            (await Admin.PostAsync("/plans/soc-2026/presentations", new { date = "2020-01-01" })).Must(201);
            (await Admin.PostAsync("/indicators", new { key = "kvar", department = "soc", name = "Stannar kvar", actions = (string[])["soc-2026-1"] })).Must(201);
            (await Admin.SendAsync("PUT", "/indicators/kvar/values/2020-01", new { unit = "Öster/V", value = 1 })).Must(201);
            key = (await Admin.PostAsync("/api-keys", new { name = "Att se", role = "reader" })).Must(201)["id"]!.ToString();
        }
    }
}
