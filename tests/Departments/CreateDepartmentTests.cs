namespace ActionPlan.Tests.Departments;

public class CreateDepartmentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Everything_that_is_sent_is_stored_and_answered()
    {
        var answer = await host.Admin.PostAsync("/departments", new { key = "soc", name = "Socialförvaltningen 🎉", municipality = "Exempelkommunen" });

        var department = answer.Must(201);
        Assert.Equal("key name municipality createdAt createdBy updatedAt updatedBy version _links".Split(' '), department.Properties());
        Assert.Equal(Body.Spelled("""{"key":"soc","name":"Socialförvaltningen 🎉","municipality":"Exempelkommunen"}"""), department.Without([.. Body.Audit, "_links"]));
        Assert.Equal(("admin", "admin", 1), (department["createdBy"]!.ToString(), department["updatedBy"]!.ToString(), department["version"]!.GetValue<int>()));
        Assert.Equal($"{host.Address}action-plan/v1/departments/soc", answer.Headers["Location"]);
        Assert.Equal(answer.Headers["Location"], department.Link("self"));
        Assert.Equal(["collection GET", "delete DELETE", "edit PATCH", "plans GET", "self GET"], department.Links());
        Assert.Equal(department.Without(), (await host.Admin.GetAsync("/departments/soc")).Must(200).Without());
    }

    [Fact]
    public async Task What_is_left_out_is_null()
    {
        var department = (await host.Admin.PostAsync("/departments", new { key = Given.Key("d"), name = "x" })).Must(201);

        Assert.True(department.AsObject().ContainsKey("municipality"));
        Assert.Null(department["municipality"]);
    }

    [Fact]
    public async Task A_key_that_is_taken_is_409()
    {
        var key = await host.DepartmentAsync();

        var answer = await host.Admin.PostAsync("/departments", new { key, name = "Igen" });

        Assert.Equal((409, "urn:action-plan:problem:key-taken"), (answer.Status, answer["type"]!.ToString()));
        Assert.Equal("Förvaltning " + key, (await host.Admin.GetAsync($"/departments/{key}")).Must(200)["name"]!.ToString());
    }

    [Fact]
    public async Task The_key_of_a_deleted_one_may_be_used_again()
    {
        var key = Given.Key("d");
        (await host.Admin.PostAsync("/departments", new { key, name = "Förut", municipality = "Kommunen" })).Must(201);
        (await host.Admin.PostAsync("/plans", new { key, department = key, title = "x" })).Must(201);
        var etag = (await host.Admin.GetAsync($"/departments/{key}")).ETag!;
        (await host.Admin.DeleteAsync($"/departments/{key}?withContent=true")).Must(204);

        var again = (await host.Admin.PostAsync("/departments", new { key, name = "Nu" })).Must(201);

        Assert.Equal(("Nu", null), (again["name"]!.ToString(), again["municipality"]?.ToString()));
        Assert.Empty((await host.Admin.GetAsync($"/plans?department={key}")).Items("key"));
        Assert.Equal(200, (await host.Admin.GetAsync($"/departments/{key}", ("If-None-Match", etag))).Status);
        Assert.Equal(412, (await host.Admin.PatchAsync($"/departments/{key}", new { name = "x" }, ("If-Match", etag))).Status);
        (await host.Admin.PostAsync("/plans", new { key, department = key, title = "Igen" })).Must(201);
    }

    [Theory]
    [InlineData("{}", "/key required, /name required")]
    [InlineData("""{"key":"","name":" "}""", "/key required, /name required")]
    [InlineData("""{"key":"Soc","name":"x"}""", "/key invalidKey")]
    [InlineData("""{"key":"vård","name":"x"}""", "/key invalidKey")]
    [InlineData("""{"key":"a b","name":"x"}""", "/key invalidKey")]
    [InlineData("""{"key":"a/b","name":"x"}""", "/key invalidKey")]
    [InlineData("""{"key":"abc\n","name":"x"}""", "/key invalidKey")]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","name":"x"}""", "/key tooLong")]
    [InlineData("""{"key":5,"name":[],"municipality":{}}""", "/key wrongType, /municipality wrongType, /name wrongType")]
    [InlineData("""{"key":"a","name":"a\nb","municipality":"\u0000x"}""", "/municipality controlCharacter, /name controlCharacter")]
    [InlineData("""{"key":"a","name":"x","version":1,"id":1,"_links":{},"createdAt":"2026-01-01T00:00:00Z"}""",
        "/_links readOnlyProperty, /createdAt readOnlyProperty, /id unknownProperty, /version readOnlyProperty")]
    public async Task All_faults_are_told(string body, string faults)
    {
        var answer = await host.Admin.PostAsync("/departments", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("name", 200)]
    [InlineData("municipality", 200)]
    public async Task Text_may_be_so_long_and_no_longer(string property, int longest)
    {
        var stored = await host.Admin.PostAsync("/departments", With(longest));
        var tooLong = await host.Admin.PostAsync("/departments", With(longest + 1));

        Assert.Equal(longest, stored.Must(201)[property]!.ToString().Length);
        Assert.Equal([$"/{property} tooLong"], tooLong.Faults());

        Dictionary<string, string> With(int length)
        {
            var body = new Dictionary<string, string> { ["key"] = Given.Key("d"), ["name"] = "x" };
            body[property] = new string('å', length);
            return body;
        }
    }

    [Fact]
    public async Task Prefer_return_minimal_answers_204()
    {
        var key = Given.Key("d");

        var answer = await host.Admin.PostAsync("/departments", new { key, name = "x" }, ("Prefer", "return=minimal"));

        Assert.Equal((204, "", $"{host.Address}action-plan/v1/departments/{key}"), (answer.Status, answer.Text, answer.Headers["Location"]));
    }
}
