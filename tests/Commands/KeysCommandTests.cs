using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Commands;

/// <summary>Every command runs beside a service that is at work on the same database.</summary>
public class KeysCommandTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_created_key_is_printed_once_and_works_at_once_in_the_running_service()
    {
        var created = await RunAsync("create", "--name", "HR-enhetens skript", "--role", "editor");

        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        Assert.Matches(@"\Aap_[0-9A-Za-z]{49}\n\z", created.Output);
        var session = (await host.With(created.Output.Trim()).GetAsync("/session")).Must(200);
        Assert.Equal(("HR-enhetens skript", "editor", null), (session["name"]!.ToString(), session["role"]!.ToString(), session["department"]?.ToString()));

        var listed = await RunAsync("list");
        Assert.Contains("HR-enhetens skript", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Output[..12], listed.Output, StringComparison.Ordinal);
        Assert.False(host.Database.Holds(created.Output[..12]));

        var change = Behind.Rows(host.Database, "select actor, kind, resource from change where state like '%\"HR-enhetens skript\"%'").Single();
        Assert.Equal(["command line", "created", "apiKey"], change);
    }

    [Fact]
    public async Task A_key_for_a_department_and_a_time_is_bound_to_both()
    {
        var created = await RunAsync("create", "--name", "Bunden", "--role", "reader", "--department", "soc", "--expires", "2099-12-31");

        var session = (await host.With(created.Output.Trim()).GetAsync("/session")).Must(200);
        Assert.Equal("soc", session["department"]!.ToString());
        var key = (await host.Admin.GetAsync("/api-keys?limit=1000")).Must(200)["items"]!.AsArray().Single(k => k!["name"]!.ToString() == "Bunden")!;
        // The last day is a whole day, in Stockholm.
        Assert.Equal("2099-12-31T23:00:00.000Z", key["expiresAt"]!.ToString());
        Assert.Equal("command line", key["createdBy"]!.ToString());
    }

    [Fact]
    public async Task The_last_day_there_is_stands_for_never()
    {
        var created = await RunAsync("create", "--name", "Evig", "--role", "reader", "--expires", "9999-12-31");

        Assert.Equal(0, created.ExitCode);
        (await host.With(created.Output.Trim()).GetAsync("/session")).Must(200);
    }

    [Fact]
    public async Task The_list_has_a_line_for_each_key_with_what_revoke_needs()
    {
        await host.WithNewKeyAsync("reader", "vof", "Att lista");
        var keys = (await host.Admin.GetAsync("/api-keys?limit=1000")).Must(200)["items"]!.AsArray();

        var listed = await RunAsync("list");

        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        var lines = listed.Output.TrimEnd().Split('\n');
        Assert.Equal(keys.Select(k => k!["id"]!.ToString()), lines.Select(l => l[..36]));
        Assert.Matches(@"^\S{36}  works    reader  vof           never used        Att lista$", lines.Single(l => l.EndsWith("Att lista", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_revoked_key_stops_working_within_a_second_in_the_running_service()
    {
        var created = (await host.Admin.PostAsync("/api-keys", new { name = "Att spärra", role = "reader" })).Must(201);
        var key = host.With(created["secret"]!.ToString());
        (await key.GetAsync("/session")).Must(200);

        var revoked = await RunAsync("revoke", created["id"]!.ToString());
        var since = Stopwatch.StartNew();

        Assert.Equal((0, "", ""), (revoked.ExitCode, revoked.Output, revoked.Error));
        for (var asked = TimeSpan.Zero; (await key.GetAsync("/session")).Status != 401; asked = since.Elapsed) Assert.True(asked < TimeSpan.FromSeconds(1));
        Assert.Contains("  revoked  ", (await RunAsync("list")).Output.Split('\n').Single(l => l.StartsWith(created["id"]!.ToString(), StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("revoke", created["id"]!.ToString())).ExitCode);
        Assert.Equal(["created", "deleted"], Behind.Rows(host.Database, $"select kind from change where resource_key = '{created["id"]}' order by number").Select(r => r[0]));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "create|--name|HR", "--role" },
        { "create|--name||--role|reader", "--name: " },
        { "create|--name|HR|--role|root", "--role: .*reader, editor, admin" },
        { "create|--name|HR|--role|reader|--department|nix", "--department: .*nix" },
        { "create|--name|HR|--role|reader|--departement|soc", "--departement" },
        { "create|--name|HR|--role|reader|--expires|soon", "--expires: .*soon" },
        { "create|--name|HR|--role|reader|--expires|2020-01-01", "--expires: .*past" },
        { "revoke|nix", "nix" },
        { "revoke|0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90", "no such key" },
        { "nope", "nope" },
    };

    [Fact]
    public async Task A_wrong_argument_is_told_in_one_line_with_exit_code_2_and_stores_nothing()
    {
        using var behind = Behind.Open(host.Database);
        var before = behind.Counts();

        foreach (var row in Wrong)
        {
            var (arguments, says) = ((string)row[0], (string)row[1]);
            var ended = await RunAsync(arguments.Split('|', arguments.Length == 0 ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None));
            Assert.True(ended is { ExitCode: 2, Output: "" }, $"{arguments}: {ended}");
            Assert.True(Regex.IsMatch(ended.OnlyLine(), says), $"{arguments}: {ended}");
        }

        Assert.Equal(before, behind.Counts());
    }

    [Fact]
    public async Task A_database_that_is_held_by_another_is_told_in_one_line()
    {
        await using var own = await OwnHost.StartAsync();
        using var other = Behind.Hold(own.Host.Database);

        var ended = await Executable.RunHereAsync(["keys", "create", "--name", "x", "--role", "reader"], own.Host.Database.Environment);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("lock", ended.OnlyLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_made_before_the_first_start_is_the_first_key()
    {
        using var database = TestDatabase.Create();
        var created = await Executable.Built.RunAsync(["keys", "create", "--name", "Först", "--role", "admin"], database.Environment);
        Assert.Equal((0, ""), (created.ExitCode, created.Error));

        await using var service = await ServiceProcess.StartAsync(database, [("Auth__BootstrapKey", "")]);

        Assert.DoesNotContain("curl", service.Said, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", created.Output.Trim());
        Assert.Equal(["Först"], (await new Api(client).GetAsync("/api-keys")).Items("name"));
    }

    Task<Executable.Finished> RunAsync(params string[] arguments) =>
        Executable.RunHereAsync(["keys", .. arguments], host.Database.Environment);
}
