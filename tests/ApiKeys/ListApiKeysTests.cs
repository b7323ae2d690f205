namespace ActionPlan.Tests.ApiKeys;

public class ListApiKeysTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task The_newest_key_comes_first_and_revoked_ones_stay()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        var first = (await own.Host.Admin.PostAsync("/api-keys", new { name = "Äldre", role = "reader" })).Must(201)["id"]!.ToString();
        own.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = (await own.Host.Admin.PostAsync("/api-keys", new { name = "Yngre", role = "reader" })).Must(201)["id"]!.ToString();
        (await own.Host.Admin.DeleteAsync($"/api-keys/{first}")).Must(204);

        var list = (await own.Host.Admin.GetAsync("/api-keys")).Must(200)["items"]!.AsArray();

        var ids = list.Select(k => k!["id"]!.ToString()).ToList();
        Assert.Equal([second, first], ids[..2]);
        Assert.Equal(3, ids.Count);
        Assert.Null(list[0]!["revokedAt"]);
        Assert.StartsWith("2099-03-02T10:00:00.00", list[1]!["revokedAt"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bound_key_sees_and_counts_only_the_keys_bound_there()
    {
        var soc = await host.WithNewKeyAsync("reader", "soc", "Bunden läsare");
        await host.WithNewKeyAsync("editor", "vof", "Någon annans");

        var list = (await soc.GetAsync("/api-keys?limit=1000")).Must(200);

        var items = list["items"]!.AsArray();
        Assert.Contains("Bunden läsare", items.Select(k => k!["name"]!.ToString()));
        Assert.All(items, key => Assert.Equal("soc", key!["department"]!.ToString()));
        Assert.Equal(items.Count, list["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        foreach (var i in Enumerable.Range(0, 3)) await host.WithNewKeyAsync("reader", name: $"Sida {i}");

        var page = (await host.Admin.GetAsync("/api-keys?limit=2&page=2")).Must(200);

        Assert.Equal((2, 2), (page["_meta"]!["page"]!.GetValue<int>(), page["_meta"]!["limit"]!.GetValue<int>()));
        Assert.EndsWith("/api-keys?limit=2&page=1", page["_links"]!["prev"]!["href"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_use_that_the_list_shows_gives_it_a_new_ETag()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2099-03-02T10:00:20Z");
        var one = await own.Host.WithNewKeyAsync("reader", name: "Ett");
        var two = await own.Host.WithNewKeyAsync("reader", name: "Två");
        await SeenAsync("admin", "2099-03-02T10:00:00.000Z");

        // Both in the minute in which the admin's key was used already.
        var before = await own.Host.Admin.GetAsync("/api-keys");
        (await one.GetAsync("/session")).Must(200);
        await SeenAsync("Ett", "2099-03-02T10:00:00.000Z");
        var afterOne = await own.Host.Admin.GetAsync("/api-keys", ("If-None-Match", before.ETag!));
        (await two.GetAsync("/session")).Must(200);
        await SeenAsync("Två", "2099-03-02T10:00:00.000Z");
        var afterTwo = await own.Host.Admin.GetAsync("/api-keys", ("If-None-Match", afterOne.ETag ?? before.ETag!));

        Assert.Equal([200, 200], [afterOne.Status, afterTwo.Status]);
        Assert.Equal(3, new[] { before.ETag, afterOne.ETag, afterTwo.ETag }.Distinct().Count());
        Assert.Equal(304, (await own.Host.Admin.GetAsync("/api-keys", ("If-None-Match", afterTwo.ETag!))).Status);

        Task SeenAsync(string name, string minute) => Eventually.HoldsAsync(
            () => Behind.Number(own.Host.Database, $"select count(*) from api_key where name = '{name}' and last_used_at = '{minute}'") == 1, $"{name} used at {minute}");
    }

    [Fact]
    public async Task An_admin_is_shown_how_to_make_one_and_a_reader_is_not()
    {
        var reader = await host.WithNewKeyAsync("reader");

        Assert.NotNull((await host.Admin.GetAsync("/api-keys")).Must(200)["_links"]!["create"]);
        Assert.Null((await reader.GetAsync("/api-keys")).Must(200)["_links"]!["create"]);
    }
}
