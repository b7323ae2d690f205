using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

/// <summary>A month in a manager's life: one story, told in the order it happens.</summary>
public class MonthTests
{
    [Fact]
    public async Task A_manager_keeps_a_plan_through_September_2026_and_goes_on_with_the_next()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        var host = own.Host;
        var manager = await host.WithNewKeyAsync("editor", "soc", "Förvaltningschefen");

        // Tuesday 1 September: what the working-environment round showed goes into the plan.
        host.Clock.StopAt("2026-09-01T06:30:00Z");
        (await manager.PostAsync("/plans", new { key = "soc-ht26", title = "Åtgärdsplan hösten 2026", periodStart = "2026-09-01", periodEnd = "2026-12-31", status = "adopted" })).Must(201);
        (await manager.PostAsync("/plans/soc-ht26/focus-areas", new { title = "Arbetsbelastning" })).Must(201);
        await AddAsync(new { title = "Mentor till alla nyanställda", owner = "HR-enheten", dueDate = "2026-09-15", followUpInterval = "monthly", focusArea = "arbetsbelastning" });
        await AddAsync(new { title = "Färre möten", owner = "Enhetschef barn", dueDate = "2026-09-20", focusArea = "arbetsbelastning" });
        await AddAsync(new { title = "Ny rutin för hot och våld", evaluationResponsible = "Utvecklaren", evaluationDueDate = "2026-09-30" });
        await AddAsync(new { title = "Öppna en reception", status = "proposed", owner = "Enhetschef barn", deadline = "2026-12-01" });

        // The safety representative asks what the law asks: who sees to it, and when?
        Assert.Equal("missingOwner 1, missingDeadline 1", await GapsAsync());
        await ChangeAsync(3, new { owner = "Säkerhetssamordnaren", dueDate = "2026-09-30" });
        Assert.Equal("", await GapsAsync());

        // Thursday 10 September: it goes well, and one thing has begun.
        host.Clock.StopAt("2026-09-10T12:00:00Z");
        await FollowUpAsync(1, new { note = "Fem av sju har en mentor", prognosis = "green" });
        await ChangeAsync(2, new { status = "inProgress" });
        Assert.Equal("planned, paused, done, cancelled", string.Join(", ", (await manager.GetAsync("/actions/soc-ht26-2")).Must(200)["allowedStatuses"]!.AsArray()));

        // Wednesday 16 September: the mentors are in place, a day late.
        host.Clock.StopAt("2026-09-16T07:00:00Z");
        Assert.Equal(["soc-ht26-1"], (await manager.GetAsync("/plans/soc-ht26/actions?overdue=true")).Items("key"));
        Assert.Equal("overdueWithoutReason 1", await GapsAsync());
        await ChangeAsync(1, new { status = "done", completedOn = "2026-09-15" });
        Assert.Equal("unverified 1", await GapsAsync());

        // Monday 21 September: the meetings are late too, and the reason is written down. The manager for children moves on.
        host.Clock.StopAt("2026-09-21T07:00:00Z");
        await FollowUpAsync(2, new { note = "Mötena är fler än före sommaren", prognosis = "red", effect = "worsened", nextFollowUpDate = "2026-09-28" });
        await ChangeAsync(2, new { statusReason = "Ny organisation i oktober" });
        var handover = new { from = "enhetschef BARN", to = "Enhetschef unga", note = "Byter tjänst" };
        var dry = (await manager.PostAsync("/handovers", new { handover.from, handover.to, handover.note, dryRun = true })).Must(200);
        var done = (await manager.PostAsync("/handovers", handover)).Must(200);
        Assert.Equal(("""["soc-ht26-2","soc-ht26-4"]""", dry.ToJsonString()), (done["moved"]!.ToJsonString(), done.ToJsonString()));
        Assert.Equal(["Enhetschef unga 2", "HR-enheten 0", "Säkerhetssamordnaren 1"], await OwnersAsync());

