namespace ActionPlan.Tests.Webhooks;

public class TeamsCardTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [Fact]
    public async Task A_workflow_in_Teams_is_sent_an_Adaptive_Card_in_Swedish()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { format = "teams", events = new[] { "action.statusChanged", "followUp.created", "plan.updated" } });
        var action = (await host.ActionAsync("soc-2026", new { title = "Mentorer [klicka](https://example.org)", owner = "HR-enheten", dueDate = "2026-06-30" }))["key"]!.ToString();
        (await host.Admin.PatchAsync($"/actions/{action}", new { status = "inProgress" }, ("Accept-Language", "en"))).Must(200);
        (await host.Admin.PostAsync($"/actions/{action}/follow-ups", new { date = "2026-03-01", note = "Går bra", effect = "improved", kind = "evaluation" })).Must(201);
        (await host.Admin.PatchAsync("/plans/soc-2026", new { title = "Planen", status = "adopted" })).Must(200);

        var taken = await receiver.MustTakeAsync(3);

        var attachment = taken[0].Json["attachments"]!.AsArray().Single()!;
        Assert.Equal("message application/vnd.microsoft.card.adaptive AdaptiveCard 1.4", $"{taken[0].Json["type"]} {attachment["contentType"]} {attachment["content"]!["type"]} {attachment["content"]!["version"]}");
        Assert.Equal(["Åtgärd har fått ny status", $@"{action} · Mentorer \[klicka\](https://example.org)", "Status: Planerad → Pågår", "Ansvarig: HR-enheten", "Klart senast: 2026-06-30"],
            Lines(taken[0]).Where(line => !line.StartsWith("Tidpunkt", StringComparison.Ordinal)));
        Assert.Equal(["Ny uppföljning", action, "Datum: 2026-03-01", "Effekt: improved", "Anteckning: Går bra"], Lines(taken[1]));
        Assert.Equal("Plan ändrad", Lines(taken[2]).First());
        Assert.All(taken, r => Assert.True(r.IsSignedWith(webhook["secret"]!.ToString())));
    }

    static IEnumerable<string> Lines(Received message) => message.Json["attachments"]![0]!["content"]!["body"]!.AsArray().SelectMany(block => block!["type"]!.ToString() == "FactSet"
        ? block["facts"]!.AsArray().Select(fact => $"{fact!["title"]}: {fact["value"]}")
        : [block["text"]!.ToString()]);
}
