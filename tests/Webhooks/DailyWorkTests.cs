namespace ActionPlan.Tests.Webhooks;

public class DailyWorkTests
{
    [Fact]
    public async Task What_a_day_brings_is_told_once_after_midnight_in_Stockholm_whatever_is_restarted()
    {
        var host = new WebhookHost();
        await using var own = await OwnHost.StartAsync(host);
        host.Clock.StopAt("2099-03-02T10:00:00Z");
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.dueSoon", "action.overdue", "followUp.due" } });
        // The day's work is done; what follows is for the next.
        await Eventually.HoldsAsync(async () => (await host.RowsAsync("select cast(day as text) as day from daily_work"))[0]["day"] as string == "2099-03-02", "the day's work");
        var late = await KeyAsync(host, new { title = "Sen", dueDate = "2099-03-02", nextFollowUpDate = "2099-03-03" });
        var soon = await KeyAsync(host, new { title = "Snart", dueDate = "2099-04-02" });
        await KeyAsync(host, new { title = "Långt kvar", dueDate = "2099-04-03" });
        await KeyAsync(host, new { title = "Klar", dueDate = "2099-03-01", status = "done" });

        // 23:59:59 in Stockholm: nothing yet.
        host.Clock.StopAt("2099-03-02T22:59:59Z");
        await host.StopAsync();
        await host.StartAsync();
        await host.ActionAsync("soc-2026");
        Assert.Empty(await host.RowsAsync("select number from event"));

        host.Clock.StopAt("2099-03-02T23:00:00Z");
        var told = await receiver.MustTakeAsync(3);
        Assert.Equal([$"action.overdue {late} 2099-03-02", $"action.dueSoon {soon} 2099-04-02", $"followUp.due {late} 2099-03-03"], told.Select(r => $"{r.Type} {r.Data["key"]} {r.Data["day"]}"));
        Assert.Equal("""[{"field":"isOverdue","old":false,"new":true}]""", told[0].Data["changedFields"]!.ToJsonString());
        Assert.Equal("Sen", told[0].Data["current"]!["title"]!.ToString());

        // A later day, a restart, a clock that was set back: nothing is told again. A new date is.
        (await host.Admin.PatchAsync("/actions/" + late, new { dueDate = "2099-03-03", nextFollowUpDate = (string?)null })).Must(200);
        await host.StopAsync();
        await host.StartAsync();
        host.Clock.StopAt("2099-03-01T12:00:00Z");
        await host.ActionAsync("soc-2026");
        host.Clock.StopAt("2099-03-04T12:00:00Z");
        var again = await receiver.MustTakeAsync(5);
        Assert.Equal([$"action.overdue {late} 2099-03-03"], again.Skip(3).Select(r => $"{r.Type} {r.Data["key"]} {r.Data["day"]}").Where(text => text.Contains("overdue")));
        Assert.Equal(again.Count, receiver.All.Count);
        Assert.NotNull(webhook);
    }

    [Fact]
    public async Task Several_processes_on_one_database_do_it_and_send_it_once()
    {
        using var database = TestDatabase.Create();
        await using var receiver = await Receiver.StartAsync();
        await using (var first = await StartAsync(database))
        {
            (await first.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
            (await first.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
            (await first.Admin.PostAsync("/webhooks", new { url = receiver.Url, events = new[] { "action.overdue", "action.created" } })).Must(201);
            for (var i = 0; i < 5; i++) (await first.Admin.PostAsync("/plans/p/actions", new { title = "Sen", dueDate = "2020-01-01" })).Must(201);
            await receiver.MustTakeAsync(5);
        }

        // As if the last day whose work was done were yesterday.
        Behind.Run(database, "update daily_work set day = '2026-01-01'");
        var both = await Task.WhenAll(StartAsync(database), StartAsync(database));
        try
        {
            await receiver.MustTakeAsync(10);
            // The one that does the work goes; the other takes over.
            for (var i = 0; i < 5; i++) (await both[i % 2].Admin.PostAsync("/plans/p/actions", new { title = "Ny" })).Must(201);
            await receiver.MustTakeAsync(15);
            await both[0].KillAsync();
            (await both[1].Admin.PostAsync("/plans/p/actions", new { title = "Sist" })).Must(201);
            var taken = await receiver.MustTakeAsync(16);

            Assert.Equal(Enumerable.Repeat("action.created", 5).Concat(Enumerable.Repeat("action.overdue", 5)).Concat(Enumerable.Repeat("action.created", 6)), taken.Select(r => r.Type));
            // What was taken but not yet written down when its sender was killed comes once more, from the next: two kills, two at most.
            Assert.InRange(receiver.All.Count, 16, 18);
        }
        finally
        {
            foreach (var process in both) await process.DisposeAsync();
        }
    }

    static Task<ServiceProcess> StartAsync(TestDatabase database) => ServiceProcess.StartAsync(database, [("Webhooks__AllowLoopback", "true")]);

    static async Task<string> KeyAsync(ApiHost host, object body) => (await host.ActionAsync("soc-2026", body))["key"]!.ToString();
}
