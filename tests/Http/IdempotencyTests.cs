using System.Collections.Concurrent;

namespace ActionPlan.Tests.Http;

/// <summary>A POST under an Idempotency-Key is done once, however often it is sent.</summary>
public class IdempotencyTests(PlanHost host) : IClassFixture<PlanHost>
{
    // Every POST there is: one that is not here fails the first test. @ stands for a text of its own in each test.
    static readonly IReadOnlyDictionary<string, (string Path, string? Body)> Posts = new Dictionary<string, (string, string?)>
    {
        ["/departments"] = ("/departments", """{"key":"@","name":"Förvaltningen 🎉"}"""),
        ["/plans"] = ("/plans", """{"key":"@","department":"soc","title":"Planen"}"""),
        ["/plans/{plan}/focus-areas"] = ("/plans/soc-2026/focus-areas", """{"key":"@","title":"Området"}"""),
        ["/plans/{plan}/actions"] = ("/plans/soc-2026/actions", """{"title":"@ \"åäö\" <b>","deadline":"snarast","tags":["å"]}"""),
        ["/plans/{plan}/imports"] = ("/plans/soc-2026/imports", """[{"title":"@","deadline":"snarast","följs inte":"å"}]"""),
        ["/imports"] = ("/imports?department=soc&title=Planen&key=@", """[{"title":"Första","focusArea":"Området"}]"""),
        ["/plans/{plan}/presentations"] = ("/plans/soc-2026/presentations", """{"note":"@\n§"}"""),
        ["/actions/{action}/restorations"] = ("/actions/{deleted}/restorations", null),
        ["/actions/{action}/follow-ups"] = ("/actions/{action}/follow-ups", """{"note":"@","prognosis":"green"}"""),
        ["/actions/{action}/decisions"] = ("/actions/{proposed}/decisions", """{"outcome":"accepted","note":"@"}"""),
        ["/indicators"] = ("/indicators", """{"key":"@","department":"soc","name":"Nyckeltalet"}"""),
        ["/handovers"] = ("/handovers", """{"from":"Ansvarig {action}","to":"@"}"""),
        ["/calendar-feeds"] = ("/calendar-feeds", """{"name":"@","open":true}"""),
        ["/webhooks"] = ("/webhooks", """{"url":"https://example.invalid/@","events":["plan.updated"]}"""),
        ["/webhooks/{webhook}/secrets"] = ("/webhooks/{webhook}/secrets", null),
        ["/webhooks/{webhook}/deliveries/{delivery}/attempts"] = ("/webhooks/{webhook}/deliveries/{delivery}/attempts", null),
        ["/api-keys"] = ("/api-keys", """{"name":"@","role":"reader"}"""),
    };

    public static TheoryData<string> Operations => [.. Posts.Keys];

