using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Http;

public class ProblemTests(ProblemTests.Host host) : IClassFixture<ProblemTests.Host>
{
    static readonly string LargestPlusOne = $$"""{"title":"{{new string('x', 1_000_001 - 12)}}"}""";

    // A request for every problem that a request alone can bring about.
    static readonly IReadOnlyDictionary<string, Sample> Samples = new Dictionary<string, Sample>
    {
        ["an unknown parameter"] = new(400, "invalid-input", "GET", "/plans?colour=red"),
        ["a wrong value"] = new(400, "invalid-input", "GET", "/actions?status=nope&limit=5000"),
        ["faulty input"] = new(400, "invalid-input", "POST", "/plans/soc-2026/actions", """{"titel":"x","priority":"hög","startDate":"2026-02-02","dueDate":"2026-02-01"}"""),
        ["bad JSON"] = new(400, "invalid-input", "POST", "/plans/soc-2026/actions", "{\n  \"title\": oj\n}"),
        ["no key"] = new(401, "unauthorized", "GET", "/plans", Key: ""),
        ["a wrong key"] = new(401, "unauthorized", "GET", "/plans", Key: "wrong"),
        ["a weak role"] = new(403, "forbidden", "POST", "/departments", """{"key":"x","name":"X"}""", Key: "reader"),
        ["another department"] = new(403, "forbidden", "POST", "/departments", """{"key":"x","name":"X"}""", Key: "soc"),
        ["an unknown route"] = new(404, "not-found", "GET", "/nothing/here"),
        ["an unknown route beside the API"] = new(404, "not-found", "GET", "//nothing"),
        ["an unknown resource"] = new(404, "not-found", "GET", "/plans/soc-1999"),
        ["an impossible key"] = new(404, "not-found", "GET", "/plans/Soc%202026"),
        ["another method"] = new(405, "method-not-allowed", "PUT", "/plans", "{}"),
        ["another method without a key"] = new(405, "method-not-allowed", "DELETE", "/api-info", Key: ""),
        ["another format"] = new(406, "not-acceptable", "GET", "/plans", Accept: "application/xml"),
        ["a taken key"] = new(409, "key-taken", "POST", "/departments", """{"key":"soc","name":"Igen"}"""),
        ["a forbidden move"] = new(409, "status-not-allowed", "PATCH", "/actions/soc-2026-1", """{"status":"verified"}"""),
        ["a closed plan"] = new(409, "plan-closed", "POST", "/plans/closed/actions", """{"title":"För sent"}"""),
        ["content"] = new(409, "has-content", "DELETE", "/plans/soc-2026"),
        ["an area in use"] = new(409, "focus-area-in-use", "DELETE", "/plans/soc-2026/focus-areas/stress"),
        ["nothing to restore"] = new(409, "not-deleted", "POST", "/actions/soc-2026-1/restorations"),
        ["a stale version"] = new(412, "stale", "PATCH", "/actions/soc-2026-1", """{"title":"Sent"}""", ("If-Match", "\"99-x\"")),
        ["too much"] = new(413, "too-large", "POST", "/plans/soc-2026/actions", LargestPlusOne),
        ["rows that cannot be imported"] = new(422, "import-refused", "POST", "/plans/soc-2026/imports", """[{"title":"x"},{"title":"","status":"kanske"}]"""),
        ["another media type"] = new(415, "unsupported-media-type", "POST", "/plans/soc-2026/actions", "title=x", ("Content-Type", "application/x-www-form-urlencoded")),
        ["no media type"] = new(415, "unsupported-media-type", "POST", "/plans/soc-2026/actions", """{"title":"x"}""", ("Content-Type", "")),
    };