        // Tuesday 29 September: what is due, and what has been forgotten?
        host.Clock.StopAt("2026-09-29T07:00:00Z");
        Assert.Equal(["soc-ht26-2 2026-09-28 progress", "soc-ht26-1 2026-10-10 check"], await DueAsync("/follow-ups?due=2w", "date", "kind"));
        Assert.Equal(["soc-ht26-3 2026-09-30 Utvecklaren"], await DueAsync("/evaluations?due=1d", "evaluationDueDate", "evaluationResponsible"));
        Assert.Equal("unverified 1, followUpPast 1", await GapsAsync());
        await FollowUpAsync(1, new { kind = "check", note = "Alla har en mentor", effect = "tooEarly", nextFollowUpDate = "2026-12-10" });
        await FollowUpAsync(2, new { note = "Nu är de färre", prognosis = "yellow" });
        await ChangeAsync(3, new { status = "done" });
        await FollowUpAsync(3, new { kind = "check", effect = "improved", note = "Rutinen är känd av alla" });
        await FollowUpAsync(3, new { kind = "evaluation", effect = "improved", author = "Utvecklaren" });
        Assert.Empty((await manager.GetAsync("/evaluations?due=12m")).Items("action"));

        // Wednesday 30 September: the figures for the board.
        host.Clock.StopAt("2026-09-30T07:00:00Z");
        var summary = (await manager.GetAsync("/plans/soc-ht26/summary")).Must(200);
        Assert.Equal("4 2 1 0.5 0.25", string.Join(' ', new[] { "total", "open", "overdue", "shareDone", "shareVerified" }.Select(p => summary[p])));
        Assert.Equal("""{"green":0,"yellow":1,"red":0,"none":1}""", summary["byPrognosis"]!.ToJsonString());
        Assert.Equal("unverified 1", await GapsAsync());

        // The new year: the plan is closed, the next goes on with what is left, and the check that came too early is made in the old one.
        host.Clock.StopAt("2027-01-04T07:00:00Z");
        (await manager.PatchAsync("/plans/soc-ht26", new { status = "closed" })).Must(200);
        (await manager.PostAsync("/plans?carryOver=open", new { key = "soc-vt27", title = "Åtgärdsplan våren 2027", predecessor = "soc-ht26" })).Must(201);
        var carried = (await manager.GetAsync("/plans/soc-vt27/actions")).Must(200)["items"]!.AsArray();
        Assert.Equal(["Färre möten inProgress Enhetschef unga", "Öppna en reception proposed Enhetschef unga"], carried.Select(a => $"{a!["title"]} {a["status"]} {a["owner"]}"));
        Assert.EndsWith("/actions/soc-ht26-2", carried[0]!.Link("predecessor-version"), StringComparison.Ordinal);
        (await manager.PatchAsync("/actions/soc-ht26-1", new { title = "För sent" })).MustBeProblem(409, "plan-closed");
        await FollowUpAsync(1, new { kind = "check", effect = "improved", note = "Nio av tio är kvar" });
        Assert.Equal("verified", (await manager.GetAsync("/actions/soc-ht26-1")).Must(200)["status"]!.ToString());
        Assert.Equal(["soc-ht26-1"], (await manager.GetAsync("/actions?q=nio+kvar")).Items("key"));

        async Task AddAsync(object action) => (await manager.PostAsync("/plans/soc-ht26/actions", action)).Must(201);

        async Task ChangeAsync(int number, object patch) => (await manager.PatchAsync($"/actions/soc-ht26-{number}", patch)).Must(200);

        async Task FollowUpAsync(int number, object followUp) => (await manager.PostAsync($"/actions/soc-ht26-{number}/follow-ups", followUp)).Must(201);

        async Task<string> GapsAsync() => string.Join(", ", (await manager.GetAsync("/plans/soc-ht26/gaps")).Must(200)["gaps"]!.AsArray()
            .Where(i => i!["count"]!.GetValue<int>() > 0).Select(i => $"{i!["code"]} {i["count"]}"));

        async Task<IEnumerable<string>> OwnersAsync() => (await manager.GetAsync("/owners?plan=soc-ht26")).Must(200)["items"]!.AsArray().Select(o => $"{o!["owner"]} {o["open"]}");

        async Task<IEnumerable<string>> DueAsync(string path, params string[] properties) => (await manager.GetAsync(path)).Must(200)["items"]!.AsArray()
            .Select((JsonNode? i) => string.Join(' ', properties.Prepend("action").Select(p => i![p])));
    }
}
