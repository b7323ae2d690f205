using System.Globalization;
using ActionPlan.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Data;

public class WriterTests(WriterTests.Host host) : IClassFixture<WriterTests.Host>
{
    Database Database => host.Services.GetRequiredService<Database>();

    [Fact]
    public async Task Writes_of_64_clients_at_once_are_all_stored_exactly_once_in_an_unbroken_row()
    {
        const int Clients = 64, Each = 8;
        using var behind = Behind.Open(host.Database);
        var before = (long)behind.Rows("select count(*) from change").Single()[0]!;

        var answers = (await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var api = host.With(ApiHost.BootstrapKey);
            var own = new List<(string Title, Answer Answer)>();
            for (var i = 0; i < Each; i++)
            {
                var title = $"Samtidig {client} {i}";
                own.Add((title, await api.PostAsync("/plans/soc-2026/actions", new { title, tags = (string[])[$"t{client}"] })));
            }

            return own;
        }))).SelectMany(a => a).ToList();

        Assert.All(answers, a => Assert.Equal((201, a.Title), (a.Answer.Status, a.Answer["title"]?.ToString())));
        Assert.Equal(Clients * Each, answers.Select(a => a.Answer["key"]!.ToString()).Distinct().Count());
        var rows = behind.Rows($"select resource_key, {behind.State("title")} from change where kind = 'created' and {behind.State("title")} like 'Samtidig %' order by number");
        Assert.Equal(answers.Select(a => $"{a.Answer["key"]} {a.Title}").Order(), rows.Select(r => $"{r[0]} {r[1]}").Order());
        Assert.Equal(before + Clients * Each, (long)behind.Rows("select count(*) from change").Single()[0]!);
        // Numbers are given in the order of the changes.
        var numbers = rows.Select(r => int.Parse(r[0]!.ToString()!.Split('-')[^1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
        behind.MustBeWhole();
        behind.MustHoldNothingByHalves();
    }

    [Fact]
    public async Task Of_many_who_change_the_same_version_exactly_one_succeeds()
    {
        var action = await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Omstridd" });
        action.Must(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            host.With(ApiHost.BootstrapKey).PatchAsync($"/actions/{action["key"]}", new { title = $"Vann {i}" }, ("If-Match", action.ETag!))));

        Assert.Equal(31, answers.Count(a => a.Status == 412));
        var won = answers.Single(a => a.Status == 200);
        Assert.Equal(won["title"]!.ToString(), (await host.Admin.GetAsync($"/actions/{action["key"]}"))["title"]!.ToString());
        Assert.All(answers.Where(a => a.Status == 412), a => Assert.Equal(2, a["currentVersion"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_hurt_those_in_the_same_group()
    {
        using var behind = Behind.Open(host.Database);
        await using var gate = await GateAsync();

        // All these wait behind the gate and are taken together: writes that work, that break a rule of the table,
        // that are no SQL, that throw, and that are to be undone.
        var good = Enumerable.Range(1, 100).Select(n => InsertAsync(n)).ToList();
        var broken = new List<Task>
        {
            Database.WriteAsync("test", async db => { await InsertInAsync(db, 501); return await db.ExecuteAsync("insert into measure (number, category, title) values (501, 'x', 'twice')"); }),
            Database.WriteAsync("test", async db => { await InsertInAsync(db, 502); return await db.ExecuteAsync("insert into measure (number) values (null)"); }),
            Database.WriteAsync("test", async db => { await InsertInAsync(db, 503); return await db.ExecuteAsync("this is no sql"); }),
            Database.WriteAsync<int>("test", async db => { await InsertInAsync(db, 504); throw new InvalidOperationException("on purpose"); }),
        };
        await using var session = Database.Read();
        var undone = session.WriteAsync("test", async () => await InsertInAsync(session, 505), _ => false);
        var more = Enumerable.Range(101, 100).Select(n => InsertAsync(n)).ToList();
        gate.Open();

        Assert.All(await Task.WhenAll(good.Concat(more)), rows => Assert.Equal(1, rows));
        foreach (var task in broken) await Assert.ThrowsAnyAsync<Exception>(() => task);
        Assert.Equal(1, await undone);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (object?)(long)n), behind.Rows("select number from measure where number < 1000 order by number").Select(r => r[0]));
        (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Efteråt" })).Must(201);
        behind.MustBeWhole();

        Task<int> InsertAsync(int number) => Database.WriteAsync("test", db => InsertInAsync(db, number));
        static Task<int> InsertInAsync(Db db, int number) => db.ExecuteAsync("insert into measure (number, category, title) values (@Number, 'x', 'y')", new { Number = number });
    }

    [Fact]
    public async Task A_refused_request_among_others_leaves_no_gap_in_the_numbers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 4 == 0
            ? host.Admin.PostAsync("/departments", new { key = "soc", name = "Finns redan" })
            : host.Admin.PostAsync("/plans/vof-2026/actions", new { title = $"Jämte {i}" })));

        Assert.Equal((10, 30), (answers.Count(a => a.Status == 409), answers.Count(a => a.Status == 201)));
        using var behind = Behind.Open(host.Database);
        behind.MustBeWhole();
    }

    [Fact]
    public async Task A_write_whose_client_has_gone_is_not_stored_and_the_next_is()
    {
        await using var gate = await GateAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Settings.BasePath}/plans/vof-2026/actions") { Content = new StringContent("""{"title":"Ångrad"}""", null, "application/json") };
        request.Headers.Authorization = new("Bearer", ApiHost.BootstrapKey);
        request.Headers.Add("X-Watched", "1");
        using var gone = new CancellationTokenSource();

        var sending = client.SendAsync(request, gone.Token);
        await host.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await host.Gone.Task.WaitAsync(TimeSpan.FromSeconds(10));
        gate.Open();

        // Writes are taken in order, so when this one is stored, the other has had its turn.
        (await host.Admin.PostAsync("/plans/vof-2026/actions", new { title = "Nästa" })).Must(201);
        using var behind = Behind.Open(host.Database);
        Assert.Equal(["Nästa"], behind.Rows("select title from action where title in ('Ångrad', 'Nästa')").Select(r => r[0]));
        Assert.Empty(behind.Rows("select number from change where state like '%Ångrad%'"));
        behind.MustBeWhole();
    }

    [Fact]
    public async Task What_was_acknowledged_while_the_service_was_stopping_is_stored()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        var enough = new TaskCompletionSource();
        var clients = Enumerable.Range(0, 32).Select(async client =>
        {
            var api = own.Host.With(ApiHost.BootstrapKey);
            for (var i = 0; ; i++)
            {
                try
                {
                    var answer = await api.PostAsync("/plans/soc-2026/actions", new { title = $"Stopp {client} {i}" });
                    if (answer.Status != 201) return answer.Status;
                    acknowledged.Add($"{answer["key"]} {answer["title"]}");
                    if (acknowledged.Count > 100) enough.TrySetResult();
                }
                catch (HttpRequestException)
                {
                    return 0;
                }
            }
        }).ToList();

        await enough.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await own.Host.StopAsync();
        var ends = await Task.WhenAll(clients);
        var expected = acknowledged.ToHashSet();
        await own.Host.StartAsync();

        // Cut off, or told to come back; nobody is told of a fault of the service.
        Assert.All(ends, status => Assert.Contains(status, (int[])[0, 503]));
        using var behind = Behind.Open(own.Host.Database);
        Assert.Superset(expected, behind.Rows("select plan || '-' || number || ' ' || title from action").Select(r => (string)r[0]!).ToHashSet());
        behind.MustBeWhole();
        behind.MustHoldNothingByHalves();
    }

    // Holds the writer until it is opened; what is asked for meanwhile waits and is taken as one group.
    async Task<Gate> GateAsync()
    {
        var (held, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = Database.WriteAsync("gate", async _ =>
        {
            held.SetResult();
            await open.Task;
            return true;
        });
        await held.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return new Gate(open, holding);
    }

    sealed class Gate(TaskCompletionSource open, Task holding) : IAsyncDisposable
    {
        public void Open() => open.TrySetResult();

        // A test that fails must not leave it shut: the service could never stop.
        public async ValueTask DisposeAsync()
        {
            Open();
            await holding;
        }
    }

    /// <summary>Tells when a watched request waits for its turn to write, and when its client has gone.</summary>
    public sealed class Host : PlanHost
    {
        public TaskCompletionSource Arrived { get; } = new();

        public TaskCompletionSource Gone { get; } = new();

        protected override void Replace(IServiceCollection services)
        {
            base.Replace(services);
            services.AddSingleton<IStartupFilter>(new Watch(this));
        }

        sealed class Watch(Host host) : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                app.Use(async (http, rest) =>
                {
                    if (!http.Request.Headers.ContainsKey("X-Watched"))
                    {
                        await rest(http);
                        return;
                    }

                    // With the body here already, nothing has to be waited for until the write waits for its turn.
                    http.Request.EnableBuffering();
                    await http.Request.Body.CopyToAsync(Stream.Null);
                    http.Request.Body.Position = 0;
                    http.RequestAborted.Register(() => host.Gone.TrySetResult());
                    var running = rest(http);
                    host.Arrived.TrySetResult();
                    await running;
                });
                next(app);
            };
        }
    }
}
