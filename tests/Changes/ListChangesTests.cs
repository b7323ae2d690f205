using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActionPlan.Changes;

namespace ActionPlan.Tests.Changes;

public partial class ListChangesTests(ListChangesTests.CatalogueHost host) : IClassFixture<ListChangesTests.CatalogueHost>
{
    /// <summary>With the catalogue: a hundred changes that belong to no department.</summary>
    public sealed class CatalogueHost() : PlanHost(("Seeds:Load", "catalogue"));

    [Fact]
    public async Task Every_change_is_told_once_in_the_order_it_was_stored()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 5; i++) await host.ActionAsync(plan);
        var follower = new Follower(host.Admin, limit: 7);

        await follower.CatchUpAsync();

        Assert.Equal(Enumerable.Range(1, (int)await host.ChangesAsync()).Select(n => (long)n), follower.Numbers);
    }

    [Fact]
    public async Task A_change_tells_who_when_why_and_what_was_before()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor", tags = new[] { "a" }, isTrial = true });
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "paused", statusReason = "Väntar på budget", tags = new[] { "a", "b" }, isTrial = false, measureNumber = 80 })).Must(200);

        var change = (await host.Admin.GetAsync($"/changes?plan={plan}&kind=updated")).Must(200)["items"]!.AsArray().Single()!;

        var action = (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        Assert.Equal(
            $"{action["updatedAt"]} admin updated Väntar på budget soc {plan} action {plan}-1 false",
            string.Join(' ', new[] { "at", "by", "kind", "reason", "department", "plan", "resource", "key", "isRedacted" }.Select(name => change[name]!.ToString())));
        Assert.Equal(
            ["isTrial true false", "measureNumber null 80", "status \"planned\" \"paused\"", "statusReason null \"Väntar på budget\"", "tags [\"a\"] [\"a\",\"b\"]"],
            Fields(change));
        Assert.EndsWith($"/actions/{plan}-1", change["_links"]!["about"]!["href"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(change.ToJsonString(), (await host.Admin.GetAsync(PathOf(change["_links"]!["self"]!))).Must(200)["items"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task What_comes_shows_all_it_has_and_what_goes_shows_nothing()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor", owner = "HR" });
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);

        var changes = (await host.Admin.GetAsync($"/changes?plan={plan}&resource=action")).Must(200)["items"]!.AsArray();

        Assert.Equal(["created", "deleted", "restored"], changes.Select(change => change!["kind"]!.ToString()));
        Assert.Contains("owner null \"HR\"", Fields(changes[0]!));
        Assert.DoesNotContain(Fields(changes[0]!), field => field.EndsWith(" null", StringComparison.Ordinal) || field.StartsWith("version", StringComparison.Ordinal) || field.StartsWith("createdAt", StringComparison.Ordinal));
        Assert.Empty(changes[1]!["changedFields"]!.AsArray());
        Assert.Null(changes[1]!["_links"]!["about"]);
        Assert.Equal(Fields(changes[0]!), Fields(changes[2]!));
    }

    [Fact]
    public async Task The_newest_comes_first_for_whoever_asks_and_next_goes_on_after_it()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 3; i++) await host.ActionAsync(plan);
        var numbers = (await host.Admin.GetAsync($"/changes?plan={plan}")).Items("number").ToList();

        var page = (await host.Admin.GetAsync($"/changes?plan={plan}&sort=-number&limit=2&page=2")).Must(200);

        Assert.Equal(Enumerable.Reverse(numbers).Skip(2), page["items"]!.AsArray().Select(change => change!["number"]!.ToString()));
        var newest = (await host.Admin.GetAsync($"/changes?plan={plan}&sort=-number&limit=2&after={numbers[0]}")).Must(200);
        Assert.Equal([numbers[3], numbers[2]], newest["items"]!.AsArray().Select(change => change!["number"]!.ToString()));
        Assert.EndsWith($"after={numbers[3]}", newest.Link("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_there_is_nothing_new_next_says_where_to_ask_again()
    {
        var last = await host.ChangesAsync();
        var empty = (await host.Admin.GetAsync($"/changes?after={last}&limit=5")).Must(200);
        Assert.Empty(empty["items"]!.AsArray());
        Assert.EndsWith($"/changes?limit=5&after={last}", empty["_links"]!["next"]!["href"]!.ToString(), StringComparison.Ordinal);

        var plan = await host.PlanAsync();

        Assert.Equal([plan], (await host.Admin.GetAsync(PathOf(empty["_links"]!["next"]!))).Items("key"));
    }

    [Fact]
    public async Task Filters_find_what_they_name_also_among_few()
    {
        var plan = await host.PlanAsync();
        await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "Bra", prognosis = "green" })).Must(201);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        foreach (var filter in new[] { "", "resource=action", "kind=deleted", "kind=created,deleted&resource=action,followUp", "resource=department", "resource=measure&kind=created", "department=vof", "department=soc,vof&kind=created", $"plan={plan}", $"plan={plan},vof-2026&resource=plan", $"plan={plan}&kind=updated", "plan=nix" })
        {
            var wanted = System.Web.HttpUtility.ParseQueryString(filter);
            var all = await host.RowsAsync("select number, plan, department, resource, kind from change order by number");
            var expected = all.Where(row => wanted.AllKeys.All(name => wanted[name]!.Split(',').Contains(row[name!]))).Select(row => row["number"]!.ToString()).ToList();

            var answer = await host.Admin.GetAsync($"/changes?limit=1000&{filter}");

            Assert.Equal(expected, answer.Items("number"));
            Assert.Equal(expected.Count, answer["_meta"]!["totalRecords"]!.GetValue<int>());
            Assert.Equal(expected.Skip(4).Take(2), (await host.Admin.GetAsync($"/changes?limit=2&page=3&{filter}")).Items("number"));
            // Counted on from what was remembered.
            Assert.Equal(expected.Count, (await host.Admin.GetAsync($"/changes?limit=1&{filter}"))["_meta"]!["totalRecords"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task What_is_faulty_is_told_at_once()
    {
        Assert.Equal(["after outOfRange", "kind unknownValue", "plans unknownParameter", "resource unknownValue"], (await host.Admin.GetAsync("/changes?after=-1&kind=moved&resource=x&plans=y")).Faults());
    }

    [Fact]
    public async Task A_bound_key_follows_its_department_and_the_catalogue()
    {
        var department = await host.DepartmentAsync();
        var plan = await host.PlanAsync(department);
        await host.ActionAsync(plan);
        await host.ActionAsync("soc-2026");
        var bound = await host.WithNewKeyAsync("reader", department);

        var items = (await bound.GetAsync("/changes?limit=1000")).Must(200);

        Assert.Equal(101, items["items"]!.AsArray().Count(item => item!["resource"]!.ToString() == "measure"));
        Assert.Equal(
            [$"department {department}", $"plan {plan}", $"action {plan}-1", "apiKey"],
            items["items"]!.AsArray().Where(item => item!["resource"]!.ToString() != "measure").Select(item => $"{item!["resource"]} {item["key"]}").Select(name => name.StartsWith("apiKey", StringComparison.Ordinal) ? "apiKey" : name));
        Assert.Equal(105, items["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Empty((await bound.GetAsync("/changes?plan=soc-2026")).Items("key"));
        Assert.Empty((await bound.GetAsync("/changes?department=soc")).Items("key"));
        Assert.Equal([$"{plan}-1"], (await bound.GetAsync("/changes?resource=action&kind=created,updated")).Items("key"));
    }

    [Fact]
    public async Task A_plan_that_moves_is_deleted_for_the_one_department_and_created_for_the_other()
    {
        var (from, to) = (await host.DepartmentAsync(), await host.DepartmentAsync());
        var (leaving, receiving) = (new Follower(await host.WithNewKeyAsync("reader", from)), new Follower(await host.WithNewKeyAsync("reader", to)));
        var plan = await host.PlanAsync(from);
        await host.FocusAreaAsync(plan);
        await host.ActionAsync(plan, new { title = "Mentor", owner = "HR" });
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "Bra" })).Must(201);
        await leaving.CatchUpAsync();
        await receiving.CatchUpAsync();
        Assert.Equal(4, leaving.Things.Keys.Count(name => name.Contains(plan, StringComparison.Ordinal) || name.StartsWith("followUp", StringComparison.Ordinal)));

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = to, title = "Nytt namn" })).Must(200);
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { owner = "Hemlig" })).Must(200);
        await leaving.CatchUpAsync();
        await receiving.CatchUpAsync();

        Assert.DoesNotContain(leaving.Things.Keys, name => name.Contains(plan, StringComparison.Ordinal) || name.StartsWith("followUp", StringComparison.Ordinal));
        Assert.Equal(4, receiving.Things.Keys.Count(name => name.Contains(plan, StringComparison.Ordinal) || name.StartsWith("followUp", StringComparison.Ordinal)));
        await receiving.MustKnowActionsAsync(plan);
        var seen = (await (await host.WithNewKeyAsync("reader", from)).GetAsync($"/changes?limit=1000&plan={plan}")).Text;
        Assert.DoesNotContain("Nytt namn", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Hemlig", seen, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{to}\"", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_304_until_something_new_belongs_on_it()
    {
        var plan = await host.PlanAsync();
        var first = await host.Admin.GetAsync($"/changes?plan={plan}");
        await host.ActionAsync("vof-2026");
        Assert.Equal(304, (await host.Admin.GetAsync($"/changes?plan={plan}", ("If-None-Match", first.ETag!))).Status);

        await host.ActionAsync(plan);

        Assert.Equal(2, (await host.Admin.GetAsync($"/changes?plan={plan}", ("If-None-Match", first.ETag!))).Items("key").Count());
    }

    [Fact]
    public async Task Whoever_follows_while_two_processes_write_and_one_is_killed_ends_with_what_the_api_shows()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        var api = own.Host.Admin;
        var other = await ServiceProcess.StartAsync(own.Host.Database);
        var follower = new Follower(api, limit: 5);
        using var stop = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await follower.ReadAsync();
        });

        var writers = Enumerable.Range(0, 8).Select(i => WriteAsync(i % 2 == 0 ? api : other.Admin, i)).ToArray();
        await Eventually.HoldsAsync(async () => await own.Host.ChangesAsync() > 60, "some changes", 60);
        await other.KillAsync();
        await Task.WhenAll(writers);
        await other.DisposeAsync();
        await using (var again = await ServiceProcess.StartAsync(own.Host.Database)) await WriteAsync(again.Admin, 9);

        await stop.CancelAsync();
        await following;
        await follower.CatchUpAsync();
        Assert.Equal(Enumerable.Range(1, (int)await own.Host.ChangesAsync()).Select(n => (long)n), follower.Numbers);
        await follower.MustKnowActionsAsync("soc-2026");
        await follower.MustKnowActionsAsync("vof-2026");

        // Whatever is refused (the other process holds the file, or is gone) has not happened, or else the feed tells it.
        static async Task WriteAsync(Api writer, int seed)
        {
            var random = new Random(seed);
            try
            {
                for (var i = 0; i < 25; i++)
                {
                    var plan = random.Next(2) == 0 ? "soc-2026" : "vof-2026";
                    var key = $"{plan}-{random.Next(1, 12)}";
                    _ = random.Next(6) switch
                    {
                        0 or 1 => await writer.PostAsync($"/plans/{plan}/actions", new { title = $"Åtgärd {seed} {i}", tags = new[] { $"t{i}" } }),
                        2 => await writer.PatchAsync($"/actions/{key}", new { owner = $"Enhet {seed} {i}", description = (string?)null }),
                        3 => await writer.PatchAsync($"/actions/{key}", new { dueDate = $"2026-0{random.Next(1, 9)}-01", participants = new[] { "Facket" } }),
                        4 => await writer.DeleteAsync($"/actions/{key}"),
                        _ => await writer.PostAsync($"/actions/{key}/restorations"),
                    };
                }
            }
            catch (HttpRequestException)
            {
            }
        }
    }

    [Fact]
    public void Everything_that_is_recorded_can_be_asked_for()
    {
        var recorded = Repository.Sources("api").SelectMany(file => Recorded().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);

        // What follows from other things is never recorded.
        string[] derived = ["apiInfo", "comparison", "deadline", "delivery", "gaps", "owner", "session", "summary"];
        Assert.Equal(recorded.Distinct().Except(derived).Order(), ChangeQuery.Resources.Order());
    }

    static IEnumerable<string> Fields(JsonNode change) => change["changedFields"]!.AsArray()
        .Select(field => $"{field!["field"]} {field["old"]?.ToJsonString(Relaxed) ?? "null"} {field["new"]?.ToJsonString(Relaxed) ?? "null"}").Order(StringComparer.Ordinal);

    static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string PathOf(JsonNode link) => link["href"]!.ToString() is var href ? href[(href.IndexOf(Settings.BasePath, StringComparison.Ordinal) + Settings.BasePath.Length)..] : "";

    [GeneratedRegex("""Identify\(\) => new\("(\w+)",""")]
    private static partial Regex Recorded();
}