    [Fact]
    public async Task Every_POST_is_known_here()
    {
        var paths = (await host.Anonymous.GetAsync("/openapi.json")).Json["paths"]!.AsObject();

        Assert.Equal(paths.Where(p => p.Value!["post"] is not null).Select(p => p.Key).Order(), Posts.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_same_request_again_is_answered_again_and_not_done_again(string operation)
    {
        var (path, body) = await PrepareAsync(operation);
        var key = NewKey();
        var first = await host.Admin.PostAsync(path, body, key);
        var before = await host.ChangesAsync();

        Answer[] again = [await host.Admin.PostAsync(path, body, key), await host.Admin.PostAsync(path, body, key)];

        first.Must(operation.EndsWith("/attempts", StringComparison.Ordinal) ? 202 : operation is "/handovers" or "/imports" or "/plans/{plan}/imports" ? 200 : 201);
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.Equal(before, await host.ChangesAsync());
        var once = operation == "/calendar-feeds" ? "url" : "secret";
        var secret = first.Json[once]?.ToString();
        var expected = secret is null ? first.Text : first.Text.Replace($",\"{once}\":\"{secret}\"", "");
        Assert.All(again, answer =>
        {
            Assert.Equal("true", answer.Headers["Idempotency-Replayed"]);
            Assert.Equal((first.Status, expected), (answer.Status, answer.Text));
            foreach (var name in (string[])["Location", "ETag", "Content-Type", "Content-Language", "Cache-Control", "X-Content-Type-Options"])
                Assert.Equal(first.Headers.GetValueOrDefault(name), answer.Headers.GetValueOrDefault(name));
        });
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Asked_for_no_body_it_answers_none_again(string operation)
    {
        var (path, body) = await PrepareAsync(operation);
        var (key, minimal) = (NewKey(), ("Prefer", "return=minimal"));

        var first = await host.Admin.PostAsync(path, body, key, minimal);
        var again = await host.Admin.PostAsync(path, body, key, minimal);

        // What is shown once, or is all there is to the answer, is told in full.
        Assert.Equal(operation switch { "/handovers" or "/imports" or "/plans/{plan}/imports" => 200, "/api-keys" or "/calendar-feeds" or "/webhooks" or "/webhooks/{webhook}/secrets" => 201, "/webhooks/{webhook}/deliveries/{delivery}/attempts" => 202, _ => 204 }, first.Status);
        Assert.Equal((first.Status, "true"), (again.Status, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(first.Text.Length == 0, again.Text.Length == 0);
        foreach (var name in (string[])["Location", "ETag", "Preference-Applied"])
            Assert.Equal(first.Headers.GetValueOrDefault(name), again.Headers.GetValueOrDefault(name));
    }

    [Theory]
    [InlineData("/plans/soc-2026/actions", """{"title":"Den andra"}""")]
    [InlineData("/plans/soc-2026/actions", """{"title": "Den första"}""")]
    [InlineData("/plans/soc-2026/actions", """{"title":"Den första","owner":null}""")]
    [InlineData("/plans/vof-2026/actions", """{"title":"Den första"}""")]
    [InlineData("/plans/soc-2026/focus-areas", """{"title":"Den första"}""")]
    public async Task Another_request_under_the_same_key_is_422_and_does_nothing(string path, string body)
    {
        var key = NewKey();
        (await host.Admin.PostAsync("/plans/soc-2026/actions", """{"title":"Den första"}""", key)).Must(201);
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync(path, body, key);

        Assert.Contains(key.Value, answer.MustBeProblem(422, "idempotency-key-reused")["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Fact]
    public async Task What_was_answered_is_answered_again_whatever_has_become_of_it()
    {
        var (key, plan) = (NewKey(), await host.PlanAsync());
        var first = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Som det var" }, key);
        (await host.Admin.PatchAsync($"/actions/{first["key"]}", new { title = "Som det blev" })).Must(200);
        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);

        var again = await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Som det var" }, key, ("Accept-Language", "en"), ("If-Match", "\"7-abc\""));

        Assert.Equal((201, first.Text, first.ETag, "sv"), (again.Status, again.Text, again.ETag, again.Headers["Content-Language"]));
    }

    [Fact]
    public async Task A_precondition_that_the_first_made_stale_does_not_stop_the_second()
    {
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        var key = NewKey();

        for (var i = 0; i < 2; i++)
            (await host.Admin.PostAsync($"/actions/{action}/follow-ups", new { prognosis = "red" }, key, ("If-Match", "\"1\""))).Must(201);

        Assert.Single((await host.Admin.GetAsync($"/actions/{action}/follow-ups")).Items("id"));
    }

    [Fact]
    public async Task What_a_hand_over_would_do_is_told_again_and_doing_it_needs_another_key()
    {
        var (_, body) = await PrepareAsync("/handovers");
        var (key, trial) = (NewKey(), body!.Replace("}", ",\"dryRun\":true}"));

        var first = (await host.Admin.PostAsync("/handovers", trial, key)).Must(200);
        (await host.Admin.PostAsync("/handovers", body, key)).MustBeProblem(422, "idempotency-key-reused");
        (await host.Admin.PostAsync("/handovers", body, NewKey())).Must(200);

        var again = await host.Admin.PostAsync("/handovers", trial, key);
        Assert.Equal((first.ToJsonString(), "true"), (again.Must(200).ToJsonString(), again.Headers["Idempotency-Replayed"]));
        Assert.Equal(1, first["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_error_is_not_kept_and_the_request_may_be_corrected_under_the_same_key()
    {
        var (key, plan) = (NewKey(), Given.Key());

        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc" }, key)).MustBeProblem(400);
        (await host.Admin.PostAsync("/plans", new { key = plan, department = "finns-inte", title = "x" }, key)).MustBeProblem(400);
        (await host.Admin.PostAsync("/plans", new { key = "soc-2026", department = "soc", title = "x" }, key)).MustBeProblem(409);
        var first = await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "x" }, key);
        var again = await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "x" }, key);

        first.Must(201);
        Assert.Equal((201, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task Each_callers_keys_are_its_own()
    {
        var key = NewKey();
        var (soc, vof) = (await host.WithNewKeyAsync("editor", "soc"), await host.WithNewKeyAsync("editor", "vof"));

        var first = (await soc.PostAsync("/plans/soc-2026/actions", new { title = "Min" }, key)).Must(201);
        (await vof.PostAsync("/plans/soc-2026/actions", new { title = "Min" }, key)).MustBeProblem(404);
        var other = await vof.PostAsync("/plans/vof-2026/actions", new { title = "Vår" }, key);
        var admins = (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Min" }, key)).Must(201);

        other.Must(201);
        Assert.False(other.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.NotEqual(first["key"]!.ToString(), admins["key"]!.ToString());
    }

    [Fact]
    public async Task A_secret_is_told_once_and_stands_nowhere_in_the_database()
    {
        var key = NewKey();
        var first = (await host.Admin.PostAsync("/api-keys", new { name = "En gång", role = "reader" }, key)).Must(201);
        var secret = first["secret"]!.ToString();

        var again = await host.Admin.PostAsync("/api-keys", new { name = "En gång", role = "reader" }, key);

        Assert.Equal((201, first["id"]!.ToString()), (again.Status, again["id"]!.ToString()));
        Assert.DoesNotContain(secret[3..], again.Text, StringComparison.Ordinal);
        (await host.With(secret).GetAsync("/session")).Must(200);
        Assert.True(host.Database.Holds(key.Value));
        Assert.False(host.Database.Holds(secret[3..]));
    }

    [Theory]
    [InlineData("Idempotency-Key:")]
    [InlineData("Idempotency-Key: åäö")]
    [InlineData("Idempotency-Key: a\tb")]
    [InlineData("Idempotency-Key: a\nIdempotency-Key: a")]
    [InlineData("Idempotency-Key: 256")]
    public async Task A_key_that_is_none_is_400_told_with_all_other_faults(string header)
    {
        var before = await host.ChangesAsync();
        const string body = """{"titel":"x"}""";

        var answer = await Raw.SendAsync(host.Address, $"""
            POST {Settings.BasePath}/plans/soc-2026/actions HTTP/1.1
            Host: {host.Address.Authority}
            {header.Replace("256", new string('k', 256))}
            Authorization: Bearer {ApiHost.BootstrapKey}
            Content-Type: application/json
            Content-Length: {body.Length}
            Connection: close

            {body}
            """);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(["/titel unknownProperty", "/title required", "Idempotency-Key invalidIdempotencyKey"], answer.Faults());
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")]
    [InlineData("en nyckel: med, allt; {som} / kan")]
    [InlineData("255")]
    public async Task Any_printable_text_of_up_to_255_characters_is_a_key(string text)
    {
        var key = ("Idempotency-Key", text == "255" ? new string('~', 255) : text);

        var first = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "En gång" }, key);
        var again = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "En gång" }, key);

        Assert.Equal((201, first.Text), (again.Status, again.Text));
        Assert.True(again.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Other_methods_do_not_look_at_it()
    {
        var (key, action) = (NewKey(), (await host.ActionAsync("soc-2026"))["key"]!.ToString());

        foreach (var title in (string[])["Ett", "Två"]) Assert.Equal(title, (await host.Admin.PatchAsync($"/actions/{action}", new { title }, key)).Must(200)["title"]!.ToString());
        for (var i = 0; i < 2; i++) (await host.Admin.GetAsync($"/actions/{action}", key, ("Idempotency-Key", ""))).Must(200);
        (await host.Admin.DeleteAsync($"/actions/{action}", key)).Must(204);
        (await host.Admin.DeleteAsync($"/actions/{action}", key)).MustBeProblem(404);
    }

    [Fact]
    public async Task After_24_hours_a_key_is_new_again()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        var key = NewKey();
        var first = (await PostAsync("Den första")).Must(201);

        own.Host.Clock.StopAt("2099-03-03T09:59:59.999Z");
        Assert.Equal(first["key"]!.ToString(), (await PostAsync("Den första")).Must(201)["key"]!.ToString());
        (await PostAsync("Den andra")).MustBeProblem(422);

        own.Host.Clock.StopAt("2099-03-03T10:00:00Z");
        var second = await PostAsync("Den andra");
        Assert.Equal(("soc-2026-2", false), (second.Must(201)["key"]!.ToString(), second.Headers.ContainsKey("Idempotency-Replayed")));
        Assert.Equal("soc-2026-2", (await PostAsync("Den andra")).Must(201)["key"]!.ToString());

        Task<Answer> PostAsync(string title) => own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title }, key);
    }

    [Fact]
    public async Task What_has_expired_is_cleared_a_little_at_a_time_and_what_has_not_stays()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(NewKey())));
        var (last, kept) = (NewKey(), NewKey());
        await PostAsync(last);
        own.Host.Clock.StopAt("2099-03-02T11:00:00Z");
        var first = await PostAsync(kept);
        Assert.Equal(102, await CountAsync());

        own.Host.Clock.StopAt("2099-03-03T10:30:00Z");
        // One that has expired and is not cleared yet is as good as gone.
        Assert.False((await PostAsync(last)).Headers.ContainsKey("Idempotency-Replayed"));
        Assert.InRange(await CountAsync(), 50, 99);
        for (var i = 0; i < 10; i++) await PostAsync(NewKey());

        Assert.Equal(12, await CountAsync());
        Assert.Equal(first.Text, (await PostAsync(kept)).Text);

        Task<Answer> PostAsync((string, string) key) => own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "x" }, key);
        async Task<long> CountAsync() => (long)(await own.Host.RowsAsync("select count(*) as n from idempotency_key"))[0]["n"]!;
    }

