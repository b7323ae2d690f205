using System.Text.Json.Nodes;

namespace ActionPlan.Tests.FocusAreas;

public class CreateFocusAreaTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", """{"key":"halsa","title":"Hälsa 🎉","introduction":"Två\nrader","position":7}""");

        var area = answer.Must(201);
        Assert.Equal("key plan title introduction position createdAt createdBy updatedAt updatedBy version _links".Split(' '), area.Properties());
        Assert.Equal(Body.Spelled($$"""{"key":"halsa","plan":"{{plan}}","title":"Hälsa 🎉","introduction":"Två\nrader","position":7}"""), area.Without([.. Body.Audit, "_links"]));
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/focus-areas/halsa", answer.Headers["Location"]);
        Assert.Equal(answer.Headers["Location"], area.Link("self"));
        Assert.Equal(["actions GET", "collection GET", "delete DELETE", "edit PATCH", "self GET", "up GET"], area.Links());
        Assert.Equal(area.Without(), (await host.Admin.GetAsync($"/plans/{plan}/focus-areas/halsa")).Must(200).Without());
    }

    [Theory]
    [InlineData("Hälsa och stress", "halsa-och-stress")]
    [InlineData("Makt, allianser & relationer!", "makt-allianser-relationer")]
    [InlineData("  ÅÄÖ  åäö ", "aao-aao")]
    [InlineData("Möten 2026/27", "moten-2026-27")]
    [InlineData("A\u030angest", "angest")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx yyyy", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task Without_a_key_it_gets_one_from_its_title(string title, string key)
    {
        var plan = await host.PlanAsync();

        var area = (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title })).Must(201);

        Assert.Equal((key, title, null), (area["key"]!.ToString(), area["title"]!.ToString(), area["introduction"]?.ToString()));
    }

    [Fact]
    public async Task Without_a_position_it_comes_last()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "a", title = "a", position = 5 })).Must(201);

        Assert.Equal(6, (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "b", title = "b" })).Must(201)["position"]!.GetValue<int>());
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/b")).Must(204);
        Assert.Equal(6, (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "c", title = "c" })).Must(201)["position"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_key_is_taken_in_its_own_plan_only()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "Hälsa" })).Must(201);

        foreach (var body in new object[] { new { title = "Halsa" }, new { key = "halsa", title = "Annat" } })
        {
            var answer = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", body);
            Assert.Equal((409, "urn:action-plan:problem:key-taken"), (answer.Status, answer["type"]!.ToString()));
        }

        (await host.Admin.PostAsync($"/plans/{other}/focus-areas", new { title = "Hälsa" })).Must(201);
    }

    [Fact]
    public async Task The_key_of_a_deleted_one_may_be_used_again()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "halsa", title = "Förut", introduction = "Om", position = 4 })).Must(201);
        var etag = (await host.Admin.GetAsync($"/plans/{plan}/focus-areas/halsa")).ETag!;
        (await host.Admin.DeleteAsync($"/plans/{plan}/focus-areas/halsa")).Must(204);

        var again = (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = "halsa", title = "Nu" })).Must(201);

        Assert.Equal(("Nu", null, 1), (again["title"]!.ToString(), again["introduction"]?.ToString(), again["position"]!.GetValue<int>()));
        Assert.Equal(200, (await host.Admin.GetAsync($"/plans/{plan}/focus-areas/halsa", ("If-None-Match", etag))).Status);
    }

    [Theory]
    [InlineData("{}", "/title required")]
    [InlineData("""{"title":"!!!"}""", "/key keyNotDerivable")]
    [InlineData("""{"title":"x","key":"Hälsa","position":0}""", "/key invalidKey, /position outOfRange")]
    [InlineData("""{"title":"x","key":"halsa\n"}""", "/key invalidKey")]
    [InlineData("""{"title":"x","position":10001}""", "/position outOfRange")]
    [InlineData("""{"title":"x","position":"1"}""", "/position wrongType")]
    [InlineData("""{"title":"x","position":1.5}""", "/position wrongType")]
    [InlineData("""{"title":5,"key":[],"introduction":{}}""", "/introduction wrongType, /key wrongType, /title wrongType")]
    [InlineData("""{"title":"a\nb","introduction":"a\u0000"}""", "/introduction controlCharacter, /title controlCharacter")]
    [InlineData("""{"title":"x","plan":"soc-2026","version":1,"name":"x","department":"soc","planStatus":"draft"}""",
        "/department unknownProperty, /name unknownProperty, /plan readOnlyProperty, /planStatus unknownProperty, /version readOnlyProperty")]
    public async Task All_faults_are_told(string body, string faults)
    {
        var answer = await host.Admin.PostAsync("/plans/soc-2026/focus-areas", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("title", 200)]
    [InlineData("introduction", 20_000)]
    [InlineData("key", 60)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        var plan = await host.PlanAsync();

        var stored = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", With(longest));
        var tooLong = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", With(longest + 1));

        Assert.Equal(longest, stored.Must(201)[property]!.ToString().Length);
        Assert.Equal([$"/{property} tooLong"], tooLong.Faults());

        JsonObject With(int length)
        {
            var body = new JsonObject { ["title"] = "x" };
            body[property] = new string('k', length);
            return body;
        }
    }

    [Theory]
    [InlineData("soc-1999")]
    [InlineData("x.y")]
    public async Task In_an_unknown_plan_it_is_404(string plan)
    {
        Assert.Equal(404, (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "x" })).Status);
    }

    [Fact]
    public async Task A_closed_plan_takes_none()
    {
        var plan = await host.PlanAsync();
        await host.CloseAsync(plan);

        var answer = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "x" });

        Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var plan = await host.PlanAsync();

        var answer = await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "x" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, "", $"{host.Address}action-plan/v1/plans/{plan}/focus-areas/x"), (answer.Status, answer.Text, answer.Headers["Location"]));
    }
}
