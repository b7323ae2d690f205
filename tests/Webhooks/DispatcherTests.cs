namespace ActionPlan.Tests.Webhooks;

public class DispatcherTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task Every_kind_of_change_is_told_in_commit_order_with_old_and_new_values()
    {
        await using var receiver = await Receiver.StartAsync();
        var plan = await host.PlanAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { plan });

        var action = (await host.ActionAsync(plan, new { title = "Mentorer", owner = "HR-enheten" }))["key"]!.ToString();
        (await host.Admin.PatchAsync($"/actions/{action}", new { owner = "Rektor" })).Must(200);
        (await host.Admin.PatchAsync($"/actions/{action}", new { status = "done", completedOn = "2026-02-01" })).Must(200);
        (await host.Admin.PostAsync($"/actions/{action}/follow-ups", new { kind = "check", effect = "improved", note = "Bra" })).Must(201);
        (await host.Admin.PatchAsync($"/plans/{plan}", new { title = "Ny titel" })).Must(200);
        (await host.Admin.DeleteAsync($"/actions/{action}")).Must(204);
        (await host.Admin.PostAsync($"/actions/{action}/restorations")).Must(201);

        var taken = await receiver.MustTakeAsync(10);
        Assert.Equal(
            ["action.created", "action.updated", "action.updated", "action.statusChanged", "followUp.created", "action.updated", "action.statusChanged", "plan.updated", "action.deleted", "action.updated"],
            taken.Select(r => r.Type));
        Assert.All(taken, r => Assert.True(r.IsSignedWith(webhook["secret"]!.ToString())));
        Assert.Equal("""[{"field":"owner","old":"HR-enheten","new":"Rektor"}]""", taken[1].Data["changedFields"]!.ToJsonString());
        Assert.Equal(["status planned done", "completedOn  2026-02-01"], taken[3].Data["changedFields"]!.AsArray().Select(f => $"{f!["field"]} {f["old"]} {f["new"]}"));
        Assert.Equal("action admin updated soc " + plan, $"{taken[1].Data["resource"]} {taken[1].Data["by"]} {taken[1].Data["kind"]} {taken[1].Data["department"]} {taken[1].Data["plan"]}");
        Assert.Equal("Bra", taken[4].Data["current"]!["note"]!.ToString());
        Assert.Equal("restored Rektor", $"{taken[9].Data["kind"]} {taken[9].Data["current"]!["owner"]}");
        Assert.Equal(["application/json; charset=utf-8"], taken.Select(r => r.Headers["Content-Type"]).Distinct());
    }

    [Fact]
    public async Task Only_what_it_asks_for_and_what_its_key_may_see_is_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var all = await Receiver.StartAsync();
        await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } }, await host.WithNewKeyAsync("admin", "soc"));
        await host.WebhookAsync(all.Url, new { events = new[] { "action.created", "action.updated" } });

        await host.ActionAsync("vof-2026");
        var socs = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        (await host.Admin.PatchAsync($"/actions/{socs}", new { priority = "high" })).Must(200);
        var last = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        await all.MustTakeAsync(4);

        Assert.Equal([socs, last], (await receiver.MustTakeAsync(2)).Select(r => r.Data["key"]!.ToString()));
    }

    [Fact]
    public async Task A_receiver_that_fails_hangs_redirects_and_restarts_has_everything_in_the_end_in_order_and_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        receiver.Answer = async (n, http) =>
        {
            if (n is 2) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            if (n is 4) http.Response.Headers.Location = elsewhere.Url;
            if (n is 6) http.Abort();
            return n switch { 1 => 500, 2 => 504, 4 => 307, 6 => 502, _ => 202 };
        };
        var plan = await host.PlanAsync();
        await host.WebhookAsync(receiver.Url, new { plan });

        var keys = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            if (i == 8) await receiver.StopAsync();
            keys.Add((await host.ActionAsync(plan))["key"]!.ToString());
            if (i == 10) await receiver.RestartAsync();
        }

        Assert.Equal(keys, (await receiver.MustTakeAsync(12, 40)).Select(r => r.Data["key"]!.ToString()));
        Assert.Equal(receiver.Taken.Count, receiver.All.Count(r => r.Status == 202));
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task One_that_hangs_keeps_no_other_waiting()
    {
        await using var hanging = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var released = new TaskCompletionSource();
        hanging.Answer = async (_, _) =>
        {
            await released.Task;
            return 200;
        };
        await host.WebhookAsync(hanging.Url);
        await host.WebhookAsync(quick.Url);

        await host.ActionAsync("soc-2026");

        await quick.MustTakeAsync(1);
        Assert.Empty(hanging.Taken);
        released.SetResult();
    }

    [Fact]
    public async Task It_is_tried_after_1_2_4_8_seconds_up_to_an_hour_apart_for_24_hours_and_then_paused_until_it_is_resumed()
    {
        var own = new WebhookHost();
        await using var alone = await OwnHost.StartAsync(own);
        own.Clock.StopAt("2099-03-02T10:00:00Z");
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, _) => Task.FromResult(500);
        var webhook = await own.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        var (first, second) = ((await own.ActionAsync("soc-2026"))["key"]!.ToString(), (await own.ActionAsync("soc-2026"))["key"]!.ToString());

        var times = new List<DateTimeOffset>();
        while (true)
        {
            var delivery = await own.MustBeTriedAsync(webhook, 0, times.Count + 1);
            times.Add(delivery["attempts"]!.AsArray()[^1]!["at"]!.GetValue<DateTimeOffset>());
            if (delivery["nextAttemptAt"] is not { } next) break;
            own.Clock.StopAt(next.ToString());
        }

        var delays = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600], delays.Take(14));
        Assert.All(delays.Skip(12).SkipLast(1), delay => Assert.Equal(3600, delay));
        Assert.Equal(TimeSpan.FromHours(24), times[^1] - times[0]);
        var paused = (await own.Admin.GetAsync("/webhooks/" + webhook["id"], ("Accept-Language", "en"))).Must(200);
        Assert.Equal("paused", paused["state"]!.ToString());
        Assert.Contains("24 hours", paused["stateReason"]!.ToString(), StringComparison.Ordinal);
        // The one behind it was never tried: it waits for its turn.
        Assert.All(receiver.All, r => Assert.Equal(first, r.Data["key"]!.ToString()));

        receiver.Answer = (_, _) => Task.FromResult(200);
        (await own.Admin.PatchAsync("/webhooks/" + webhook["id"], new { state = "active" })).Must(200);
        Assert.Equal([first, second], (await receiver.MustTakeAsync(2)).Select(r => r.Data["key"]!.ToString()));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_sent_nothing_more()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, _) => Task.FromResult(410);
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });

        await host.ActionAsync("soc-2026");
        await host.MustBecomeAsync(webhook, "paused");
        await host.ActionAsync("soc-2026");

        Assert.Contains("410", (await host.Admin.GetAsync("/webhooks/" + webhook["id"]))["stateReason"]!.ToString(), StringComparison.Ordinal);
        Assert.Single(receiver.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_stops_with_the_key_that_made_it(bool isRevoked)
    {
        var own = new WebhookHost();
        await using var alone = await OwnHost.StartAsync(own);
        own.Clock.StopAt("2099-03-02T10:00:00Z");
        await using var receiver = await Receiver.StartAsync();
        await using var kept = await Receiver.StartAsync();
        var key = (await own.Admin.PostAsync("/api-keys", new { name = "Kort", role = "admin", expiresAt = "2099-03-02T11:00:00Z" })).Must(201);
        var webhook = await own.WebhookAsync(receiver.Url, by: own.With(key["secret"]!.ToString()));
        await own.WebhookAsync(kept.Url);
        await own.ActionAsync("soc-2026");
        await receiver.MustTakeAsync(1);

        if (isRevoked) (await own.Admin.DeleteAsync($"/api-keys/{key["id"]}")).Must(204);
        else own.Clock.StopAt("2099-03-02T11:00:00Z");
        await own.ActionAsync("soc-2026");
        await kept.MustTakeAsync(2);
        await own.MustBecomeAsync(webhook, "paused");

        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task Neither_kills_nor_restarts_of_either_side_lose_repeat_or_invent_anything()
    {
        const int Kills = 2;
        using var database = TestDatabase.Create();
        await using var receiver = await Receiver.StartAsync();
        var random = new Random(20261121);
        receiver.Answer = (_, _) =>
        {
            lock (random) return Task.FromResult(random.Next(12) == 0 ? 500 : 200);
        };

        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var service = await ServiceProcess.StartAsync(database, [("Webhooks__AllowLoopback", "true")]);
            if (kill == 0)
            {
                (await service.Admin.PostAsync("/departments", new { key = "soc", name = "Soc" })).Must(201);
                (await service.Admin.PostAsync("/plans", new { key = "p", department = "soc", title = "Plan" })).Must(201);
                (await service.Admin.PostAsync("/webhooks", new { url = receiver.Url })).Must(201);
            }

            if (kill == 2) await receiver.RestartAsync();
            for (var i = 0; i < 6; i++)
            {
                var action = (await service.Admin.PostAsync("/plans/p/actions", new { title = $"Åtgärd {kill} {i}" })).Must(201);
                (await service.Admin.PatchAsync($"/actions/{action["key"]}", new { status = "inProgress" })).Must(200);
            }

            if (kill == 1) await receiver.StopAsync();
            if (kill == Kills) await receiver.MustTakeAsync((Kills + 1) * 6 * 3, 60);
            else await service.KillAsync();
        }

        // What must have come, told from the change log alone.
        var expected = Behind.Rows(database, "select kind, resource_key from change where resource = 'action' order by number")
            .SelectMany(row => (string)row[0]! == "created" ? new[] { $"action.created {row[1]}" } : [$"action.updated {row[1]}", $"action.statusChanged {row[1]}"]);
        Assert.Equal(expected, receiver.Taken.Select(r => $"{r.Type} {r.Data["key"]}"));
        // One that came twice says the same both times.
        Assert.All(receiver.All.GroupBy(r => r.Id), same => Assert.Single(same.Select(r => r.Body).Distinct()));
    }
}