    [Fact]
    public async Task A_thousand_requests_each_sent_twice_at_once_are_done_a_thousand_times()
    {
        const int Requests = 1000;
        var plan = await host.PlanAsync();

        var pairs = await SendTwiceAsync(Requests, host.Admin, host.Admin, $"/plans/{plan}/actions");

        MustBeDoneOnce(pairs);
        Assert.Equal(Requests, (await host.Admin.GetAsync($"/plans/{plan}/actions")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [OnPostgres]
    public async Task Sent_to_two_processes_at_once_it_is_done_once()
    {
        const int Requests = 200;
        await using var process = await ServiceProcess.StartAsync(host.Database);
        var plan = await host.PlanAsync();

        var pairs = await SendTwiceAsync(Requests, host.Admin, process.Admin, $"/plans/{plan}/actions");

        MustBeDoneOnce(pairs);
        Assert.Equal(Requests, (await host.Admin.GetAsync($"/plans/{plan}/actions")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task Of_requests_that_differ_under_one_key_at_once_one_is_done()
    {
        var (plan, key) = (await host.PlanAsync(), NewKey());

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => host.Admin.PostAsync($"/plans/{plan}/actions", new { title = $"Nr {i}" }, key)));

        Assert.Equal(31, answers.Count(a => a.Status == 422));
        Assert.Equal(answers.Single(a => a.Status == 201)["title"]!.ToString(), (await host.Admin.GetAsync($"/plans/{plan}/actions")).Items("title").Single());
    }

    // Sends each request twice at once, under a key of its own.
    static async Task<IReadOnlyList<Answer[]>> SendTwiceAsync(int requests, Api one, Api other, string path)
    {
        var pairs = new ConcurrentBag<Answer[]>();
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var (key, body) = (NewKey(), new { title = $"Nr {i}" });
            pairs.Add(await Task.WhenAll(one.PostAsync(path, body, key), other.PostAsync(path, body, key)));
        });
        return [.. pairs];
    }

    static void MustBeDoneOnce(IReadOnlyList<Answer[]> pairs)
    {
        Assert.All(pairs, pair =>
        {
            Assert.Equal([201, 201], pair.Select(a => a.Status));
            Assert.Equal(pair[0].Text, pair[1].Text);
            Assert.Equal(pair[0].Headers["Location"], pair[1].Headers["Location"]);
            Assert.Single(pair, a => a.Headers.ContainsKey("Idempotency-Replayed"));
        });
        Assert.Equal(pairs.Count, pairs.Select(pair => pair[0]["key"]!.ToString()).Distinct().Count());
    }

    // What the request needs to be there, and its texts.
    async Task<(string Path, string? Body)> PrepareAsync(string operation)
    {
        var own = Given.Key("i");
        var action = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        (await host.Admin.PatchAsync($"/actions/{action}", new { owner = $"Ansvarig {action}" })).Must(200);
        var deleted = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        (await host.Admin.DeleteAsync($"/actions/{deleted}")).Must(204);
        var proposed = operation.EndsWith("/decisions", StringComparison.Ordinal) ? await host.ActionInAsync("soc-2026", "proposed") : "";
        var (webhook, delivery) = operation.StartsWith("/webhooks/", StringComparison.Ordinal) ? await host.DeliveryAsync() : ("", "");
        var (path, body) = Posts[operation];
        return (Fill(path)!, Fill(body));

        string? Fill(string? text) => text?.Replace("{action}", action).Replace("{deleted}", deleted).Replace("{proposed}", proposed).Replace("{webhook}", webhook).Replace("{delivery}", delivery).Replace("@", own);
    }

    static (string Name, string Value) NewKey() => ("Idempotency-Key", Guid.NewGuid().ToString());
}

/// <summary>Killed at any moment, the service has done what it keeps an answer for and keeps an answer for what it has done.</summary>
public sealed class IdempotencyKillTests : IDisposable
{
    readonly TestDatabase database = TestDatabase.Create();

    [Fact]
    public async Task Requests_that_are_sent_until_they_are_answered_are_done_once_whatever_is_killed_meanwhile()
    {
        const int Kills = 3, Clients = 16;
        var answered = new ConcurrentDictionary<string, string>();
        var pending = Enumerable.Range(0, Clients).Select(client => $"{client} 0").ToArray();

        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var service = await ServiceProcess.StartAsync(database);
            if (kill == 0)
            {
                (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
                (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
            }

            var (isLast, before) = (kill == Kills, answered.Count);
            var clients = Enumerable.Range(0, Clients).Select(client => SendAsync(service.Admin, client, isLast)).ToList();
            await Eventually.HoldsAsync(() => answered.Count > before + Clients, "the first answers", 30);
            if (!isLast) await Task.Delay(Random.Shared.Next(10, 200));
            if (!isLast) await service.KillAsync();
            await Task.WhenAll(clients);
        }

        using var behind = Behind.Open(database);
        var stored = behind.Rows("select title, plan || '-' || number from action").Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal);
        Assert.Equal(answered.Select(a => $"{a.Key} {a.Value}").Order(StringComparer.Ordinal), stored);
        Assert.Equal(answered.Count, (long)behind.Rows("select count(*) from idempotency_key").Single()[0]!);

        // The last round only ends what is under way; the others go on until the service is gone.
        async Task SendAsync(Api api, int client, bool isLast)
        {
            try
            {
                for (var i = 0; !isLast || i < 3; i++)
                {
                    var title = pending[client];
                    var answer = await api.PostAsync("/plans/p/actions", new { title }, ("Idempotency-Key", title));
                    answered[title] = answer.Must(201)["key"]!.ToString();
                    pending[client] = $"{client} {int.Parse(title.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) + 1}";
                }
            }
            catch (HttpRequestException)
            {
                // Sent again, under the same key, to the next.
            }
        }
    }

    public void Dispose() => database.Dispose();
}
