using System.Collections.Concurrent;
using ActionPlan.Tests.Imports;

namespace ActionPlan.Tests.Data;

public sealed class KillTests : IDisposable
{
    readonly TestDatabase database = TestDatabase.Create();
    readonly Random random = new();

    [Fact]
    public async Task Every_acknowledged_write_outlives_a_kill_with_its_change_row_and_nothing_is_half_stored()
    {
        const int Kills = 5, Clients = 16;
        var acknowledged = new ConcurrentBag<(string Key, string Version, string Title)>();
        var writes = 0;

        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var service = await ServiceProcess.StartAsync(database);
            if (kill == 0)
            {
                (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
                (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
            }

            MustBeThere(acknowledged);
            if (kill == Kills) break;

            var before = acknowledged.Count;
            var clients = Enumerable.Range(0, Clients).Select(client => WriteAsync(service.Admin, $"{kill} {client}", acknowledged)).ToList();
            await Eventually.HoldsAsync(() => acknowledged.Count > before, "the first writes");
            await Task.Delay(random.Next(10, 300));
            await service.KillAsync();
            writes += (await Task.WhenAll(clients)).Sum();
        }

        // Killed while it was at it: every round had writes, and some of them were never answered.
        Assert.InRange(acknowledged.Count, Kills, writes - 1);
        using var behind = Behind.Open(database);
        behind.MustBeWhole();
        behind.MustHoldNothingByHalves();
    }

    [Fact]
    public async Task A_first_start_that_is_killed_is_finished_by_the_next()
    {
        for (var kill = 0; kill < 3; kill++)
        {
            using var process = Executable.Built.Start(["--urls", "http://127.0.0.1:0"],
                [.. database.Environment, ("Auth__BootstrapKey", ApiHost.BootstrapKey), ("Seeds__Load", "demo")]);
            // From the moment something is there, it is being filled.
            await Eventually.HoldsAsync(() => !database.IsEmpty || process.HasExited, "the first of it");
            await Task.Delay(random.Next(0, 150));
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var service = await ServiceProcess.StartAsync(database, [("Seeds__Load", "demo")]);
        Assert.Equal(101, (await service.Admin.GetAsync("/measures")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.InRange((await service.Admin.GetAsync("/plans/soc-2015/actions")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>(), 60, 1000);
        Assert.Equal(1, (await service.Admin.GetAsync("/api-keys")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
        using var behind = Behind.Open(database);
        behind.MustBeWhole();
        behind.MustHoldNothingByHalves();
    }

    [Fact]
    public async Task An_import_that_is_killed_halfway_leaves_nothing_of_itself()
    {
        using var filled = TestDatabase.CreateFilled(null, "none");
        string before;
        await using (var service = await ServiceProcess.StartAsync(filled))
        {
            (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
            (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
            using (var behind = Behind.Open(filled)) before = behind.Counts();
            var begun = filled.Written;

            var importing = service.Admin.ImportAsync("p", "Åtgärd;Område;Kommentar\n" + string.Concat(Enumerable.Range(1, 12_000).Select(i => $"Åtgärd {i};Hälsa;Det går framåt\n")), "?createFocusAreas=true");
            await Eventually.HoldsAsync(() => filled.Written > begun + 200_000 || importing.IsCompleted, "the first of it", 60);
            await service.KillAsync();

            // It was never answered: it had not come to its end.
            await Assert.ThrowsAsync<HttpRequestException>(() => importing);
        }

        await using var again = await OwnHost.StartAsync(filled.Settings);
        using var after = Behind.Open(filled);
        Assert.Equal(before, after.Counts());
        Assert.Equal((1, 0, 0), (await again.Host.Admin.ImportAsync("p", "Åtgärd\nOm igen\n")).Counts());
        after.MustBeWhole();
        after.MustHoldNothingByHalves();
    }

    public void Dispose() => database.Dispose();

    // Creates, and changes what it created, until the service is gone; how many requests it sent.
    static async Task<int> WriteAsync(Api api, string name, ConcurrentBag<(string, string, string)> acknowledged)
    {
        Answer? last = null;
        for (var i = 0; ; i++)
        {
            try
            {
                var title = $"Åtgärd {name} {i}";
                var answer = last is null || i % 3 == 0
                    ? await api.PostAsync("/plans/p/actions", new { title, tags = (string[])["kill", $"nr {i}"] })
                    : await api.PatchAsync($"/actions/{last["key"]}", new { title, tags = (string[])[$"ny {i}"] });
                Assert.True(answer.Status is 200 or 201, $"{answer.Status} {answer.Text}");
                acknowledged.Add((answer["key"]!.ToString(), answer["version"]!.ToString(), title));
                last = answer;
            }
            catch (HttpRequestException)
            {
                return i + 1;
            }
        }
    }

    void MustBeThere(IEnumerable<(string Key, string Version, string Title)> acknowledged)
    {
        using var behind = Behind.Open(database);
        var changes = behind.Rows($"select resource_key, {behind.State("version")}, {behind.State("title")} from change where resource = 'action'")
            .Select(r => ((string)r[0]!, r[1]!.ToString()!, (string)r[2]!)).ToHashSet();
        var versions = behind.Rows("select plan || '-' || number, version from action").ToDictionary(r => (string)r[0]!, r => (long)r[1]!);
        Assert.DoesNotContain(acknowledged, a => !changes.Contains(a));
        Assert.DoesNotContain(acknowledged, a => versions.GetValueOrDefault(a.Key) < long.Parse(a.Version, System.Globalization.CultureInfo.InvariantCulture));
    }
}
