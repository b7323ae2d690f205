using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Contract;

/// <summary>docs/actionplan.pq, which cannot be run here: what it asks for, and the columns it makes, are those of the contract and of a real answer.</summary>
public partial class PowerQueryTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly string Query = Repository.Read("docs/actionplan.pq");

    [Fact]
    public async Task It_asks_for_what_there_is()
    {
        var contract = (await host.Anonymous.GetAsync("/openapi.json")).Json;
        var path = Assert.Single(Path().Matches(Query)).Groups[1].Value;
        var known = contract["paths"]!["/" + path]!["get"]!["parameters"]!.AsArray().Select(p => p!["name"]?.ToString());

        var asked = Filters().Matches(Query).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(["asOf", "format", "open", "owner", "plan", "sort"], asked.Order());
        Assert.Empty(asked.Except(known));
        Assert.Contains("Authorization = \"Bearer \" & Key", Query, StringComparison.Ordinal);
        Assert.DoesNotContain("ap_", string.Join('\n', Query.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_columns_are_those_of_a_flat_action_each_with_its_type()
    {
        var flat = (await host.Anonymous.GetAsync("/openapi.json")).Json["components"]!["schemas"]!["FlatAction"]!["properties"]!.AsObject();
        await host.ActionAsync("soc-2026");

        var columns = Columns().Matches(Query).Select(match => $"{match.Groups[1]} {match.Groups[2]}").ToList();

        // Only a list that was asked for the deleted ones too has this one.
        Assert.Equal(flat.Where(property => property.Key != "deletedAt").Select(property => $"{property.Key} {TypeOf(property.Value!)}"), columns);
        var answer = await host.Admin.GetAsync("/actions?format=flat&sort=key&plan=soc-2026");
        Assert.Equal(answer.Must(200)[0]!.Properties(), columns.Select(column => column.Split(' ')[0]));
    }

    static string TypeOf(JsonNode property) => (property["type"]!.ToJsonString(), property["format"]?.ToString()) switch
    {
        (_, "date") => "type date",
        (_, "date-time") => "type datetimezone",
        (var type, _) when type.Contains("boolean", StringComparison.Ordinal) => "type logical",
        (var type, _) when type.Contains("integer", StringComparison.Ordinal) => "Int64.Type",
        _ => "type text",
    };

    [GeneratedRegex("RelativePath = \"([^\"]+)\"")]
    private static partial Regex Path();

    [GeneratedRegex("\\b([a-z][A-Za-z]*) = (?=[\"P])")]
    private static partial Regex Filters();

    [GeneratedRegex(@"\{""(\w+)"", (type \w+|Int64\.Type)\}")]
    private static partial Regex Columns();
}
