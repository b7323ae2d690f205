using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Pages;

public partial class ActionPageTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly (string, string) Html = ("Accept", "text/html");

    [Fact]
    public async Task It_tells_what_is_known_and_all_that_has_happened_the_latest_first()
    {
        var key = (await host.ActionAsync("soc-2026", new { title = "Mentor åt alla", owner = "HR-enheten", deadline = "hösten 2026" }))["key"]!.ToString();
        (await host.Admin.PatchAsync($"/actions/{key}", new { status = "done", owner = "Rektor" })).Must(200);
        await host.FollowUpAsync(key, new { kind = "check", effect = "improved", note = "Alla har en mentor." });

        var page = (await host.Admin.GetAsync("//actions/" + key, Html)).MustBe(200, "Mentor åt alla");

        Assert.Contains("<dt>Sista dag</dt><dd>2026-11-30</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Ansvarig</dt><dd><del>HR-enheten</del><span aria-hidden=\"true\"> → </span><ins>Rektor</ins></dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Status</dt><dd><del>Planerad</del><span aria-hidden=\"true\"> → </span><ins>Genomförd</ins></dd>", page, StringComparison.Ordinal);
        Assert.Contains("Alla har en mentor.", page, StringComparison.Ordinal);
        Assert.Equal((await host.Admin.GetAsync($"/actions/{key}/changes")).Items("at"), ChangedAt().Matches(page.Split("Historik")[1]).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public async Task It_tells_what_was_decided()
    {
        var key = (await host.ActionAsync("soc-2026", new { title = "Prova dubbelbemanning", status = "proposed" }))["key"]!.ToString();
        (await host.Admin.PostAsync($"/actions/{key}/decisions", new { outcome = "rejected", reason = "Ryms inte i budgeten", decidedBy = "Socialnämnden" })).Must(201);

        var page = (await host.Admin.GetAsync("//actions/" + key, Html)).MustBe(200, "Förslaget förkastades");

        Assert.Contains("Socialnämnden · Ryms inte i budgeten", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_was_shows_the_history_until_then()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2030-03-01T10:00:00Z");
        var key = (await own.Host.ActionAsync("soc-2026", new { title = "Först så" }))["key"]!.ToString();
        own.Host.Clock.StopAt("2030-03-02T10:00:00Z");
        (await own.Host.Admin.PatchAsync($"/actions/{key}", new { title = "Sedan så" })).Must(200);
        await own.Host.FollowUpAsync(key, new { note = "Sagt efteråt" });

        var page = (await own.Host.Admin.GetAsync($"//actions/{key}?asOf=2030-03-01", Html)).MustBe(200, "Först så");

        Assert.DoesNotContain("Sedan så", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sagt efteråt", page, StringComparison.Ordinal);
        Assert.Single(ChangedAt().Matches(page.Split("Historik")[1]));
    }

    [Fact]
    public async Task A_long_history_is_paged()
    {
        var key = (await host.ActionAsync("soc-2026"))["key"]!.ToString();
        for (var i = 0; i < 21; i++) (await host.Admin.PatchAsync($"/actions/{key}", new { title = "Titel " + i })).Must(200);

        var page = (await host.Admin.GetAsync("//actions/" + key, Html)).MustBe(200, "Sida 1 av 2");

        Assert.Contains($"<a rel=\"next\" href=\"/actions/{key}?page=2\">", page, StringComparison.Ordinal);
        Assert.Equal(2, ChangedAt().Count((await host.Admin.GetAsync($"//actions/{key}?page=2", Html)).MustBe(200).Split("Historik")[1]));
    }

    [GeneratedRegex("<time datetime=\"([^\"]*)\">")]
    private static partial Regex ChangedAt();
}
