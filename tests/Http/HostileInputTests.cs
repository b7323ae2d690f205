using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActionPlan.Http;
using Microsoft.AspNetCore.Routing;

namespace ActionPlan.Tests.Http;

public sealed class HostileInputTests(HostileInputTests.Host host) : IClassFixture<HostileInputTests.Host>
{
    // Put, percent-encoded where the address needs it, into every path parameter, query parameter and text of a body.
    static readonly string[] Texts =
    [
        "'; drop table action; --", "%' union values (1), (2) --", "\" or @Plan = \"\"", "${7*7}{{7*7}}#{7*7}{0}", "../../../../etc/passwd", "..\\..\\windows",
        "\0", "soc-2026\0", "\u0001\u0007\u001b[31m", "a\r\nX-Injected: 1", " ", "", "🙂👩‍👩‍👧‍👦", "\u202Eevil\u2066", "\uFFFE", "\uFEFFa\u0301\u0300",
        "åäö ÅÄÖ", "åäö".Normalize(NormalizationForm.FormD), "ß ı İ ŉ Ǆ", "-", "soc-", "-1", "0", "1e9", "9223372036854775808", "2026-13-45", "Z", "+00:00",
        "<script>alert(1)</script>", "%s%n%00%2e%2e%2f", "*?#/", ",,,,", "a=b&c=d", new string('a', 3_000), new string('9', 400),
    ];

    // Put as they are into the address: encodings that no library makes.
    static readonly string[] Encodings =
        ["%", "%zz", "%0", "%00", "%0d%0aX-Injected:%201", "%ff", "%c0%ae%c0%ae", "%ed%a0%80", "%u0041", "%252e%252e", "..%2f..%2f", "%5c", "%2f", ";a=b", "a;b", "+", "%20", "%C3%A5", "%F0%9F%99%82"];

    // These mean another resource, so only a reader may be sent there.
    static readonly string[] Elsewhere = ["..", ".", "%2e%2e", "%2e", "../..", "a/b", "//", "/"];

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Operations => [.. Endpoints.Select(e => e.Name).Distinct()];

