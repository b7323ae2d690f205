using ActionPlan.ApiKeys;
using ActionPlan.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActionPlan.Tests.ApiKeys;

public class KeyRingTests
{
    [Fact]
    public async Task A_mistyped_key_is_refused_without_reading_the_database()
    {
        // There is no such database: whoever reads it gets an exception.
        var settings = Settings.From(
            new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:ActionPlan", "Data Source=/nowhere/at/all.db")]).Build(),
            new HostingEnvironment { ContentRootPath = "/nowhere" });
        await using var database = new Database(settings, TimeProvider.System);
        using var ring = new KeyRing(database, TimeProvider.System, NullLogger<KeyRing>.Instance);
        var key = Secret.Create();

        foreach (var at in Enumerable.Range(0, key.Length))
            Assert.Null(await ring.FindAsync(key[..at] + (key[at] == 'x' ? 'y' : 'x') + key[(at + 1)..]));
        foreach (var other in new[] { "", " ", "ap_", "x", key + key, key.ToUpperInvariant(), new string('å', 100_000) })
            Assert.Null(await ring.FindAsync(other));

        await Assert.ThrowsAsync<SqliteException>(() => ring.FindAsync(key));
    }

    [Fact]
    public async Task A_mistyped_key_is_401_even_while_the_keys_cannot_be_read()
    {
        await using var own = await OwnHost.StartAsync();
        var secret = (await own.Host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader" })).Must(201)["secret"]!.ToString();
        Behind.Run(own.Host.Database, "alter table api_key rename to out_of_reach");

        (await own.Host.With(secret[..^1] + (secret[^1] == 'x' ? 'y' : 'x')).GetAsync("/session")).MustBeProblem(401);
        // The proof that it would have been noticed: a key that is not mistyped is looked for.
        (await own.Host.With(Secret.Create()).GetAsync("/session")).MustBeProblem(500);
    }

    [Fact]
    public async Task A_key_works_until_the_instant_it_expires()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2099-03-28T22:59:00Z");
        var secret = (await own.Host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader", expiresAt = "2099-03-29T00:00:00+01:00" })).Must(201)["secret"]!.ToString();
        var key = own.Host.With(secret);

        own.Host.Clock.StopAt("2099-03-28T22:59:59.999Z");
        (await key.GetAsync("/session")).Must(200);
        own.Host.Clock.StopAt("2099-03-28T23:00:00Z");
        (await key.GetAsync("/session")).MustBeProblem(401, "unauthorized");
        // Time that goes back gives nothing away that was not there: the key is as good as it was.
        own.Host.Clock.StopAt("2099-03-28T22:59:59.999Z");
        (await key.GetAsync("/session")).Must(200);
    }

    [Fact]
    public async Task A_new_key_works_at_once_in_another_process_too()
    {
        await using var own = await OwnHost.StartAsync();
        await using var other = await OwnHost.StartAsync(own.Host.Database.Settings);
        var secret = (await own.Host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader" })).Must(201)["secret"]!.ToString();

        (await other.Host.With(secret).GetAsync("/session")).Must(200);
    }

    [Theory]
    [InlineData("ap_0123456789012345678901234567890123456789012345678")]
    [InlineData("ap_twenty-four-letters-x")]
    [InlineData("med mellanslag, komma; och \"citattecken\" = {allt} <möjligt>")]
    [InlineData("åäö ÅÄÖ är också tecken, och 🙂 också")]
    [InlineData("  blanksteg omkring, som från en fil med radslut\n")]
    public async Task Any_text_of_24_characters_works_as_the_first_key_also_for_a_process_that_did_not_store_it(string chosen)
    {
        await using var own = await OwnHost.StartAsync(new HostWithKey(chosen));

        Assert.Equal(200, await StatusAsync(own.Host.Address, chosen.Trim()));
        Assert.Equal(401, await StatusAsync(own.Host.Address, chosen.Trim() + "x"));
        Assert.Equal(0L, Behind.Rows(own.Host.Database, "select has_checksum from api_key").Single()[0]);

        using var elsewhere = new KeyRing((Database)own.Host.Services.GetService(typeof(Database))!, TimeProvider.System, NullLogger<KeyRing>.Instance);
        Assert.Null(await elsewhere.FindAsync(chosen.Trim()));
        await elsewhere.PrepareAsync();
        Assert.NotNull(await elsewhere.FindAsync(chosen.Trim()));
    }

    [Fact]
    public async Task The_first_key_works_after_a_restart_without_the_setting_and_another_setting_is_not_heeded()
    {
        await using var first = await OwnHost.StartAsync();
        foreach (var setting in new[] { "", "another-key-that-comes-too-late" })
        {
            await using var next = await OwnHost.StartAsync([.. first.Host.Database.Settings, ("Auth:BootstrapKey", setting)]);
            Assert.Equal(200, await StatusAsync(next.Host.Address, ApiHost.BootstrapKey));
            Assert.Equal(401, await StatusAsync(next.Host.Address, "another-key-that-comes-too-late"));
        }

        Assert.Equal(1, Behind.Number(first.Host.Database, "select count(*) from api_key"));
    }

    [Fact]
    public async Task The_first_key_is_revoked_like_any_other_and_does_not_come_back()
    {
        await using var own = await OwnHost.StartAsync();
        var admin = await own.Host.WithNewKeyAsync("admin");
        var id = (await admin.GetAsync("/api-keys")).Must(200)["items"]!.AsArray().Single(k => k!["name"]!.ToString() == "admin")!["id"];
        (await admin.DeleteAsync($"/api-keys/{id}")).Must(204);

        (await own.Host.Admin.GetAsync("/session")).MustBeProblem(401);
        await own.Host.StopAsync();
        await own.Host.StartAsync();
        (await own.Host.Admin.GetAsync("/session")).MustBeProblem(401);
        Assert.Equal(2, Behind.Number(own.Host.Database, "select count(*) from api_key"));
    }

    [Fact]
    public async Task A_fault_while_it_is_written_when_a_key_was_used_does_not_stop_the_service()
    {
        using var database = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database);
        // No lock and no full disk, which are expected, but something that nobody has thought of.
        using (database.FailOnUpdate("api_key", "last_used_at"))
        {
            (await service.Admin.GetAsync("/session")).Must(200);
            await Eventually.HoldsAsync(() => service.Said.Contains("no_such_function", StringComparison.Ordinal), "the fault in the log");
            Assert.Equal(200, (await service.Admin.GetAsync("//healthz")).Status);
        }

        await Eventually.HoldsAsync(() => Behind.Number(database, "select count(*) from api_key where last_used_at is not null") == 1, "written after all");
    }

    // HttpClient sends no letters beyond ASCII in a header unless told; curl sends UTF-8.
    static async Task<int> StatusAsync(Uri address, string key)
    {
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/action-plan/v1/session"));
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key));
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    sealed class HostWithKey(string key) : ApiHost([("Auth:BootstrapKey", key)]);
}
