using System.Text.RegularExpressions;
using ActionPlan.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Http;

public class AccessTests(PlanHost host) : IClassFixture<PlanHost>
{
    // Who may what, told once more than in the code: an endpoint that is not here fails the first test.
    static readonly IReadOnlyDictionary<string, string> Needed = new Dictionary<string, string>
    {
        ["GET /api-info"] = Role.Everyone,
        ["GET /openapi.json"] = Role.Everyone,
        ["GET /openapi.v2.json"] = Role.Everyone,
        ["GET /session"] = Role.Reader,
        ["GET /departments"] = Role.Reader,
        ["POST /departments"] = Role.Admin,
        ["GET /departments/{department}"] = Role.Reader,
        ["PATCH /departments/{department}"] = Role.Admin,
        ["DELETE /departments/{department}"] = Role.Admin,
        ["GET /plans"] = Role.Reader,
        ["POST /plans"] = Role.Editor,
        ["GET /plans/{plan}"] = Role.Reader,
        ["PATCH /plans/{plan}"] = Role.Editor,
        ["DELETE /plans/{plan}"] = Role.Editor,
        ["GET /plans/{plan}/summary"] = Role.Reader,
        ["GET /plans/{plan}/gaps"] = Role.Reader,
        ["GET /plans/{plan}/comparison"] = Role.Reader,
        ["GET /plans/{plan}/focus-areas"] = Role.Reader,
        ["POST /plans/{plan}/focus-areas"] = Role.Editor,
        ["GET /plans/{plan}/focus-areas/{focusArea}"] = Role.Reader,
        ["PATCH /plans/{plan}/focus-areas/{focusArea}"] = Role.Editor,
        ["DELETE /plans/{plan}/focus-areas/{focusArea}"] = Role.Editor,
        ["GET /plans/{plan}/changes"] = Role.Reader,
        ["GET /plans/{plan}/presentations"] = Role.Reader,
        ["POST /plans/{plan}/presentations"] = Role.Editor,
        ["GET /plans/{plan}/presentations/{presentation}"] = Role.Reader,
        ["GET /plans/{plan}/actions"] = Role.Reader,
        ["POST /plans/{plan}/actions"] = Role.Editor,
        ["GET /actions"] = Role.Reader,
        ["GET /actions/{action}"] = Role.Reader,
        ["PATCH /actions/{action}"] = Role.Editor,
        ["DELETE /actions/{action}"] = Role.Editor,
        ["POST /actions/{action}/restorations"] = Role.Editor,
        ["GET /changes"] = Role.Reader,
        ["GET /actions/{action}/changes"] = Role.Reader,
        ["GET /actions/{action}/follow-ups"] = Role.Reader,
        ["POST /actions/{action}/follow-ups"] = Role.Editor,
        ["GET /actions/{action}/follow-ups/{followUp}"] = Role.Reader,
        ["GET /actions/{action}/decisions"] = Role.Reader,
        ["POST /actions/{action}/decisions"] = Role.Editor,
        ["GET /actions/{action}/decisions/{decision}"] = Role.Reader,
        ["POST /plans/{plan}/imports"] = Role.Editor,
        ["POST /imports"] = Role.Editor,
        ["GET /follow-ups"] = Role.Reader,
        ["GET /evaluations"] = Role.Reader,
        ["GET /owners"] = Role.Reader,
        ["POST /handovers"] = Role.Editor,
        ["GET /deadlines"] = Role.Reader,
        ["GET /indicators"] = Role.Reader,
        ["POST /indicators"] = Role.Editor,
        ["GET /indicators/{indicator}"] = Role.Reader,
        ["PATCH /indicators/{indicator}"] = Role.Editor,
        ["DELETE /indicators/{indicator}"] = Role.Editor,
        ["GET /indicators/{indicator}/values"] = Role.Reader,
        ["PUT /indicators/{indicator}/values"] = Role.Editor,
        ["GET /indicators/{indicator}/values/{period}"] = Role.Reader,
        ["PUT /indicators/{indicator}/values/{period}"] = Role.Editor,
        ["DELETE /indicators/{indicator}/values/{period}"] = Role.Editor,
        ["GET /measures"] = Role.Reader,
        ["GET /measures/{number}"] = Role.Reader,
        ["GET /measures/{number}/adoptions"] = Role.Reader,
        ["GET /api-keys"] = Role.Reader,
        ["POST /api-keys"] = Role.Admin,
        ["GET /api-keys/{key}"] = Role.Reader,
        ["DELETE /api-keys/{key}"] = Role.Admin,
        ["GET /calendar-feeds"] = Role.Reader,
        ["POST /calendar-feeds"] = Role.Editor,
        ["GET /calendar-feeds/{calendarFeed}"] = Role.Reader,
        ["DELETE /calendar-feeds/{calendarFeed}"] = Role.Editor,
        ["GET /webhooks"] = Role.Reader,
        ["POST /webhooks"] = Role.Admin,
        ["GET /webhooks/{webhook}"] = Role.Reader,
        ["PATCH /webhooks/{webhook}"] = Role.Admin,
        ["DELETE /webhooks/{webhook}"] = Role.Admin,
        ["POST /webhooks/{webhook}/secrets"] = Role.Admin,
        ["GET /webhooks/{webhook}/deliveries"] = Role.Reader,
        ["GET /webhooks/{webhook}/deliveries/{delivery}"] = Role.Reader,
        ["POST /webhooks/{webhook}/deliveries/{delivery}/attempts"] = Role.Admin,
    };