    static readonly IReadOnlyList<Known> Endpoints = Known.Of(Program.Build(["--ConnectionStrings:ActionPlan=Data Source=/nowhere/at/all.db"]));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Nothing_in_the_path_of_an_operation_is_a_500_or_half_stored(string operation)
    {
        var endpoint = Endpoints.Single(e => e.Name == operation);
        var tried = 0;
        foreach (Match parameter in Regex.Matches(endpoint.Path, @"\{\w+\}"))
        {
            var texts = Texts.Select(Uri.EscapeDataString).Concat(Encodings);
            if (endpoint.Method == "GET") texts = texts.Concat(Elsewhere);
            foreach (var text in texts.Where(t => t.Length > 0))
            {
                await TryAsync(endpoint.Method, host.Filled(endpoint.Path.Replace(parameter.Value, text)), endpoint.Method is "POST" or "PATCH" or "PUT" ? host.Body(endpoint) : null);
                tried++;
            }
        }

        Assert.True(tried > 50 || !endpoint.Path.Contains('{'));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Nothing_in_the_query_of_an_operation_is_a_500_or_half_stored(string operation)
    {
        var endpoint = Endpoints.Single(e => e.Name == operation);
        var path = host.Filled(endpoint.Path);
        var body = endpoint.Method is "POST" or "PATCH" or "PUT" ? host.Body(endpoint) : null;
        foreach (var text in Texts.Select(Uri.EscapeDataString).Concat(Encodings))
        {
            // An unknown name is refused; nothing happens.
            var unknown = await TryAsync(endpoint.Method, $"{path}?{text}={text}&x{text}", body);
            Assert.Contains(unknown.Status, (int[])[400, 414]);
        }

        // Encodings are read before anyone knows which parameter it is.
        foreach (var parameter in endpoint.Query.Where(_ => endpoint.Method == "GET"))
            foreach (var text in Texts.Select(Uri.EscapeDataString).Concat(parameter is "q" or "category" ? Encodings : []))
                await TryAsync("GET", $"{path}?{parameter}={text}", null);

        foreach (var query in new[] { "?", "?&&&", "?=", "?=x", "?%00=1", "?" + new string('x', 7_000), "?" + string.Join('&', Enumerable.Repeat("limit=1", 900)), "?" + new string('x', 10_000) })
            await TryAsync("GET", path + query, null);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Nothing_in_the_body_of_an_operation_is_a_500_or_half_stored_and_what_is_stored_is_what_was_sent(string operation)
    {
        var endpoint = Endpoints.Single(e => e.Name == operation);
        if (endpoint.Body is null)
        {
            Assert.DoesNotContain(endpoint.Method, (string[])["PATCH"]);
            return;
        }

        foreach (var property in endpoint.Body.GetProperties())
        {
            var isList = property.PropertyType == typeof(IReadOnlyList<string>);
            foreach (var text in Texts.Append(new string('å', 10_000)))
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                var body = host.Body(endpoint);
                body[name] = isList ? new JsonArray(text, text) : text;
                var answer = await TryAsync(endpoint.Method, host.Filled(endpoint.Path), body);
                // Several names in a feed stand on a line each, however their lines end.
                var sent = endpoint.Path == "/calendar-feeds" ? text.Replace("\r\n", "\n") : text;
                if (answer.Status is 200 or 201 && property.PropertyType == typeof(string) && answer.Json.AsObject().ContainsKey(name))
                    Assert.Equal(string.IsNullOrWhiteSpace(text) ? null : sent, string.IsNullOrWhiteSpace(text) && answer[name] is not null ? null : answer[name]?.ToString());
            }
        }
    }

    [Theory]
    [InlineData("If-Match")]
    [InlineData("If-None-Match")]
    [InlineData("If-Modified-Since")]
    [InlineData("Accept")]
    [InlineData("Accept-Language")]
    [InlineData("Accept-Encoding")]
    [InlineData("Prefer")]
    [InlineData("Content-Type")]
    [InlineData("Content-Encoding")]
    [InlineData("Cookie")]
    [InlineData("Expect")]
    [InlineData("Origin")]
    [InlineData("Range")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("baggage")]
    [InlineData("Request-Id")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Original-URL")]
    public async Task Nothing_in_a_header_is_a_500_or_half_stored(string header)
    {
        foreach (var text in Texts.Where(t => t.All(c => c is not ('\0' or '\r' or '\n'))).Append("\"1\", W/\"2\", *, \"").Append("bytes=0-0,-1").Append("gzip;q=0, *;q=0"))
        {
            await TryAsync("GET", "/plans", null, (header, text));
            await TryAsync("PATCH", "/plans/soc-2026", new JsonObject(), (header, text));
        }
    }

    [Theory]
    [InlineData("GET /action-plan/v1/plans\r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET action-plan HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/1.1\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/1.1\r\nHost: a b<c>\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/1.1\r\nHost: x\r\nA\0b: c\r\n\r\n")]
    [InlineData("GET /action-plan/v1/plans HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n")]
    [InlineData("GET /action-plan/v1/\u00e5 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://evil.example/action-plan/v1/api-info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n")]
    public async Task A_request_that_is_none_is_no_500_and_the_service_lives(string request)
    {
        var answer = await Raw.SendAsync(host.Address, Encoding.Latin1.GetBytes(request));

        // 505 is what RFC 9110 wants of a version that is not spoken.
        Assert.True(answer.Status is >= 200 and < 500 or 505, $"{answer.Status}");
        answer.MustKeepSilent();
        (await host.Admin.GetAsync("/session")).Must(200);
    }

    async Task<Answer> TryAsync(string method, string path, JsonNode? body, params (string Name, string Value)[] headers)
    {
        var answer = await host.SendRawAsync(method, path, body?.ToJsonString(Plain), headers);
        try
        {
            Assert.InRange(answer.Status, 200, 499);
            Assert.NotEqual(401, answer.Status);
            Assert.False(answer.Headers.ContainsKey("X-Injected"));
            if (answer.Status >= 400)
            {
                Assert.True(host.IsAsBefore(), "Something was stored.");
                // What the server refuses before it is a request (%00, a line of 8 KB) has a status and no body.
                if (answer.Status is 400 or 414 or 417 && answer.Text.Length == 0) Assert.False(answer.Headers.ContainsKey("Content-Type"));
                else answer.MustBeProblem(answer.Status);
            }
            else
            {
                host.Remember();
                if (answer.Text.Length > 0) Assert.Equal("application/json", answer.MediaType);
                if (answer.Text.Length > 0) Assert.NotNull(answer.Json);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{method} {Start(path)} {Start(string.Join(' ', headers))} {Start(body?.ToJsonString() ?? "")} was answered by {answer.Status} {Start(answer.Text)}", failure);
        }

        return answer;
    }

    static string Start(string text) => text[..Math.Min(500, text.Length)];

    /// <summary>What an endpoint says of itself.</summary>
    public sealed record Known(string Method, string Path, IReadOnlyList<string> Query, Type? Body)
    {
        public string Name => $"{Method} {Path}";

        public static IReadOnlyList<Known> Of(IEndpointRouteBuilder app) => [.. app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (Endpoint: e, Operation: e.Metadata.GetMetadata<Operation>(), Path: "/" + e.RoutePattern.RawText!.Trim('/')))
            .Where(e => e.Operation is not null && e.Path.StartsWith(Settings.BasePath, StringComparison.Ordinal))
            .SelectMany(e => e.Endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods,
                (e, method) => new Known(method, e.Path[Settings.BasePath.Length..], [.. e.Operation!.Query.Select(q => q.Name)], e.Operation.Body))
            .OrderBy(k => k.Name, StringComparer.Ordinal)];
    }

    /// <summary>With one of everything, and a client that sends addresses as they are.</summary>
    public sealed class Host : PlanHost
    {
        static readonly HttpClient Client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, AllowAutoRedirect = false })
        {
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", BootstrapKey) },
        };

        System.Data.Common.DbConnection behind = null!;
        string key = "", feed = "", followUp = "", decision = "", presentation = "", webhook = "", delivery = "";
        string counts = "";
        long moment;
        int next;

        /// <summary>True if nothing has been stored since it was last remembered.</summary>
        public bool IsAsBefore()
        {
            // Tells, without counting, that no one has written at all; when a key was used may be written at any time.
            if (behind.Moment() == moment) return true;
            moment = behind.Moment();
            return behind.Counts() == counts;
        }

        public void Remember()
        {
            if (behind.Moment() == moment) return;
            moment = behind.Moment();
            counts = behind.Counts();
        }

        /// <summary>The path with a value that exists for every parameter that is left.</summary>
        public string Filled(string path) => path.Replace("{department}", "soc").Replace("{plan}", "soc-2026").Replace("{focusArea}", "stress")
            .Replace("{action}", "soc-2026-1").Replace("{number}", "1").Replace("{key}", key).Replace("{followUp}", followUp).Replace("{decision}", decision)
            .Replace("{presentation}", presentation).Replace("{indicator}", "nyckeltal").Replace("{period}", "2026-01").Replace("{webhook}", webhook).Replace("{delivery}", delivery).Replace("{calendarFeed}", feed);

        /// <summary>A body that works, if nothing hostile is put in.</summary>
        public JsonObject Body(Known endpoint) => endpoint.Name switch
        {
            "POST /departments" => new() { ["key"] = $"d{++next}", ["name"] = "Förvaltning" },
            "POST /plans" => new() { ["key"] = $"p{++next}", ["department"] = "soc", ["title"] = "Plan" },
            "POST /plans/{plan}/focus-areas" => new() { ["title"] = $"Område {++next}" },
            "POST /plans/{plan}/actions" => new() { ["title"] = "Åtgärd" },
            "POST /indicators" => new() { ["key"] = $"i{++next}", ["department"] = "soc", ["name"] = "Nyckeltal" },
            "PUT /indicators/{indicator}/values/{period}" => new() { ["value"] = 1 },
            "POST /actions/{action}/decisions" => new() { ["outcome"] = "stop", ["reason"] = "Skäl" },
            "POST /handovers" => new() { ["from"] = "HR", ["to"] = "Ekonomi", ["dryRun"] = true },
            "POST /calendar-feeds" => new() { ["name"] = "Kalender" },
            "POST /webhooks" => new() { ["url"] = "https://example.invalid/", ["events"] = new JsonArray("plan.updated") },
            "POST /api-keys" => new() { ["name"] = "Nyckel", ["role"] = "reader" },
            _ => [],
        };

        public async Task<Answer> SendRawAsync(string method, string path, string? body, (string Name, string Value)[] headers)
        {
            var address = new Uri(Address.GetLeftPart(UriPartial.Authority) + Settings.BasePath + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            foreach (var (name, value) in headers)
            {
                if (!name.StartsWith("Content-", StringComparison.Ordinal))
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
                else if (request.Content is not null)
                {
                    request.Content.Headers.Remove(name);
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var response = await Client.SendAsync(request);
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
                response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Content-Length").ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
        }

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            (await Admin.PostAsync("/plans/soc-2026/focus-areas", new { key = "stress", title = "Stress" })).Must(201);
            (await Admin.PostAsync("/plans/soc-2026/actions", new { title = "Mentor", focusArea = "stress", tags = (string[])["a"] })).Must(201);
            followUp = (await this.FollowUpAsync("soc-2026-1"))["id"]!.ToString();
            var proposed = (await this.ActionAsync("soc-2026", new { title = "Förslag", status = "proposed" }))["key"];
            decision = (await Admin.PostAsync($"/actions/{proposed}/decisions", new { outcome = "accepted" })).Must(201)["id"]!.ToString();
            presentation = (await Admin.PostAsync("/plans/soc-2026/presentations", new { board = "Socialnämnden" })).Must(201)["id"]!.ToString();
            (await Admin.PostAsync("/indicators", new { key = "nyckeltal", department = "soc", name = "Nyckeltal" })).Must(201);
            (await Admin.SendAsync("PUT", "/indicators/nyckeltal/values/2026-01", new { value = 1 })).Must(201);
            (webhook, delivery) = await this.DeliveryAsync();
            (await Admin.PatchAsync($"/webhooks/{webhook}", new { state = "paused" })).Must(200);
            feed = (await Admin.PostAsync("/calendar-feeds", new { name = "Kalender" })).Must(201)["id"]!.ToString();
            key = (await Admin.PostAsync("/api-keys", new { name = "Att se", role = "reader" })).Must(201)["id"]!.ToString();
            Behind.Run(Database, "insert into measure (number, category, title) values (1, 'God introduktion', 'Mentor')");
            behind = Behind.Open(Database);
            Remember();
        }
    }
}
