using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Contract;

/// <summary>README's curl examples, run as they stand, in order, against the example plan.</summary>
public partial class ReadmeTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public async Task The_curl_examples_answer_what_they_say()
    {
        var examples = CurlBlock().Matches(Readme).Select(m => m.Groups[1].Value).ToList();
        var promised = examples.SelectMany(block => Promise().Matches(block).Select(m => m.Groups[1].Value)).ToList();

        // The example's own address and key are replaced; every curl tells its status on standard error.
        var script = $$"""
            set -euo pipefail
            curl() { command curl -w '%{stderr}#%{http_code}\n' "$@"; }
            {{string.Join('\n', examples)}}
            """
            .Replace("http://localhost:5080", host.Address.ToString().TrimEnd('/'))
            .Replace("KEY=ap_…", $"KEY={ApiHost.BootstrapKey}");
        var (exitCode, output, errors) = await RunAsync(script);

        Assert.True(exitCode == 0, output + errors);
        Assert.True(promised.Count >= 10);
        Assert.Equal(promised, errors.Split('\n').Where(line => line.StartsWith('#')).Select(line => line[1..]));
    }

    [Fact]
    public async Task The_list_of_what_was_overdue_is_the_one_that_is_answered()
    {
        var overdue = (await host.Admin.GetAsync("/plans/soc-2015/actions?dueBefore=2016-01-01&open=true&sort=dueDate")).Must(200)["items"]!.AsArray();

        Assert.Contains("| åtgärd | tidsangivelse | senast |\n|---|---|---|\n" + string.Concat(overdue.Select(a => $"| {a!["title"]} | {a["deadline"]} | {a["dueDate"]} |\n")) + "\n", Readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("Database__Engine")]
    [InlineData("ConnectionStrings__ActionPlan")]
    [InlineData("Auth__BootstrapKey")]
    [InlineData("Seeds__Load")]
    [InlineData("Api__PublicBaseUrl")]
    [InlineData("Limits__RequestsPerMinute")]
    [InlineData("Pages__EmbedOrigins")]
    [InlineData("Webhooks__AllowedNetworks")]
    [InlineData("Webhooks__AllowLoopback")]
    public void Every_setting_is_described(string setting)
    {
        Assert.Contains($"`{setting}`", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_it_points_at_exists()
    {
        var links = LocalLink().Matches(Readme).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(links);
        Assert.Equal([], links.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))));
    }

    static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output, await errors);
    }

    [GeneratedRegex(@"```sh\n((?:(?!```).)*\bcurl\b(?:(?!```).)*)```", RegexOptions.Singleline)]
    private static partial Regex CurlBlock();

    [GeneratedRegex(@"# → (\d{3})")]
    private static partial Regex Promise();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex LocalLink();
}
