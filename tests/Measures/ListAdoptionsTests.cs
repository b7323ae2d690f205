using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Measures;

public class ListAdoptionsTests(ListAdoptionsTests.SharingHost host) : IClassFixture<ListAdoptionsTests.SharingHost>
{
    /// <summary>The catalogue, two departments of two municipalities, and a reader bound to vof.</summary>
    public sealed class SharingHost() : PlanHost(("Seeds:Load", "catalogue"))
    {
        int last;

        public Api Vof { get; private set; } = null!;

        /// <summary>A measure that no other test has adopted.</summary>
        public int Measure => Interlocked.Increment(ref last);

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            (await Admin.PatchAsync("/departments/soc", new { municipality = "Åstad" })).Must(200);
            (await Admin.PatchAsync("/departments/vof", new { municipality = "Östby" })).Must(200);
            Vof = await WithNewKeyAsync("reader", "vof");
        }

        /// <summary>A plan that shares something.</summary>
        public async Task<string> PlanAsync(string department, string sharing, string status = "adopted")
        {
            var key = Given.Key();
            (await Admin.PostAsync("/plans", new { key, department, title = "Plan " + key, sharing, status })).Must(201);
            return key;
        }
    }

    [Fact]
    public async Task Who_has_adopted_a_measure_stands_by_municipality_with_every_verdict_the_latest_first()
    {
        var measure = host.Measure;
        var (vof, soc) = (await host.PlanAsync("vof", "none", "draft"), await host.PlanAsync("soc", "none"));
        await host.ActionAsync(vof, new { title = "Mentor i hemtjänsten", measureNumber = measure });
        await host.ActionAsync(soc, new { title = "Mentor på kontoret", measureNumber = measure, status = "done", startDate = "2015-09-01", owner = "HR-enheten" });
        foreach (var (date, kind, effect) in new[] { ("2016-02-15", "check", "improved"), ("2015-10-01", "progress", null), ("2015-11-01", "evaluation", "tooEarly") })
            await host.FollowUpAsync($"{soc}-1", new { date, kind, effect, note = "Anteckning" });

        var page = (await host.Admin.GetAsync($"/measures/{measure}/adoptions")).Must(200);

        var first = page["items"]![0]!;
        Assert.Equal("measure title action plan planTitle department departmentName municipality sharing since status effect verdicts _links".Split(' '), first.Properties());
        Assert.Equal(Body.Spelled($$"""
            {"measure":{{measure}},"title":"Mentor på kontoret","action":"{{soc}}-1","plan":"{{soc}}","planTitle":"Plan {{soc}}","department":"soc","departmentName":"Socialförvaltningen",
             "municipality":"Åstad","sharing":"none","since":"2015-09-01","status":"verified","effect":"improved",
             "verdicts":[{"date":"2016-02-15","kind":"check","effect":"improved"},{"date":"2015-11-01","kind":"evaluation","effect":"tooEarly"}]}
            """), first.Without("_links"));
        Assert.Equal(["action GET", "plan GET"], first.Links());
        Assert.Equal(["Mentor på kontoret", "Mentor i hemtjänsten"], page["items"]!.AsArray().Select(i => $"{i!["title"]}"));
        Assert.Equal((null, 0), ((string?)page["items"]![1]!["effect"], page["items"]![1]!["verdicts"]!.AsArray().Count));
        Assert.Equal(2, (await host.Admin.GetAsync($"/measures/{measure}")).Must(200)["adoptions"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("none", "adopted", null)]
    [InlineData("titles", "draft", null)]
    [InlineData("effects", "draft", null)]
    [InlineData("titles", "adopted", """{"status":null,"effect":null,"verdicts":[]}""")]
    [InlineData("titles", "closed", """{"status":null,"effect":null,"verdicts":[]}""")]
    [InlineData("effects", "adopted", """{"status":"verified","effect":"improved","verdicts":[{"date":"2026-02-15","kind":"check","effect":"improved"}]}""")]
    [InlineData("effects", "closed", """{"status":"verified","effect":"improved","verdicts":[{"date":"2026-02-15","kind":"check","effect":"improved"}]}""")]
    public async Task Another_department_is_told_what_the_plan_shares(string sharing, string status, string? told)
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("soc", sharing);
        await host.ActionAsync(plan, new { title = "Mentor", measureNumber = measure, owner = "HR-enheten", description = "En beskrivning", status = "done", startDate = "2026-01-01" });
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-02-15", kind = "check", effect = "improved", note = "Anteckning", author = "Namn" });
        if (status != "adopted") (await host.Admin.PatchAsync($"/plans/{plan}", new { status })).Must(200);

        var page = (await host.Vof.GetAsync($"/measures/{measure}/adoptions")).Must(200);

        Assert.Equal(told is null ? 0 : 1, page["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Equal(told is null ? 0 : 1, (await host.Vof.GetAsync($"/measures/{measure}")).Must(200)["adoptions"]!.GetValue<int>());
        Assert.DoesNotContain(plan + "-1", page.ToJsonString(), StringComparison.Ordinal);
        if (told is null) return;

        var item = Assert.Single(page["items"]!.AsArray())!;
        var shown = JsonNode.Parse($$"""
            {"measure":{{measure}},"title":"Mentor","action":null,"plan":null,"planTitle":"Plan {{plan}}","department":null,"departmentName":"Socialförvaltningen","municipality":"Åstad",
             "sharing":"{{sharing}}","since":"2026-01-01"}
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(told)!.AsObject()) shown[name] = value?.DeepClone();
        shown["_links"] = new JsonObject();
        Assert.Equal(shown.Without(), item.Without());
    }

    [Theory]
    [InlineData("none", 5)]
    [InlineData("titles", 3)]
    public async Task Nothing_that_is_not_shared_shows_in_a_count_a_filter_an_order_or_an_ETag(string sharing, int hidden)
    {
        var measure = host.Measure;
        var own = await host.PlanAsync("vof", "none");
        await host.ActionAsync(own, new { title = "Egen", measureNumber = measure });
        var plan = await host.PlanAsync("soc", sharing);
        await host.ActionAsync(plan, new { title = "Någon annans", measureNumber = measure });
        var before = await PictureAsync();

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "done", owner = "Någon", description = "Något" })).Must(200);
        await host.FollowUpAsync($"{plan}-1", new { kind = "check", effect = "improved" });
        foreach (var status in (string[])["proposed", "rejected"])
            await host.ActionAsync(plan, new { title = status, measureNumber = measure, status, statusReason = "skäl" });
        for (var i = 0; sharing == "none" && i < 3; i++) await host.ActionAsync(plan, new { title = "Ännu en", measureNumber = measure });

        Assert.Equal(before, await PictureAsync());

        // The same answers tell it once it is shared: all, or those that tell how it went.
        (await host.Admin.PatchAsync($"/plans/{plan}", new { sharing = "effects" })).Must(200);
        var after = await PictureAsync();
        Assert.Equal(hidden, before.Zip(after, (one, other) => one != other ? 1 : 0).Sum());

        async Task<string[]> PictureAsync()
        {
            var single = await host.Vof.GetAsync($"/measures/{measure}");
            var effective = (await host.Vof.GetAsync("/measures?effect=improved,worsened&limit=1000")).Must(200);
            return
            [
                single.ETag + single.Must(200).ToJsonString(),
                (await host.Vof.GetAsync($"/measures/{measure}/adoptions")).Must(200).ToJsonString(),
                (await host.Vof.GetAsync($"/measures/{measure}/adoptions?effect=improved")).Must(200).ToJsonString(),
                $"{effective["_meta"]!["totalRecords"]} {effective["items"]!.AsArray().Any(m => m!["number"]!.GetValue<int>() == measure)}",
                string.Join(' ', (await host.Vof.GetAsync("/measures?sort=-adoptions&limit=1000")).Must(200)["items"]!.AsArray().Select(m => $"{m!["number"]}:{m["adoptions"]}")),
            ];
        }
    }

    [Fact]
    public async Task Whether_anyone_has_adopted_it_is_told_as_far_as_it_is_shared()
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("soc", "none");
        await host.ActionAsync(plan, new { title = "Dold", measureNumber = measure });

        Assert.Equal((false, true), (await IsAmongAsync(host.Vof, "true"), await IsAmongAsync(host.Vof, "false")));
        Assert.Equal((true, false), (await IsAmongAsync(host.Admin, "true"), await IsAmongAsync(host.Admin, "false")));

        (await host.Admin.PatchAsync($"/plans/{plan}", new { sharing = "titles" })).Must(200);
        Assert.Equal((true, false), (await IsAmongAsync(host.Vof, "true"), await IsAmongAsync(host.Vof, "false")));

        async Task<bool> IsAmongAsync(Api api, string adopted) =>
            (await api.GetAsync($"/measures?adopted={adopted}&limit=1000")).Items("number").Contains($"{measure}");
    }

    [Fact]
    public async Task What_is_proposed_rejected_or_deleted_is_no_adoption_and_what_was_stopped_is()
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("soc", "effects");
        foreach (var status in (string[])["proposed", "rejected", "cancelled", "planned"])
            await host.ActionAsync(plan, new { title = status, measureNumber = measure, status, statusReason = "skäl" });
        await host.ActionAsync(plan, new { title = "Borta", measureNumber = measure });
        (await host.Admin.DeleteAsync($"/actions/{plan}-5")).Must(204);

        foreach (var api in (Api[])[host.Admin, host.Vof])
        {
            Assert.Equal(["cancelled", "planned"], (await api.GetAsync($"/measures/{measure}/adoptions")).Items("status").Order());
            Assert.Equal(2, (await api.GetAsync($"/measures/{measure}")).Must(200)["adoptions"]!.GetValue<int>());
        }

        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);
        foreach (var api in (Api[])[host.Admin, host.Vof])
            Assert.Equal((0, 0), ((await api.GetAsync($"/measures/{measure}")).Must(200)["adoptions"]!.GetValue<int>(), (await api.GetAsync($"/measures/{measure}/adoptions")).Items("title").Count()));
    }

    [Fact]
    public async Task Since_is_the_day_it_was_added_unless_it_began_earlier()
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("vof", "none");
        await host.ActionAsync(plan, new { title = "Utan start", measureNumber = measure });
        await host.ActionAsync(plan, new { title = "Började då", measureNumber = measure, startDate = "2016-02-29" });
        await host.ActionAsync(plan, new { title = "Börjar sedan", measureNumber = measure, startDate = "2999-01-01" });
        var today = (await host.Vof.GetAsync($"/plans/{plan}/summary")).Must(200)["date"]!.ToString();

        var items = (await host.Vof.GetAsync($"/measures/{measure}/adoptions")).Must(200)["items"]!.AsArray();

        Assert.Equal([$"Utan start {today}", "Började då 2016-02-29", $"Börjar sedan {today}"], items.Select(i => $"{i!["title"]} {i["since"]}"));
    }

    [Fact]
    public async Task The_latest_verdict_is_what_it_is_found_by()
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("vof", "none");
        await host.ActionAsync(plan, new { title = "Mentor", measureNumber = measure });
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-02-01", effect = "worsened" });
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-01-01", effect = "improved" });
        await host.FollowUpAsync($"{plan}-1", new { date = "2026-03-01", note = "Utan omdöme" });

        foreach (var (effect, count) in new[] { ("improved", 0), ("worsened", 1), ("improved,worsened", 1) })
        {
            Assert.Equal(count, (await host.Vof.GetAsync($"/measures/{measure}/adoptions?effect={effect}")).Items("title").Count());
            Assert.Equal(count, (await host.Vof.GetAsync($"/measures?effect={effect}&limit=1000")).Items("number").Count(number => number == $"{measure}"));
        }
    }

    [Theory]
    [InlineData("/measures/102/adoptions", 404)]
    [InlineData("/measures/01/adoptions", 404)]
    [InlineData("/measures/x/adoptions", 404)]
    [InlineData("/measures/1/adoptions?effect=bra", 400)]
    [InlineData("/measures/1/adoptions?asOf=2016-01-01", 400)]
    public async Task An_unknown_measure_is_404_and_an_unknown_word_400(string path, int status) =>
        (await host.Admin.GetAsync(path)).MustBeProblem(status);

    [Fact]
    public async Task It_is_304_until_something_changes()
    {
        var measure = host.Measure;
        var plan = await host.PlanAsync("vof", "none");
        var address = $"/measures/{measure}/adoptions";
        var empty = await host.Vof.GetAsync(address);
        Assert.Equal(304, (await host.Vof.GetAsync(address, ("If-None-Match", empty.ETag!))).Status);

        await host.ActionAsync(plan, new { title = "Ny", measureNumber = measure });

        Assert.Equal(["Ny"], (await host.Vof.GetAsync(address, ("If-None-Match", empty.ETag!))).Items("title"));
    }
}