    public static TheoryData<string> Operations => [.. Needed.Where(n => n.Value != Role.Everyone).Select(n => n.Key)];

    [Fact]
    public void Every_endpoint_is_known_here()
    {
        var found = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => "/" + e.RoutePattern.RawText!.TrimStart('/') is var path && path.StartsWith(Settings.BasePath, StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods, (e, method) => $"{method} /{e.RoutePattern.RawText!.TrimStart('/')[(Settings.BasePath.Length)..]}")
            .ToHashSet();

        Assert.Empty(found.Except(Needed.Keys));
        Assert.Empty(Needed.Keys.Except(found).Except(["GET /openapi.json", "GET /openapi.v2.json"]));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_key_it_is_401(string operation)
    {
        var answer = await SendAsync(host.Anonymous, operation);

        answer.MustBeProblem(401, "unauthorized");
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_weaker_role_is_403_naming_the_role_and_the_others_are_let_in(string operation)
    {
        foreach (var role in Role.All)
        {
            var answer = await SendAsync(await KeyOf(role), operation);
            if (Role.All.ToList().IndexOf(role) < Role.All.ToList().IndexOf(Needed[operation]))
            {
                var problem = answer.MustBeProblem(403, "forbidden");
                Assert.Contains(Needed[operation], problem["detail"]!.ToString(), StringComparison.Ordinal);
                Assert.Contains(role, problem["detail"]!.ToString(), StringComparison.Ordinal);
            }
            else
            {
                // Let in: then it is the request itself that is answered, whatever that is.
                Assert.DoesNotContain(answer.Status, (int[])[401, 403, 405, 500]);
            }
        }
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_of_roles_lets_no_one_in()
    {
        using var database = TestDatabase.Create();
        var app = Program.Build([.. database.Settings.Select(s => $"--{s.Key}={s.Value}"), "--urls=http://127.0.0.1:0", $"--Auth:BootstrapKey={ApiHost.BootstrapKey}", "--Seeds:Load=none"]);
        await using (app)
        {
            app.MapContract().MapGet("/forgotten", () => "what no one may see");
            await Program.StartAsync(app);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

            (await new Api(client).GetAsync("/forgotten")).MustBeProblem(401);
            client.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.BootstrapKey);
            (await new Api(client).GetAsync("/forgotten")).MustBeProblem(403);
        }

    }

    [Theory]
    [InlineData("/api-info")]
    [InlineData("//healthz")]
    [InlineData("//readyz")]
    [InlineData("//")]
    public async Task What_everyone_may_see_needs_no_key_and_minds_no_wrong_one(string path)
    {
        Assert.Equal(200, (await host.Anonymous.GetAsync(path)).Status);
        Assert.Equal(200, (await host.With("no-such-key").GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_404_without_a_key()
    {
        (await host.Anonymous.GetAsync("/finns-inte")).MustBeProblem(404, "not-found");
        (await host.Anonymous.GetAsync("//finns-inte")).MustBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer    ")]
    [InlineData("Bearer,")]
    [InlineData("Bearer null")]
    [InlineData("Bearer ap_")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Basic a-first-key-for-the-tests-only")]
    [InlineData("a-first-key-for-the-tests-only")]
    [InlineData("Bearera-first-key-for-the-tests-only")]
    [InlineData("Digest username=\"x\"")]
    [InlineData("Bearer 'a-first-key-for-the-tests-only'")]
    [InlineData("Bearer A-FIRST-KEY-FOR-THE-TESTS-ONLY")]
    [InlineData("Bearer a-first-key-for-the-tests-only a-first-key-for-the-tests-only")]
    [InlineData("Bearer a-first-key-for-the-tests-only, Bearer a-first-key-for-the-tests-only")]
    [InlineData("Bearer åäö🙂")]
    [InlineData("Bearer ' or 1=1 --")]
    [InlineData("Bearer %61-first-key-for-the-tests-only")]
    public async Task A_header_that_is_no_valid_key_is_401(string authorization)
    {
        var answer = await Raw.SendAsync(host.Address, $"""
            GET {Settings.BasePath}/session HTTP/1.1
            Host: localhost
            Authorization: {authorization}
            Connection: close


            """);

        answer.MustBeProblem(401, "unauthorized");
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Two_headers_are_401_even_if_one_of_them_is_right()
    {
        foreach (var other in new[] { "Bearer nope", "Basic YWRtaW46YWRtaW4=", $"Bearer {ApiHost.BootstrapKey}" })
        {
            (await Raw.SendAsync(host.Address, $"""
                GET {Settings.BasePath}/session HTTP/1.1
                Host: localhost
                Authorization: Bearer {ApiHost.BootstrapKey}
                Authorization: {other}
                Connection: close


                """)).MustBeProblem(401);
        }
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case_with_any_space()
    {
        foreach (var scheme in new[] { "bearer", "BEARER", "Bearer  " })
        {
            var answer = await Raw.SendAsync(host.Address, $"""
                GET {Settings.BasePath}/session HTTP/1.1
                Host: localhost
                Authorization: {scheme} {ApiHost.BootstrapKey}
                Connection: close


                """);
            answer.Must(200);
        }
    }

    [Theory]
    [InlineData(10_000, 401)]
    [InlineData(100_000, 431)]
    public async Task A_huge_header_is_refused_and_the_service_lives(int length, int status)
    {
        var answer = await Raw.SendAsync(host.Address, $"""
            GET {Settings.BasePath}/session HTTP/1.1
            Host: localhost
            Authorization: Bearer {new string('x', length)}
            Connection: close


            """);

        Assert.Equal(status, answer.Status);
        (await host.Admin.GetAsync("/session")).Must(200);
    }

    [Theory]
    [InlineData("?key=")]
    [InlineData("?api_key=")]
    [InlineData("?access_token=")]
    public async Task A_key_in_the_address_lets_no_one_in(string query)
    {
        (await host.Anonymous.GetAsync("/session" + query + ApiHost.BootstrapKey)).MustBeProblem(401);
    }

    [Fact]
    public async Task HEAD_needs_the_same_key_as_GET()
    {
        Assert.Equal(401, (await host.Anonymous.SendAsync("HEAD", "/plans")).Status);
        Assert.Equal(200, (await (await KeyOf(Role.Reader)).SendAsync("HEAD", "/plans")).Status);
    }

    static readonly System.Collections.Concurrent.ConcurrentDictionary<(ApiHost, string), Task<Api>> Keys = new();

    Task<Api> KeyOf(string role) => Keys.GetOrAdd((host, role), _ => host.WithNewKeyAsync(role));

    // Nothing that it names exists, so that nothing is changed by those who are let in.
    static Task<Answer> SendAsync(Api api, string operation)
    {
        var parts = operation.Split(' ');
        var path = Regex.Replace(parts[1], @"\{\w+\}", "9999");
        return api.SendAsync(parts[0], path, parts[0] is "POST" or "PATCH" or "PUT" ? "{}" : null);
    }
}
