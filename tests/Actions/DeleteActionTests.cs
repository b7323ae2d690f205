namespace ActionPlan.Tests.Actions;

public class DeleteActionTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task It_is_gone_from_everywhere()
    {
        var plan = await host.PlanAsync();
        var word = Given.Key("Ord");
        await host.ActionAsync(plan, new { title = word, tags = new[] { word }, participants = new[] { word } });

        var answer = await host.Admin.DeleteAsync($"/actions/{plan}-1");

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{plan}-1")).Status);
        Assert.Equal(404, (await host.Admin.GetAsync($"/actions/{plan}-1", ("If-None-Match", "*"))).Status);
        Assert.Equal(404, (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "x" })).Status);
        Assert.Equal(404, (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Status);
        foreach (var list in new[] { $"/plans/{plan}/actions", $"/actions?q={word}", $"/actions?tag={word}", $"/actions?participant={word}", $"/actions?plan={plan}" })
        {
            var page = (await host.Admin.GetAsync(list)).Must(200);
            Assert.Empty(page["items"]!.AsArray());
            Assert.Equal(0, page["_meta"]!["totalRecords"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Its_follow_ups_go_with_it_and_come_back_with_it_with_a_change_each()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        var (first, second) = ((await host.FollowUpAsync($"{plan}-1"))["id"]!.ToString(), (await host.FollowUpAsync($"{plan}-1"))["id"]!.ToString());
        var others = (await host.FollowUpAsync($"{plan}-2"))["id"]!.ToString();
        var before = await host.ChangesAsync();

        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        Assert.Equal([others], (await host.Admin.GetAsync($"/follow-ups?plan={plan}")).Items("id"));
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);

        Assert.Equal(new[] { first, second }.Order(), (await host.Admin.GetAsync($"/actions/{plan}-1/follow-ups")).Items("id").Order());
        var rows = await host.RowsAsync("select resource, resource_key, kind from change where number > @Before", new { Before = before });
        Assert.Equal(
            new[] { $"action {plan}-1 deleted", $"action {plan}-1 restored", $"followUp {first} deleted", $"followUp {first} restored", $"followUp {second} deleted", $"followUp {second} restored" }.Order(),
            rows.Select(r => $"{r["resource"]} {r["resource_key"]} {r["kind"]}").Order());
    }

    [Fact]
    public async Task Only_the_one_is_gone()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 12; i++) await host.ActionAsync(plan);

        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);

        Assert.Equal(Enumerable.Range(2, 11).Select(n => $"{plan}-{n}"), (await host.Admin.GetAsync($"/plans/{plan}/actions")).Items("key"));
    }

    [Fact]
    public async Task An_unknown_action_is_404()
    {
        Assert.Equal(404, (await host.Admin.DeleteAsync("/actions/soc-2026-999")).Status);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_and_deletes_nothing()
    {
        var plan = await host.PlanAsync();
        var stale = (await host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "x" })).ETag!;
        var current = (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "y" })).ETag!;

        var refused = await host.Admin.DeleteAsync($"/actions/{plan}-1", ("If-Match", stale));

        Assert.Equal((412, 2), (refused.Status, refused["currentVersion"]!.GetValue<int>()));
        (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
        (await host.Admin.DeleteAsync($"/actions/{plan}-1", ("If-Match", current))).Must(204);
    }

    [Fact]
    public async Task A_closed_plan_keeps_its_actions()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.CloseAsync(plan);

        var answer = await host.Admin.DeleteAsync($"/actions/{plan}-1");

        Assert.Equal((409, "urn:action-plan:problem:plan-closed"), (answer.Status, answer["type"]!.ToString()));
        (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
    }

    [Fact]
    public async Task It_takes_no_parameter()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);

        Assert.Equal(["withContent unknownParameter"], (await host.Admin.DeleteAsync($"/actions/{plan}-1?withContent=true")).Faults());
        (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200);
    }
}
