namespace ActionPlan.Tests.ApiKeys;

public class GetApiKeyTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_key_is_shown_without_its_secret()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Visad", role = "editor", department = "soc", expiresAt = "2099-01-01T00:00:00Z" })).Must(201);

        var shown = (await host.Admin.GetAsync($"/api-keys/{created["id"]}")).Must(200);

        var expected = created.AsObject().Where(p => p.Key != "secret").Select(p => $"{p.Key}={p.Value?.ToJsonString()}");
        Assert.Equal(expected, shown.AsObject().Select(p => $"{p.Key}={p.Value?.ToJsonString()}"));
    }

    [Theory]
    [InlineData("0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90")]
    [InlineData("0198f3a27c1e7b609c432f1d5a7e8b90")]
    [InlineData("1")]
    [InlineData("-")]
    public async Task An_unknown_key_is_404(string id)
    {
        (await host.Admin.GetAsync($"/api-keys/{id}")).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_bound_key_finds_neither_unbound_keys_nor_those_of_other_departments()
    {
        var soc = await host.WithNewKeyAsync("admin", "soc");
        foreach (var department in new[] { null, "vof" })
        {
            var id = (await host.Admin.PostAsync("/api-keys", new { name = "Annan", role = "reader", department })).Must(201)["id"];
            (await soc.GetAsync($"/api-keys/{id}")).MustBeProblem(404);
        }

        var own = (await host.Admin.PostAsync("/api-keys", new { name = "Egen", role = "reader", department = "soc" })).Must(201)["id"];
        (await soc.GetAsync($"/api-keys/{own}")).Must(200);
    }

    [Fact]
    public async Task When_it_was_used_is_exact_to_the_minute_and_no_change()
    {
        await using var own = await OwnHost.StartAsync();
        var clock = own.Host.Clock;
        clock.StopAt("2099-03-02T10:00:59.999Z");
        var created = (await own.Host.Admin.PostAsync("/api-keys", new { name = "Använd", role = "reader" })).Must(201);
        var key = own.Host.With(created["secret"]!.ToString());
        var path = $"/api-keys/{created["id"]}";

        var unused = await own.Host.Admin.GetAsync(path);
        Assert.Null(unused.Must(200)["lastUsedAt"]);
        var changes = Behind.Number(own.Host.Database, "select count(*) from change");

        var first = await UsedAsync("2099-03-02T10:00:00.000Z");
        clock.StopAt("2099-03-02T10:01:00Z");
        var second = await UsedAsync("2099-03-02T10:01:00.000Z");
        clock.StopAt("2099-03-02T12:34:56Z");
        var third = await UsedAsync("2099-03-02T12:34:00.000Z");

        Assert.Equal(4, new[] { unused, first, second, third }.Select(a => a.ETag).Distinct().Count());
        Assert.Equal("1", third["version"]!.ToString());
        Assert.Equal(created["updatedAt"]!.ToString(), third["updatedAt"]!.ToString());
        Assert.Equal(changes, Behind.Number(own.Host.Database, "select count(*) from change"));

        async Task<Answer> UsedAsync(string minute)
        {
            (await key.GetAsync("/session")).Must(200);
            Answer? answer = null;
            await Eventually.HoldsAsync(async () => (answer = await own.Host.Admin.GetAsync(path))["lastUsedAt"]?.ToString() == minute, $"used at {minute}", 5);
            return answer!;
        }
    }

    [Fact]
    public async Task A_use_is_remembered_even_if_the_service_stops_at_once()
    {
        await using var own = await OwnHost.StartAsync();
        var created = (await own.Host.Admin.PostAsync("/api-keys", new { name = "Sist", role = "reader" })).Must(201);
        (await own.Host.With(created["secret"]!.ToString()).GetAsync("/session")).Must(200);

        await own.Host.StopAsync();
        await own.Host.StartAsync();

        Assert.NotNull((await own.Host.Admin.GetAsync($"/api-keys/{created["id"]}")).Must(200)["lastUsedAt"]);
    }

    [Fact]
    public async Task A_key_that_is_not_let_in_is_not_used()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        var created = (await own.Host.Admin.PostAsync("/api-keys", new { name = "Utgången", role = "reader", expiresAt = "2099-03-02T10:05:00Z" })).Must(201);
        own.Host.Clock.StopAt("2099-03-02T10:05:00Z");
        (await own.Host.With(created["secret"]!.ToString()).GetAsync("/session")).MustBeProblem(401);

        // The admin comes later, so its use is written no earlier than the other's would have been.
        (await own.Host.Admin.GetAsync("/session")).Must(200);
        await Eventually.HoldsAsync(
            () => Behind.Number(own.Host.Database, "select count(*) from api_key where name = 'admin' and last_used_at = '2099-03-02T10:05:00.000Z'") == 1, "the admin's use");
        Assert.Null((await own.Host.Admin.GetAsync($"/api-keys/{created["id"]}")).Must(200)["lastUsedAt"]);
    }

    [Fact]
    public async Task An_unchanged_key_is_304()
    {
        var id = (await host.Admin.PostAsync("/api-keys", new { name = "Lika", role = "reader" })).Must(201)["id"];
        var first = await host.Admin.GetAsync($"/api-keys/{id}");

        Assert.Equal(304, (await host.Admin.GetAsync($"/api-keys/{id}", ("If-None-Match", first.ETag!))).Status);
    }
}