    public static TheoryData<string> All => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_is_complete_in_Swedish_and_in_English_under_one_type(string name)
    {
        var sample = Samples[name];
        var before = host.Counts();
        var told = new Dictionary<string, JsonNode>();
        foreach (var languages in new[] { "", "sv", "sv-FI", "fr, de", "xx-garbage;;q=9", "en", "en-GB", "de,en;q=0.5", "en;q=0.9,sv;q=0.1", "de-AT,de-DE;q=0.9,de;q=0.8,en;q=0.7" })
        {
            var answer = await SendAsync(sample, ("Accept-Language", languages));
            told[languages] = answer.MustBeProblem(sample.Status, sample.Code);
            var expected = languages.Contains("en", StringComparison.Ordinal) ? "en" : "sv";
            Assert.True(expected == answer.Headers["Content-Language"], $"'{languages}' is answered in {answer.Headers["Content-Language"]}");
        }

        foreach (var (languages, problem) in told)
        {
            var twin = told[languages.Contains("en", StringComparison.Ordinal) ? "en" : ""];
            Assert.Equal(Told(twin), Told(problem));
            Assert.Equal(Codes(told[""]), Codes(problem));
        }

        Assert.NotEqual(told[""]["title"]!.ToString(), told["en"]["title"]!.ToString());
        Assert.NotEqual(told[""]["detail"]!.ToString(), told["en"]["detail"]!.ToString());
        Assert.Equal(before, host.Counts());

        static string Told(JsonNode problem) => $"{problem["title"]} {problem["detail"]} {string.Join(' ', (problem["errors"]?.AsArray() ?? []).Select(e => e!["detail"]))}";
        static string Codes(JsonNode problem) => string.Join(' ', (problem["errors"]?.AsArray() ?? []).Select(e => $"{e!["pointer"]}{e["parameter"]} {e["code"]}"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_carries_the_trace_of_the_request(string name)
    {
        var answer = await SendAsync(Samples[name], ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", answer.MustBeProblem(Samples[name].Status)["traceId"]!.ToString());
        Assert.StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-", answer.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no key")]
    [InlineData("a weak role")]
    [InlineData("an unknown route")]
    [InlineData("an unknown route beside the API")]
    [InlineData("another method")]
    public async Task It_is_JSON_whatever_the_client_accepts(string name)
    {
        // Beside the API a browser gets a page.
        string[] html = name == "an unknown route beside the API" ? [] : ["text/html"];
        foreach (var accept in html.Concat(["text/csv", "application/xml;q=0.9, image/*", "application/json", "*/*", "application/problem+json;q=0", "garbage", ""]))
            (await SendAsync(Samples[name] with { Accept = accept })).MustBeProblem(Samples[name].Status, Samples[name].Code);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9")]
    [InlineData("application/json;q=0")]
    [InlineData("application/json;q=0, */*")]
    [InlineData("image/*")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task What_cannot_be_made_is_406_told_in_JSON(string accept)
    {
        foreach (var path in new[] { "/plans", "/plans/soc-2026", "/actions/soc-2026-1", "/api-info" })
            (await SendAsync(new Sample(406, "not-acceptable", "GET", path, Accept: accept))).MustBeProblem(406, "not-acceptable");
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("text/csv;q=1, application/json;q=0.1")]
    [InlineData("application/hal+json, application/json")]
    public async Task What_JSON_satisfies_is_answered(string accept)
    {
        Assert.Equal(200, (await SendAsync(new Sample(200, "", "GET", "/plans", Accept: accept))).Status);
    }

    [Theory]
    [InlineData("/plans", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/plans/soc-2026", "DELETE, GET, HEAD, OPTIONS, PATCH")]
    [InlineData("/actions", "GET, HEAD, OPTIONS")]
    [InlineData("/actions/soc-2026-1/restorations", "OPTIONS, POST")]
    [InlineData("/api-keys/x", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("//healthz", "GET, HEAD, OPTIONS")]
    public async Task Another_method_is_405_and_told_which_work_and_OPTIONS_is_told_the_same(string path, string allowed)
    {
        foreach (var method in new[] { "PUT", "TRACE", "PROPFIND", "QUERY" })
        {
            var answer = await host.Admin.SendAsync(method, path);
            answer.MustBeProblem(405, "method-not-allowed");
            Assert.Equal(allowed, answer.Headers["Allow"]);
        }

        var options = await host.Admin.SendAsync("OPTIONS", path);
        Assert.Equal((204, allowed, ""), (options.Status, options.Headers["Allow"], options.Text));
    }

    [Fact]
    public async Task A_forbidden_move_lists_the_allowed_ones_and_a_stale_version_the_current_one()
    {
        var action = (await host.Admin.GetAsync("/actions/soc-2026-1")).Must(200);

        var move = (await SendAsync(Samples["a forbidden move"])).MustBeProblem(409);
        var stale = (await SendAsync(Samples["a stale version"])).MustBeProblem(412);

        Assert.Equal(action["allowedStatuses"]!.ToJsonString(), move["allowedStatuses"]!.ToJsonString());
        Assert.Equal(action["version"]!.ToJsonString(), stale["currentVersion"]!.ToJsonString());
    }

    [Theory]
    [InlineData("POST", "/plans", "application/json")]
    [InlineData("POST", "/api-keys", "application/json")]
    [InlineData("PATCH", "/plans/soc-2026", "application/merge-patch+json, application/json")]
    [InlineData("PATCH", "/actions/soc-2026-1", "application/merge-patch+json, application/json")]
    public async Task A_415_names_the_media_types_that_work_and_they_do(string method, string path, string works)
    {
        var detail = (await host.Admin.SendAsync(method, path, "x", ("Content-Type", "text/plain"))).MustBeProblem(415)["detail"]!.ToString();

        Assert.EndsWith($" {works}.", detail, StringComparison.Ordinal);
        Assert.Contains("text/plain", detail, StringComparison.Ordinal);
        foreach (var type in works.Split(", "))
            Assert.DoesNotContain((await host.Admin.SendAsync(method, path, "{}", ("Content-Type", type))).Status, (int[])[415, 500]);
    }

    [Theory]
    [InlineData(1_000_000, false, 400)]
    [InlineData(1_000_000, true, 400)]
    [InlineData(1_000_001, false, 413)]
    [InlineData(1_000_001, true, 413)]
    [InlineData(10_000_000, false, 413)]
    [InlineData(10_000_000, true, 413)]
    public async Task A_body_of_more_than_a_million_bytes_is_413_also_when_its_length_is_not_told(int length, bool chunked, int status)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Settings.BasePath}/plans/soc-2026/actions");
        request.Headers.Authorization = new("Bearer", ApiHost.BootstrapKey);
        request.Headers.TransferEncodingChunked = chunked;
        request.Content = new StringContent($$"""{"title":"{{new string('x', length - 12)}}"}""", null, "application/json");

        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_fault_of_the_service_is_500_and_says_nothing_of_the_inside()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        Behind.Run(own.Host.Database, "alter table measure rename to gone; alter table change rename to gone_too");
        using var connection = Behind.Open(own.Host.Database);
        const string Rows = "select (select count(*) from action), (select number from change_clock)";
        var before = connection.Rows(Rows).Single();

        foreach (var languages in new[] { "sv", "en" })
        {
            var read = await own.Host.Admin.GetAsync("/measures", ("Accept-Language", languages));
            var write = await own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Utan historik" }, ("Accept-Language", languages));
            foreach (var answer in new[] { read, write })
            {
                answer.MustBeProblem(500, "internal");
                Assert.DoesNotContain("gone", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("measure", answer.Json["detail"]!.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, connection.Rows(Rows).Single());
        (await own.Host.Admin.GetAsync("/plans")).Must(200);
    }

    [Fact]
    public async Task A_locked_database_is_503_with_a_time_to_wait()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        using var holder = Behind.Hold(own.Host.Database);

        var answer = await own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "x" }, ("Accept-Language", "en"));

        Assert.Contains("Try again", answer.MustBeProblem(503, "unavailable")["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.InRange(int.Parse(answer.Headers["Retry-After"]), 1, 60);
    }

    [Fact]
    public async Task Too_many_requests_are_429_with_a_time_to_wait()
    {
        await using var own = await OwnHost.StartAsync([("Limits:RequestsPerMinute", "1")]);
        (await own.Host.Admin.GetAsync("/session")).Must(200);

        var swedish = await own.Host.Admin.GetAsync("/session");
        var english = await own.Host.Admin.GetAsync("/session", ("Accept-Language", "en"), ("Accept", "text/html"));

        foreach (var answer in new[] { swedish, english })
        {
            answer.MustBeProblem(429, "rate-limited");
            Assert.InRange(int.Parse(answer.Headers["Retry-After"]), 1, 60);
            Assert.Contains(answer.Headers["Retry-After"], answer["detail"]!.ToString(), StringComparison.Ordinal);
        }

        Assert.NotEqual(swedish["title"]!.ToString(), english["title"]!.ToString());
    }

    [Fact]
    public async Task No_answer_is_sniffed_whatever_it_is()
    {
        var tag = (await host.Admin.GetAsync("/plans")).ETag!;
        Answer[] answers =
        [
            await host.Admin.GetAsync("/plans"), await host.Admin.GetAsync("/plans", ("If-None-Match", tag)), await host.Admin.SendAsync("HEAD", "/plans"),
            await host.Admin.SendAsync("OPTIONS", "/plans"), await host.Anonymous.GetAsync("//healthz"), await host.Anonymous.GetAsync("//readyz"),
            await host.Anonymous.GetAsync("//", ("Accept", "text/html")), await host.Anonymous.GetAsync("//"), await host.Anonymous.GetAsync("//nothing"),
            await host.Admin.PatchAsync("/actions/soc-2026-1", "{}", ("Prefer", "return=minimal")),
        ];

        Assert.Equal([200, 304, 200, 204, 200, 200, 200, 200, 404, 204], answers.Select(a => a.Status));
        Assert.All(answers, answer => Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]));
        Assert.All(answers, answer => Assert.False(answer.Headers.ContainsKey("Server")));
    }

    async Task<Answer> SendAsync(Sample sample, params (string Name, string Value)[] headers)
    {
        var api = sample.Key switch { null => host.Admin, "" => host.Anonymous, "reader" => host.Reader, "soc" => host.SocAdmin, var key => host.With(key) };
        if (sample.Header is { } header) headers = [.. headers, header];
        if (sample.Accept is { } accept) headers = [.. headers, ("Accept", accept)];
        return await api.SendAsync(sample.Method, sample.Path, sample.Body, [.. headers.Where(h => h.Value.Length > 0 || h.Name == "Content-Type")]);
    }

    sealed record Sample(int Status, string Code, string Method, string Path, string? Body = null, (string Name, string Value)? Header = null, string? Key = null, string? Accept = null);

    /// <summary>With what the samples stumble over.</summary>
    public sealed class Host : PlanHost
    {
        public Api Reader { get; private set; } = null!;

        public Api SocAdmin { get; private set; } = null!;

        public string Counts()
        {
            using var connection = Behind.Open(Database);
            return connection.Counts();
        }

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Reader = await WithNewKeyAsync("reader");
            SocAdmin = await WithNewKeyAsync("admin", "soc");
            (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { key = "stress", title = "Stress" })).Must(201);
            (await Admin.PostAsync("/plans/soc-2026/actions", new { title = "Mentor", focusArea = "stress" })).Must(201);
            (await Admin.PostAsync("/plans", new { key = "closed", department = "vof", title = "Avslutad" })).Must(201);
            (await Admin.PatchAsync("/plans/closed", new { status = "closed" })).Must(200);
        }
    }
}
