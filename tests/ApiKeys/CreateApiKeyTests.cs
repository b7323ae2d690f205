
namespace ActionPlan.Tests.ApiKeys;

public class CreateApiKeyTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_name_and_a_role_are_enough()
    {
        var answer = await host.Admin.PostAsync("/api-keys", new { name = "Sitevision intranät", role = "reader" });

        var key = answer.Must(201);
        Assert.Equal(
            ["id", "name", "role", "department", "expiresAt", "lastUsedAt", "revokedAt", "secret", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "_links"],
            key.AsObject().Select(p => p.Key));
        Assert.Equal(7, Guid.Parse(key["id"]!.ToString()).Version);
        Assert.Equal(("Sitevision intranät", "reader", "admin", 1), (key["name"]!.ToString(), key["role"]!.ToString(), key["createdBy"]!.ToString(), key["version"]!.GetValue<int>()));
        Assert.All(["department", "expiresAt", "lastUsedAt", "revokedAt"], name => Assert.Null(key[name]));
        Assert.Equal($"{host.Address}action-plan/v1/api-keys/{key["id"]}", answer.Headers["Location"]);
    }

    [Fact]
    public async Task The_new_key_lets_its_holder_in_as_what_it_says()
    {
        var soc = await host.WithNewKeyAsync("editor", "soc", "Enhetschefernas blad");

        var session = (await soc.GetAsync("/session")).Must(200);
        Assert.Equal(("Enhetschefernas blad", "editor", "soc"), (session["name"]!.ToString(), session["role"]!.ToString(), session["department"]!.ToString()));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_stored_nowhere()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Hemlig", role = "editor" })).Must(201);
        var (id, secret) = (created["id"]!.ToString(), created["secret"]!.ToString());
        await host.With(secret).PostAsync("/plans/soc-2026/actions", new { title = "Skriven med den nya nyckeln" });

        var shown = (await host.Admin.GetAsync($"/api-keys/{id}")).Must(200);
        var listed = (await host.Admin.GetAsync("/api-keys?limit=1000")).Must(200)["items"]!.AsArray();
        var changes = Behind.Rows(host.Database, "select * from change").SelectMany(row => row).Select(value => value?.ToString());

        Assert.Null(shown["secret"]);
        Assert.DoesNotContain("secret", shown.AsObject().Select(p => p.Key));
        Assert.All(listed, key => Assert.DoesNotContain("secret", key!.AsObject().Select(p => p.Key)));
        Assert.Contains(id, changes);
        // Not even half of it: what remains must not be worth guessing at.
        Assert.DoesNotContain(changes, value => value?.Contains(secret[..12], StringComparison.Ordinal) == true);
        Assert.False(host.Database.Holds(secret[..12]));
        // The same search finds what is there.
        Assert.True(host.Database.Holds(id));
    }

    [Fact]
    public async Task The_database_holds_the_hash_of_the_key()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Hash", role = "reader" })).Must(201);

        var row = Behind.Rows(host.Database, $"select hash, has_checksum from api_key where id = '{created["id"]}'").Single();
        Assert.Equal(ActionPlan.ApiKeys.Secret.Hash(created["secret"]!.ToString()), row[0]);
        Assert.Equal(1L, row[1]);
    }

    [Fact]
    public async Task The_change_log_says_who_made_which_key()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Loggad", role = "reader", department = "vof" })).Must(201);

        var change = Behind.Rows(host.Database, $"select actor, kind, resource, department, state from change where resource_key = '{created["id"]}'").Single();
        Assert.Equal(["admin", "created", "apiKey", "vof"], change[..4]);
        Assert.DoesNotContain("secret", change[4]!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hash", change[4]!.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var answer = await host.Admin.PostAsync("/api-keys", """{"role":"root","department":"Soc!","expiresAt":"i morgon","secret":"ap_mine","id":"x","rol":"reader"}""");

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(["/department invalidKey", "/expiresAt wrongType", "/id readOnlyProperty", "/name required", "/rol unknownProperty", "/role unknownValue", "/secret readOnlyProperty"], answer.Faults());
    }

    [Theory]
    [InlineData("2001-01-01T00:00:00Z", "/expiresAt alreadyPast")]
    [InlineData("2030-01-01", "/expiresAt wrongType")]
    [InlineData("2030-01-01T00:00:00", "/expiresAt wrongType")]
    [InlineData("Z", "/expiresAt wrongType")]
    [InlineData("+01:00", "/expiresAt wrongType")]
    [InlineData("0001-01-01T00:00:00+14:00", "/expiresAt wrongType")]
    public async Task An_expiry_that_is_past_or_no_instant_is_400(string expiresAt, string fault)
    {
        var answer = await host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader", expiresAt });

        answer.MustBeProblem(400);
        Assert.Equal([fault], answer.Faults());
    }

    [Fact]
    public async Task An_expiry_in_any_zone_is_told_in_UTC()
    {
        var answer = await host.Admin.PostAsync("/api-keys", new { name = "Sommartid", role = "reader", expiresAt = "2099-07-01T02:00:00+02:00" });

        Assert.Equal("2099-07-01T00:00:00.000Z", answer.Must(201)["expiresAt"]!.ToString());
    }

    [Fact]
    public async Task A_key_for_an_unknown_department_is_400()
    {
        var answer = await host.Admin.PostAsync("/api-keys", new { name = "x", role = "reader", department = "finns-inte" });

        Assert.Equal(["/department unknownDepartment"], answer.Faults());
    }

    [Fact]
    public async Task A_bound_admin_makes_keys_bound_there_without_saying_so()
    {
        var soc = await host.WithNewKeyAsync("admin", "soc");

        Assert.Equal("soc", (await soc.PostAsync("/api-keys", new { name = "Utan", role = "reader" })).Must(201)["department"]!.ToString());
        Assert.Equal("soc", (await soc.PostAsync("/api-keys", """{"name":"Null","role":"admin","department":null}""")).Must(201)["department"]!.ToString());
        Assert.Equal("soc", (await soc.PostAsync("/api-keys", new { name = "Med", role = "editor", department = "soc" })).Must(201)["department"]!.ToString());
    }

    [Theory]
    [InlineData("vof")]
    [InlineData("finns-inte")]
    public async Task A_bound_admin_makes_no_key_for_another_department_and_is_told_which_is_its_own(string department)
    {
        var soc = await host.WithNewKeyAsync("admin", "soc");
        var before = Behind.Number(host.Database, "select count(*) from api_key");

        var problem = (await soc.PostAsync("/api-keys", new { name = "Utbrytare", role = "reader", department })).MustBeProblem(403, "forbidden");

        Assert.Contains("soc", problem["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Behind.Number(host.Database, "select count(*) from api_key"));
    }
}
