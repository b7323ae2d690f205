using System.Diagnostics;
using System.Globalization;
using ActionPlan.Data;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Data;

public class FaultTests
{
    [Fact]
    public async Task While_another_holds_the_database_writes_are_503_and_reads_go_on_and_then_all_is_well_by_itself()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        var host = own.Host;
        (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Före" })).Must(201);
        using var other = Behind.Hold(host.Database);

        var writes = new[]
        {
            host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Under" }), host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "Under" }),
            host.Admin.DeleteAsync("/actions/soc-2026-1"), host.Anonymous.GetAsync("//readyz"),
        };
        // Reads are answered while the writes still wait.
        var watch = Stopwatch.StartNew();
        foreach (var path in new[] { "/actions/soc-2026-1", "/actions?q=före", "/plans", "/api-keys", "//healthz", "/api-info" }) Assert.Equal(200, (await host.Admin.GetAsync(path)).Status);
        Assert.Contains(writes, write => !write.IsCompleted);

        foreach (var answer in await Task.WhenAll(writes))
        {
            Assert.Contains("inget har sparats", answer.MustBeProblem(503, "unavailable")["detail"]!.ToString(), StringComparison.Ordinal);
            Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        }

        Assert.Equal("Före", (await host.Admin.GetAsync("/actions/soc-2026-1")).Must(200)["title"]!.ToString());
        Assert.Equal(200, (await host.Anonymous.GetAsync("//healthz")).Status);

        other.Rows("rollback");
        await Eventually.HoldsAsync(async () => (await host.Anonymous.GetAsync("//readyz")).Status == 200, "ready again");
        Assert.Equal("soc-2026-2", (await host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Efter" })).Must(201)["key"]!.ToString());
        Assert.Equal(["Före", "Efter"], other.Rows("select title from action order by number").Select(r => r[0]));
        other.MustBeWhole();
        other.MustHoldNothingByHalves();
    }

    [Fact]
    public async Task A_write_waits_for_another_that_is_soon_done()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        using var other = Behind.Hold(own.Host.Database);

        var write = own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Väntade" });
        // A read that comes back shows that the service has gone on working for a while, the write waiting.
        for (var i = 0; i < 3; i++) (await own.Host.Admin.GetAsync("/plans")).Must(200);
        Assert.False(write.IsCompleted);
        other.Rows("rollback");

        (await write).Must(201);
    }

    [Fact]
    public async Task On_a_full_disk_writes_are_507_and_reads_go_on_and_both_heal_when_there_is_room()
    {
        using var disk = SmallDisk.Create();
        await using var service = await ServiceProcess.StartAsync(TestDatabase.At(Path.Combine(disk.Folder, "test.db")), wrapper: disk.Wrapper);
        (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
        (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
        (await service.Admin.PostAsync("/plans/p/actions", new { title = "Före" })).Must(201);
        Assert.Equal(200, (await service.Admin.GetAsync("//readyz")).Status);

        disk.Fill(service.Process);
        // What is free inside the last pages may take a little more; then there is no room.
        var stored = 1;
        var refused = await PostAsync();
        for (; refused.Status == 201 && stored < 100; stored++) refused = await PostAsync();

        var (status, code) = disk.WhenFull;
        var swedish = refused.MustBeProblem(status, code);
        var english = (await service.Admin.PostAsync("/plans/p/actions", new { title = "Full", description = new string('x', 15_000) }, ("Accept-Language", "en"))).MustBeProblem(status, code);
        Assert.NotEqual(swedish["detail"]!.ToString(), english["detail"]!.ToString());
        (await service.Admin.PatchAsync("/actions/p-1", new { description = new string('y', 15_000) })).MustBeProblem(status, code);
        await Eventually.HoldsAsync(async () => (await service.Admin.GetAsync("//readyz")).Status == 503, "no longer ready");
        (await service.Admin.GetAsync("//readyz")).MustBeProblem(503, "unavailable");
        Assert.Equal(200, (await service.Admin.GetAsync("//healthz")).Status);
        foreach (var path in new[] { "/actions/p-1", "/actions?q=före", "/plans", "/api-keys" }) (await service.Admin.GetAsync(path)).Must(200);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await service.Admin.GetAsync("/actions?sort=-title")).Must(200)));
        Assert.Equal(stored, (await service.Admin.GetAsync("/actions")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());

        disk.Free(service.Process);
        await Eventually.HoldsAsync(async () => (await service.Admin.GetAsync("//readyz")).Status == 200, "ready again");
        Assert.Equal($"p-{stored + 1}", (await PostAsync()).Must(201)["key"]!.ToString());
        Assert.False(service.Process.HasExited);

        Task<Answer> PostAsync() => service.Admin.PostAsync("/plans/p/actions", new { title = "Full", description = new string('x', 15_000) });
    }

    [Fact]
    public async Task A_database_that_is_moved_away_is_503_and_not_made_anew_and_heals_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
        var own = await OwnHost.StartAsync(new FileHost(Path.Combine(folder, "test.db")));
        var database = own.Host.Services.GetRequiredService<Database>();
        (await own.Host.Admin.GetAsync("/plans")).Must(200);
        var away = Directory.CreateDirectory(Path.Combine(folder, "away")).FullName;

        // Connections that are open already go on with the file, wherever it is; so all of them are held, and a new one is needed.
        var held = new List<System.Data.Common.DbConnection>();
        Move(folder, away);
        try
        {
            while (held.Count < 100) held.Add(await database.Engine.RentAsync());
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // None is left, and no new one can be opened.
        }

        (await own.Host.With(ActionPlan.ApiKeys.Secret.Create()).GetAsync("/plans")).MustBeProblem(503, "unavailable");
        Assert.Empty(Directory.GetFiles(folder));

        Move(away, folder);
        foreach (var connection in held) await database.Engine.ReturnAsync(connection);
        (await own.Host.Admin.GetAsync("/plans")).Must(200);
        (await own.Host.Admin.PostAsync("/plans/soc-2026/actions", new { title = "Tillbaka" })).Must(201);
        await own.DisposeAsync();
        Directory.Delete(folder, true);

        static void Move(string from, string to)
        {
            foreach (var file in Directory.GetFiles(from)) File.Move(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    [Fact]
    public async Task A_read_whose_client_has_gone_stops()
    {
        using var database = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database);
        // Reading the catalogue now never ends.
        Behind.Run(database, """
            alter table measure rename to real_measure;
            create view measure as
                with recursive n (i) as (select 1 union all select i + 1 from n) select i as number, 'x' as category, 'y' as title from n where i < 0
            """);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/action-plan/v1/measures"));
        request.Headers.Authorization = new("Bearer", ApiHost.BootstrapKey);
        using var gone = new CancellationTokenSource();

        var reading = client.SendAsync(request, gone.Token);
        await Eventually.HoldsAsync(() => database.IsBeingRead("measure"), "the read is at work");
        Assert.False(reading.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        await Eventually.HoldsAsync(() => !database.IsBeingRead("measure"), "the read has stopped");
        (await service.Admin.GetAsync("/plans")).Must(200);
        // It is no fault that someone went away. The log is written in order, so what follows shows that nothing was.
        Behind.Run(database, "alter table department rename to no_department");
        (await service.Admin.GetAsync("/departments")).MustBeProblem(500);
        await Eventually.HoldsAsync(() => service.Said.Contains("/departments failed", StringComparison.Ordinal), "the log");
        Assert.DoesNotContain("/measures failed", service.Said, StringComparison.Ordinal);
    }

    sealed class FileHost(string file) : PlanHost(TestDatabase.At(file).Settings);
}
