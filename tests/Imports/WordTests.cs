using System.Text;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Imports;

/// <summary>What docs/word.md promises of its own example.</summary>
public partial class WordTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task The_example_of_the_handbook_is_imported_as_it_says()
    {
        var csv = Example().Match(Repository.Read("docs/word.md")).Groups[1].Value;
        var key = Given.Key("w");

        var answer = await host.Admin.SendFileAsync($"/imports?department=soc&key={key}&periodStart=2026-01-01&periodEnd=2027-12-31", Encoding.UTF8.GetBytes(csv), "text/csv");

        Assert.Equal((4, 0, 0), answer.Counts());
        Assert.Equal(2, answer["focusAreas"]!.AsArray().Count);
        Assert.Equal(["3", "4", "5", "6"], answer["rows"]!.AsArray().Select(row => row!["row"]!.ToString()));
        Assert.Equal(
            ["introduktion|inProgress|2026-11-30||", "introduktion|done|2026-03-31||", "arbetsbelastning|planned|||2026-10-01", "arbetsbelastning|cancelled|2027-06-30|Ryms inte i budgeten|"],
            await host.LinesAsync(key, "focusArea", "status", "dueDate", "statusReason", "nextFollowUpDate"));
        Assert.Equal("Åtgärdsplan arbetsmiljö 2026", (await host.Admin.GetAsync($"/plans/{key}")).Must(200)["title"]!.ToString());
    }

    [GeneratedRegex("```csv\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
