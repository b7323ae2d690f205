using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Owners;

public class ListOwnersTests(ListOwnersTests.ManyHost host) : IClassFixture<ListOwnersTests.ManyHost>
{
    /// <summary>It is 1 April 2026. Both plans have actions in every status, with and without owner and due date, on both sides of today.</summary>
    public sealed class ManyHost : PlanHost
    {
        static readonly string?[] Names = ["Ärendeenheten", "HR-enheten", "hr enheten", "Zonchef", "Åsa-gruppen", null, "Ögruppen", "---"];

        public Api Vof { get; private set; } = null!;

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Clock.StopAt("2026-04-01T08:00:00Z");
            var statuses = new[] { "planned", "inProgress", "done", "paused", "verified", "cancelled", "proposed", "rejected" };
            string?[] days = ["2026-03-31", "2026-04-01", null, "2026-05-01", "2026-05-02"];
            for (var i = 0; i < 80; i++)
            {
                var plan = i % 3 == 0 ? "vof-2026" : "soc-2026";
                var key = await this.ActionInAsync(plan, statuses[i * 5 / 8 % 8]);
                (await Admin.PatchAsync($"/actions/{key}", new { owner = Names[i % 8], dueDate = days[i % 5] })).Must(200);
                if (i % 11 == 0) (await Admin.DeleteAsync($"/actions/{key}")).Must(204);
            }

            Vof = await WithNewKeyAsync("reader", "vof");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plan=soc-2026")]
    [InlineData("plan=vof-2026")]
    [InlineData("plan=soc-2026,vof-2026")]
    [InlineData("plan=soc-1999")]
    public async Task Each_owner_has_what_counting_the_actions_gives(string query)
    {
        var owners = (await host.Admin.GetAsync($"/owners?{query}")).Must(200);

        Assert.Equal(Counted(await host.Admin.GetAsync($"/actions?limit=1000&{query}")), Told(owners));
        Assert.Equal(owners["items"]!.AsArray().Count, owners["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_key_bound_to_a_department_counts_its_own_alone()
    {
        var vof = (await host.Vof.GetAsync("/owners")).Must(200);

        Assert.Equal(Counted(await host.Admin.GetAsync("/actions?limit=1000&department=vof")), Told(vof));
        Assert.NotEqual(Told((await host.Admin.GetAsync("/owners")).Must(200)), Told(vof));
        Assert.Empty((await host.Vof.GetAsync("/owners?plan=soc-2026")).Items("owner"));
    }

    [Fact]
    public async Task They_stand_in_Swedish_order_each_once_as_first_written()
    {
        var own = await host.PlanAsync();
        foreach (var owner in new[] { "Östra", "Zonen", "hr enheten", "Åsen", "HR-ENHETEN", "Ärlan", "Arkivet", "zonen" }) await host.ActionAsync(own, new { title = "x", owner });

        var answer = await host.Admin.GetAsync($"/owners?plan={own}");

        Assert.Equal(["Arkivet", "hr enheten", "Zonen", "Åsen", "Ärlan", "Östra"], answer.Items("owner"));
        Assert.Equal(["Zonen", "Åsen"], (await host.Admin.GetAsync($"/owners?plan={own}&limit=2&page=2")).Items("owner"));
        var link = answer["items"]![1]!.Link("actions")!;
        Assert.Equal($"{host.Address}action-plan/v1/actions?owner=hr%20enheten", link);
        (await host.Admin.DeleteAsync($"/plans/{own}?withContent=true")).Must(204);
        Assert.Empty((await host.Admin.GetAsync($"/owners?plan={own}")).Items("owner"));
    }

    [Theory]
    [InlineData("owner=HR", "owner unknownParameter")]
    [InlineData("limit=0&page=x", "limit outOfRange, page outOfRange")]
    public async Task A_faulty_parameter_is_told(string query, string faults)
    {
        var answer = await host.Admin.GetAsync($"/owners?{query}");

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
    }

    [Fact]
    public async Task What_is_due_soon_changes_at_midnight_in_Stockholm()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        await own.Host.ActionAsync("soc-2026", new { title = "x", owner = "HR", dueDate = "2026-03-31" });
        own.Host.Clock.StopAt("2026-03-31T21:59:59Z");
        var before = await own.Host.Admin.GetAsync("/owners");
        own.Host.Clock.StopAt("2026-03-31T22:00:00Z");
        var after = await own.Host.Admin.GetAsync("/owners", ("If-None-Match", before.ETag!));

        Assert.Equal(["HR 1 0 1 0"], Told(before.Must(200)));
        Assert.Equal(["HR 1 1 0 0"], Told(after.Must(200)));
    }

    static IEnumerable<string> Told(JsonNode page) => page["items"]!.AsArray().Select(o => $"{o!["owner"]} {o["open"]} {o["overdue"]} {o["dueSoon"]} {o["done"]}");

    // Counted by what the action list itself says: isOverdue and allowedStatuses aside, by the words of the contract.
    static IEnumerable<string> Counted(Answer actions) => actions.Must(200)["items"]!.AsArray().Select(a => a!)
        .Where(a => a["owner"] is not null && a["owner"]!.ToString() != "---")
        .GroupBy(a => a["owner"]!.ToString().ToLowerInvariant().Replace("-", "").Replace(" ", ""))
        .Select(g => (Owner: g.First()["owner"]!.ToString(), Actions: g))
        .OrderBy(o => o.Owner, StringComparer.Create(new System.Globalization.CultureInfo("sv-SE"), false))
        .Select(o => $"{o.Owner} {o.Actions.Count(IsOpen)} {o.Actions.Count(a => a["isOverdue"]!.GetValue<bool>())} {o.Actions.Count(IsSoon)} {o.Actions.Count(a => a["status"]!.ToString() is "done" or "verified")}");

    static bool IsOpen(JsonNode action) => action["status"]!.ToString() is "proposed" or "planned" or "inProgress" or "paused";

    static bool IsSoon(JsonNode action) => IsOpen(action) && action["dueDate"]?.ToString() is { } day
        && string.CompareOrdinal(day, "2026-04-01") >= 0 && string.CompareOrdinal(day, "2026-05-01") <= 0;
}
