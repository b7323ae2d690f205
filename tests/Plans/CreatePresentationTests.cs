using System.Text.Json.Nodes;

namespace ActionPlan.Tests.Plans;

public class CreatePresentationTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.PostAsync($"/plans/{plan}/presentations",
            """{"date":"2015-03-01","board":"Socialnämnden","registryNumber":"SN 2015/0123","paragraph":"§ 45","note":"Två\nrader 🎉"}""");

        var shown = answer.Must(201);
        Assert.Equal("id plan date board registryNumber paragraph note createdAt createdBy _links".Split(' '), shown.Properties());
        Assert.Equal(
            Body.Spelled($$"""{"plan":"{{plan}}","date":"2015-03-01","board":"Socialnämnden","registryNumber":"SN 2015/0123","paragraph":"§ 45","note":"Två\nrader 🎉"}"""),
            shown.Without("id", "createdAt", "createdBy", "_links"));
        Assert.Equal('7', shown["id"]!.ToString()[14]);
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/presentations/{shown["id"]}", answer.Headers["Location"]);
        Assert.Equal(answer.Headers["Location"], shown.Link("self"));
        Assert.Equal(["collection GET", "comparison GET", "self GET", "up GET"], shown.Links());
        Assert.Equal(200, (await host.Admin.GetAsync(new Uri(shown.Link("comparison")!).PathAndQuery[Settings.BasePath.Length..])).Status);
        Assert.Equal(shown.Without(), (await host.Admin.GetAsync($"/plans/{plan}/presentations/{shown["id"]}")).Must(200).Without());
    }

    [Fact]
    public async Task It_has_a_change_row_with_its_whole_state()
    {
        var plan = await host.PlanAsync();

        var id = (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { date = "2015-03-01", board = "Nämnden" })).Must(201)["id"]!.ToString();

        var row = Assert.Single(await host.RowsAsync("select kind, resource, plan, department, state from change where resource_key = @Id", new { Id = id }));
        Assert.Equal(("created", "presentation", plan, "soc"), (row["kind"], row["resource"], row["plan"], row["department"]));
        var state = JsonNode.Parse((string)row["state"]!)!;
        Assert.Equal("id plan date board registryNumber paragraph note createdAt createdBy".Split(' '), state.Properties());
        Assert.Equal(("2015-03-01", "Nämnden"), (state["date"]!.ToString(), state["board"]!.ToString()));
    }

    [Fact]
    public async Task Without_a_date_it_was_today_in_Stockholm_and_a_day_to_come_is_400()
    {
        await using var own = await OwnHost.StartAsync(new PlanHost());
        own.Host.Clock.StopAt("2099-03-02T23:30:00Z");

        foreach (var body in (object[])[new { }, new { date = (string?)null }, new { date = "2099-03-03" }])
            Assert.Equal("2099-03-03", (await own.Host.Admin.PostAsync("/plans/soc-2026/presentations", body)).Must(201)["date"]!.ToString());

        var answer = await own.Host.Admin.PostAsync("/plans/soc-2026/presentations", new { date = "2099-03-04", board = new string('x', 201) });
        Assert.Equal(["/board tooLong", "/date inFuture"], answer.Faults());
    }

    [Theory]
    [InlineData("""{"date":"2015-02-30"}""", "/date wrongType")]
    [InlineData("""{"date":"snart","paragraph":"§\u0000"}""", "/date wrongType", "/paragraph controlCharacter")]
    [InlineData("""{"board":7,"id":"x","plan":"y","when":"2015-03-01"}""", "/board wrongType", "/id readOnlyProperty", "/plan readOnlyProperty", "/when unknownProperty")]
    public async Task Faults_are_told_all_at_once_and_nothing_is_stored(string body, params string[] faults)
    {
        var before = await host.ChangesAsync();

        var answer = await host.Admin.PostAsync("/plans/soc-2026/presentations", body);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, answer.Faults());
        Assert.Equal(before, await host.ChangesAsync());
    }

    [Theory]
    [InlineData("board", 200)]
    [InlineData("registryNumber", 100)]
    [InlineData("paragraph", 50)]
    [InlineData("note", 20_000)]
    public async Task Texts_have_a_longest_length(string property, int max)
    {
        var fits = await host.Admin.PostAsync("/plans/soc-2026/presentations", new JsonObject { [property] = new string('å', max) }.ToJsonString());
        Assert.Equal(max, fits.Must(201)[property]!.ToString().Length);

        var answer = await host.Admin.PostAsync("/plans/soc-2026/presentations", new JsonObject { [property] = new string('å', max + 1) }.ToJsonString());
        Assert.Equal([$"/{property} tooLong"], answer.Faults());
    }

    [Fact]
    public async Task A_closed_plan_takes_none_and_an_unknown_one_is_404()
    {
        var plan = await host.PlanAsync();
        await host.CloseAsync(plan);

        (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { })).MustBeProblem(409, "plan-closed");
        (await host.Admin.PostAsync("/plans/finns-inte/presentations", new { })).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task It_may_be_bound_to_the_plan_as_the_nämnd_was_shown_it()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.PatchAsync($"/plans/{plan}", new { title = "Ändrad efteråt" })).Must(200);

        Assert.Equal(2, (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { }, ("If-Match", "\"1\""))).MustBeProblem(412, "stale")["currentVersion"]!.GetValue<int>());
        (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { }, ("If-Match", "\"2\""))).Must(201);
    }

    [Fact]
    public async Task A_bound_editor_presents_its_own_departments_plans_only()
    {
        var vof = await host.WithNewKeyAsync("editor", "vof");

        (await vof.PostAsync("/plans/soc-2026/presentations", new { })).MustBeProblem(404);
        (await vof.PostAsync("/plans/vof-2026/presentations", new { })).Must(201);
    }
}
