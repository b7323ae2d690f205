namespace ActionPlan.Tests.Plans;

public class GetPresentationTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("/plans/{0}/presentations/0198f3a2-7c1e-7b60-9c43-2f1d5a7e8b90")]
    [InlineData("/plans/{0}/presentations/1")]
    [InlineData("/plans/vof-2026/presentations/{1}")]
    [InlineData("/plans/finns-inte/presentations/{1}")]
    public async Task One_that_is_not_there_is_404(string path)
    {
        var (plan, id) = await NewAsync();

        (await host.Admin.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, plan, id))).MustBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Whoever_holds_it_gets_304()
    {
        var (plan, id) = await NewAsync();
        var first = await host.Admin.GetAsync($"/plans/{plan}/presentations/{id}");

        Assert.Equal(304, (await host.Admin.GetAsync($"/plans/{plan}/presentations/{id}", ("If-None-Match", first.ETag!))).Status);
    }

    [Fact]
    public async Task A_bound_reader_sees_its_own_departments_only()
    {
        var (plan, id) = await NewAsync();

        (await (await host.WithNewKeyAsync("reader", "soc")).GetAsync($"/plans/{plan}/presentations/{id}")).Must(200);
        (await (await host.WithNewKeyAsync("reader", "vof")).GetAsync($"/plans/{plan}/presentations/{id}")).MustBeProblem(404);
    }

    [Fact]
    public async Task It_goes_with_its_plan_and_does_not_come_back_with_another_of_the_same_key()
    {
        var (plan, id) = await NewAsync();
        (await host.Admin.DeleteAsync($"/plans/{plan}")).MustBeProblem(409, "has-content");

        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);
        (await host.Admin.GetAsync($"/plans/{plan}/presentations/{id}")).MustBeProblem(404);
        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "En annan" })).Must(201);

        (await host.Admin.GetAsync($"/plans/{plan}/presentations/{id}")).MustBeProblem(404);
        Assert.Empty((await host.Admin.GetAsync($"/plans/{plan}/presentations")).Items("id"));
        Assert.Equal(["created", "deleted"], (await host.RowsAsync("select kind from change where resource_key = @Id order by number", new { Id = id })).Select(row => row["kind"]));
    }

    [Fact]
    public async Task It_moves_with_its_plan_to_another_department()
    {
        var (plan, id) = await NewAsync();

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);

        (await (await host.WithNewKeyAsync("reader", "vof")).GetAsync($"/plans/{plan}/presentations/{id}")).Must(200);
        (await (await host.WithNewKeyAsync("reader", "soc")).GetAsync($"/plans/{plan}/presentations/{id}")).MustBeProblem(404);
        Assert.Equal(["soc", "vof"], (await host.RowsAsync("select department from change where resource_key = @Id order by number", new { Id = id })).Select(row => row["department"]));
    }

    async Task<(string Plan, string Id)> NewAsync()
    {
        var plan = await host.PlanAsync();
        return (plan, (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { date = "2015-03-01" })).Must(201)["id"]!.ToString());
    }
}
