using System.Diagnostics;

namespace ActionPlan.Tests.ApiKeys;

public class DeleteApiKeyTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_revoked_key_stops_working_at_once_in_the_same_process()
    {
        var (id, key) = await NewAsync(host);
        (await key.GetAsync("/session")).Must(200);

        (await host.Admin.DeleteAsync($"/api-keys/{id}")).Must(204);

        (await key.GetAsync("/session")).MustBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_revoked_key_stops_working_within_a_second_in_every_process()
    {
        await using var process = await ServiceProcess.StartAsync(host.Database);
        await using var other = await OwnHost.StartAsync(host.Database.Settings);
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Överallt", role = "reader" })).Must(201);
        Api[] elsewhere = [With(process.Address), With(other.Host.Address)];
        foreach (var key in elsewhere) (await key.GetAsync("/session")).Must(200);

        (await host.Admin.DeleteAsync($"/api-keys/{created["id"]}")).Must(204);
        var revoked = Stopwatch.StartNew();

        await Task.WhenAll(elsewhere.Select(async key =>
        {
            while (true)
            {
                var asked = revoked.Elapsed;
                var answer = await key.GetAsync("/session");
                if (answer.Status == 401) return;
                Assert.True(asked < TimeSpan.FromSeconds(1), $"Let in {asked} after it was revoked.");
            }
        }));

        Api With(Uri address)
        {
            var client = new HttpClient { BaseAddress = address };
            client.DefaultRequestHeaders.Authorization = new("Bearer", created["secret"]!.ToString());
            return new Api(client);
        }
    }

    [Fact]
    public async Task It_stays_visible_as_revoked_with_one_change_row()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2099-03-02T10:00:00Z");
        var (id, _) = await NewAsync(own.Host);
        own.Host.Clock.StopAt("2099-03-02T11:00:00.5Z");

        (await own.Host.Admin.DeleteAsync($"/api-keys/{id}")).Must(204);
        own.Host.Clock.StopAt("2099-03-02T12:00:00Z");
        // Revoked once: the second time finds it so and changes nothing.
        (await own.Host.Admin.DeleteAsync($"/api-keys/{id}")).Must(204);

        var shown = (await own.Host.Admin.GetAsync($"/api-keys/{id}")).Must(200);
        Assert.Equal("2099-03-02T11:00:00.500Z", shown["revokedAt"]!.ToString());
        Assert.Equal("2", shown["version"]!.ToString());
        Assert.Null(shown["_links"]!["delete"]);
        Assert.Equal(["created", "deleted"], Behind.Rows(own.Host.Database, $"select kind from change where resource_key = '{id}' order by number").Select(r => r[0]));
    }

    [Fact]
    public async Task A_stale_precondition_is_412_and_the_key_goes_on_working()
    {
        var (id, key) = await NewAsync(host);

        var problem = (await host.Admin.DeleteAsync($"/api-keys/{id}", ("If-Match", "\"7-abc\""))).MustBeProblem(412, "stale");

        Assert.Equal(1, problem["currentVersion"]!.GetValue<int>());
        (await key.GetAsync("/session")).Must(200);
    }

    [Fact]
    public async Task An_ETag_from_before_the_key_was_used_still_names_its_version()
    {
        await using var own = await OwnHost.StartAsync();
        var (id, key) = await NewAsync(own.Host);
        var before = await own.Host.Admin.GetAsync($"/api-keys/{id}");
        (await key.GetAsync("/session")).Must(200);
        await Eventually.HoldsAsync(async () => (await own.Host.Admin.GetAsync($"/api-keys/{id}"))["lastUsedAt"] is not null, "its use");

        Assert.Equal(204, (await own.Host.Admin.DeleteAsync($"/api-keys/{id}", ("If-Match", before.ETag!))).Status);
    }

    [Fact]
    public async Task An_unknown_key_is_404()
    {
        (await host.Admin.DeleteAsync("/api-keys/0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90")).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_bound_admin_revokes_only_keys_bound_there()
    {
        var soc = await host.WithNewKeyAsync("admin", "soc");
        var (own, ownKey) = await NewAsync(host, "soc");
        foreach (var department in new[] { null, "vof" })
        {
            var (id, key) = await NewAsync(host, department);
            (await soc.DeleteAsync($"/api-keys/{id}")).MustBeProblem(404);
            (await key.GetAsync("/session")).Must(200);
        }

        (await soc.DeleteAsync($"/api-keys/{own}")).Must(204);
        (await ownKey.GetAsync("/session")).MustBeProblem(401);
    }

    [Fact]
    public async Task An_admin_may_revoke_the_key_it_holds()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Själv", role = "admin" })).Must(201);
        var self = host.With(created["secret"]!.ToString());

        (await self.DeleteAsync($"/api-keys/{created["id"]}")).Must(204);

        (await self.GetAsync("/session")).MustBeProblem(401);
    }

    [Fact]
    public async Task A_department_that_is_deleted_with_its_content_takes_its_keys_along()
    {
        (await host.Admin.PostAsync("/departments", new { key = "borta", name = "Borta" })).Must(201);
        var key = await host.WithNewKeyAsync("reader", "borta");
        (await key.GetAsync("/session")).Must(200);

        (await host.Admin.DeleteAsync("/departments/borta?withContent=true")).Must(204);
        var revoked = Stopwatch.StartNew();

        while ((await key.GetAsync("/session")).Status != 401) Assert.True(revoked.Elapsed < TimeSpan.FromSeconds(1.2), "Still let in.");
    }

    static async Task<(string Id, Api Key)> NewAsync(ApiHost host, string? department = null)
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Att spärra", role = "reader", department })).Must(201);
        return (created["id"]!.ToString(), host.With(created["secret"]!.ToString()));
    }
}
