using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace ActionPlan.Tests.Commands;

public class StartCommandTests(Published published) : IClassFixture<Published>
{
    [Fact]
    public async Task The_first_start_from_any_folder_makes_the_data_and_prints_one_curl_line_that_works_and_the_second_prints_none()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        string line;
        await using (var first = await StartAsync(address))
        {
            Assert.True(File.Exists(Path.Combine(published.Folder, "data", "actionplan.db")));
            line = Assert.Single(first.Said.Split('\n'), l => l.StartsWith("curl ", StringComparison.Ordinal));
            Assert.Equal(1, Regex.Count(first.Said, "ap_[0-9A-Za-z]{49}"));
            await MustWorkAsync(line);
            Assert.StartsWith(address + "/action-plan/v1/", line.Split(' ')[^1], StringComparison.Ordinal);
            // The catalogue and no demonstration, for this is no development.
            var key = KeyIn(line);
            Assert.Equal((101, 0), (await TotalAsync(first, key, "/measures"), await TotalAsync(first, key, "/plans")));
            Assert.Equal(0, await StopAsync(first.Process));
        }

        await using var second = await StartAsync(address, ("ASPNETCORE_ENVIRONMENT", "Development"));
        Assert.DoesNotContain("curl", second.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("ap_", second.Said, StringComparison.Ordinal);
        await MustWorkAsync(line);
        Assert.Equal((101, 1), (await TotalAsync(second, KeyIn(line), "/measures"), await TotalAsync(second, KeyIn(line), "/plans")));

        // From the root folder, where nothing of the program's lies, and with nothing but the address set.
        Task<ServiceProcess> StartAsync(string urls, params (string, string)[] environment) => ServiceProcess.StartAsync(TestDatabase.At("/"), [
            ("ConnectionStrings__ActionPlan", ""), ("Auth__BootstrapKey", ""), ("Seeds__Load", ""), ("Limits__RequestsPerMinute", ""), ("ASPNETCORE_URLS", urls), .. environment],
            published.Program, [], folder: "/");
    }

    [Fact]
    public async Task Of_two_that_start_at_once_on_an_empty_database_one_makes_the_first_key_and_both_serve()
    {
        using var database = TestDatabase.Create();
        var services = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ServiceProcess.StartAsync(database, [("Auth__BootstrapKey", ""), ("Seeds__Load", "demo")])));

        var line = Assert.Single(services.SelectMany(s => s.Said.Split('\n')), l => l.StartsWith("curl ", StringComparison.Ordinal));
        foreach (var service in services)
        {
            Assert.Equal((101, 1), (await TotalAsync(service, KeyIn(line), "/measures"), await TotalAsync(service, KeyIn(line), "/plans")));
            await service.DisposeAsync();
        }

        using var behind = Behind.Open(database);
        behind.MustBeWhole();
    }

    [Fact]
    public async Task A_key_of_ones_own_is_not_printed()
    {
        using var database = TestDatabase.Create();
        await using var service = await ServiceProcess.StartAsync(database);

        (await service.Admin.GetAsync("/session")).Must(200);
        Assert.DoesNotContain("curl", service.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiHost.BootstrapKey, service.Said, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Database__Engine", "oracle", "Database__Engine: .*oracle" },
        { "ConnectionStrings__ActionPlan", "actionplan.db", "ConnectionStrings__ActionPlan: " },
        { "ConnectionStrings__ActionPlan", "Data Source=/proc/no/such/folder/a.db", "ConnectionStrings__ActionPlan: " },
        { "Auth__BootstrapKey", "twenty-three-characters", "Auth__BootstrapKey: .*24" },
        { "Seeds__Load", "everything", "Seeds__Load: .*demo.*catalogue.*none.*everything" },
        { "Limits__RequestsPerMinute", "-1", "Limits__RequestsPerMinute: .*-1" },
        { "Api__PublicBaseUrl", "api.example.se", "Api__PublicBaseUrl: .*api.example.se" },
        { "ASPNETCORE_URLS", "localhost", "ASPNETCORE_URLS: .*localhost" },
        { "ASPNETCORE_URLS", "https://127.0.0.1:0", "ASPNETCORE_URLS: .*certificate" },
    };

    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it_and_exit_code_2()
    {
        var folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
        foreach (var (i, row) in Wrong.Index())
        {
            var (name, value, says) = ((string)row[0], (string)row[1], (string)row[2]);
            (string Name, string Value)[] sound = [("ConnectionStrings__ActionPlan", $"Data Source={folder}/{i}.db"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Auth__BootstrapKey", ApiHost.BootstrapKey), ("Seeds__Load", "none")];
            // The first as an operator sees it, in the environment of a process.
            var ended = i == 0 ? await Executable.Built.RunAsync([], [.. sound, (name, value)]) : await Executable.RunHereAsync([], [.. sound, (name, value)]);
            Assert.True(ended.ExitCode == 2, $"{name}={value}: {ended}");
            Assert.True(Regex.IsMatch(ended.OnlyLine(), "^" + says), $"{name}={value}: {ended}");
        }

        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("", "must name a Host")]
    [InlineData("Data Source=actionplan.db", "data source")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Password=a-well-kept-secret;Database=y", ".*127.0.0.1")]
    public async Task A_server_that_is_not_named_or_does_not_answer_stops_the_start_with_one_line_and_no_password(string connection, string says)
    {
        var ended = await Executable.RunHereAsync(["--urls", "http://127.0.0.1:0"], [("Database__Engine", "postgresql"), ("ConnectionStrings__ActionPlan", connection)]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Matches("(?i)^ConnectionStrings__ActionPlan: .*" + says, ended.OnlyLine());
        Assert.DoesNotContain("secret", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=:memory:", "ConnectionStrings__ActionPlan: .*file")]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=", "ConnectionStrings__ActionPlan: .*file")]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=/", "ConnectionStrings__ActionPlan: .*file")]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=folder/", "ConnectionStrings__ActionPlan: .*file")]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=a.db;Mode=Memory", "ConnectionStrings__ActionPlan: .*file")]
    [InlineData("ConnectionStrings:ActionPlan", "Data Source=a.db;Colour=red", "ConnectionStrings__ActionPlan: .*colour")]
    [InlineData("Auth:BootstrapKey", "       too-short        ", "Auth__BootstrapKey: .*24 .*has 9")]
    [InlineData("Seeds:Load", "DEMO", "Seeds__Load: .*DEMO")]
    [InlineData("Limits:RequestsPerMinute", "many", "Limits__RequestsPerMinute: .*many")]
    [InlineData("Limits:RequestsPerMinute", "1.5", "Limits__RequestsPerMinute: .*1.5")]
    [InlineData("Webhooks:AllowedNetworks", "10.0.0.0/8, here", "Webhooks__AllowedNetworks: .*here")]
    [InlineData("Webhooks:AllowedNetworks", "10.0.0.1", "Webhooks__AllowedNetworks: .*10.0.0.1")]
    [InlineData("Webhooks:AllowedNetworks", "10.0.0.0/33", "Webhooks__AllowedNetworks: .*10.0.0.0/33")]
    [InlineData("Webhooks:AllowLoopback", "yes", "Webhooks__AllowLoopback: .*yes")]
    [InlineData("Limits:RequestsPerMinute", "99999999999", "Limits__RequestsPerMinute: .*99999999999")]
    public void A_wrong_setting_is_told_by_the_name_that_it_has_in_the_environment(string key, string value, string says)
    {
        var fault = Assert.Throws<SettingException>(() => Settings.From(
            new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(), new HostingEnvironment { ContentRootPath = "/nowhere" }));

        Assert.Matches($"^{says}", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("--urls", "nowhere", "ASPNETCORE_URLS: .*nowhere")]
    [InlineData("serve", "", "serve: ")]
    public async Task A_wrong_argument_stops_the_start_with_one_line_and_exit_code_2(string argument, string value, string says)
    {
        using var database = TestDatabase.Create();

        var ended = await Executable.RunHereAsync(value.Length == 0 ? [argument] : [argument, value], [.. database.Environment, ("Seeds__Load", "none")]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Matches("^" + says, ended.OnlyLine());
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_line_and_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var database = TestDatabase.Create();

        var ended = await Executable.RunHereAsync(["--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"], [.. database.Environment, ("Seeds__Load", "none")]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Matches("^ASPNETCORE_URLS: .*in use", ended.OnlyLine());
    }

    [Fact]
    public async Task A_file_that_is_no_database_or_a_damaged_one_stops_the_start_with_one_line_and_is_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
        var (letter, damaged) = (Path.Combine(folder, "letter.db"), Path.Combine(folder, "damaged.db"));
        await File.WriteAllTextAsync(letter, string.Concat(Enumerable.Repeat("Hej, det här är ett brev och ingen databas. ", 200)));
        await using (var own = await OwnHost.StartAsync(TestDatabase.At(damaged).Settings)) await own.Host.Admin.GetAsync("/session");
        var bytes = await File.ReadAllBytesAsync(damaged);
        // All but the first page: the file still begins as a database does.
        bytes.AsSpan(4096).Fill(0xA5);
        await File.WriteAllBytesAsync(damaged, bytes);

        foreach (var file in new[] { letter, damaged })
        {
            var before = await File.ReadAllBytesAsync(file);
            var ended = await Executable.RunHereAsync(["--urls", "http://127.0.0.1:0"], [.. TestDatabase.At(file).Environment, ("Seeds__Load", "none")]);
            Assert.Equal(2, ended.ExitCode);
            Assert.Matches("^ConnectionStrings__ActionPlan: ", ended.OnlyLine());
            Assert.Equal(before, await File.ReadAllBytesAsync(file));
        }

        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_database_that_may_not_be_written_or_made_stops_the_start_with_one_line_and_then_starts_when_it_may()
    {
        using var disk = SmallDisk.Create();
        var file = Path.Combine(disk.Folder, "test.db");
        await using (var first = await ServiceProcess.StartAsync(TestDatabase.At(file))) Assert.Equal(0, await StopAsync(first.Process));

        var wrapper = disk.MakeReadOnly();
        foreach (var path in new[] { file, Path.Combine(disk.Folder, "new.db"), Path.Combine(disk.Folder, "new", "new.db") })
        {
            var ended = await Executable.Built.RunAsync(["--urls", "http://127.0.0.1:0"], [.. TestDatabase.At(path).Environment, ("Seeds__Load", "none")],
                wrapper: wrapper);
            Assert.True(ended.ExitCode == 2, $"{path}: {ended}");
            Assert.Matches("^ConnectionStrings__ActionPlan: ", ended.OnlyLine());
        }

        disk.MakeWritable();
        await using var again = await ServiceProcess.StartAsync(TestDatabase.At(file));
        (await again.Admin.GetAsync("/session")).Must(200);
    }

    static string KeyIn(string curl) => Regex.Match(curl, "Bearer (ap_[0-9A-Za-z]{49})\"").Groups[1].Value;

    // As a shell would read it; and that is all that may stand in it.
    static async Task MustWorkAsync(string curl)
    {
        var parts = Regex.Match(curl, "^curl -H \"([^\"$`\\\\]+)\" (http://[a-z0-9.:/-]+)$");
        Assert.True(parts.Success, curl);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, parts.Groups[2].Value);
        var header = parts.Groups[1].Value.Split(": ");
        request.Headers.TryAddWithoutValidation(header[0], header[1]);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    static async Task<int> TotalAsync(ServiceProcess service, string key, string path)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return (await new Api(client).GetAsync(path)).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>();
    }

    // Below those that the system gives out by itself, so that no other connection takes it between two starts.
    static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }

    // As a service manager stops it.
    static async Task<int> StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return process.ExitCode;
    }
}
