namespace ActionPlan.Tests.Changes;

public class ListActionChangesTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task The_latest_change_comes_first_and_follow_ups_are_among_them()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { owner = "HR" })).Must(200);
        (await host.Admin.PostAsync($"/actions/{plan}-1/follow-ups", new { note = "Bra", prognosis = "green" })).Must(201);

        var answer = await host.Admin.GetAsync($"/actions/{plan}-1/changes");

        Assert.Equal(["action", "followUp", "action", "action"], answer.Items("resource"));
        Assert.Equal(["updated", "created", "updated", "created"], answer.Items("kind"));
        Assert.Equal(4, answer["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Equal(["prognosis"], answer["items"]![0]!["changedFields"]!.AsArray().Select(field => field!["field"]!.ToString()));
        Assert.Equal(["created"], (await host.Admin.GetAsync($"/actions/{plan}-1/changes?resource=followUp")).Items("kind"));
        Assert.Equal(["created"], (await host.Admin.GetAsync($"/actions/{plan}-1/changes?limit=3&page=2")).Items("kind"));
        Assert.Equal(
            $"{host.Address}action-plan/v1/actions/{plan}-1/changes",
            (await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200)["_links"]!["version-history"]!["href"]!.ToString());
        // The one follow-up's link leads to it.
        (await host.Admin.GetAsync(answer["items"]![1]!["_links"]!["about"]!["href"]!.ToString().Split(Settings.BasePath)[1])).Must(200);
    }

    [Fact]
    public async Task A_deleted_actions_history_stays_readable()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/plans/{plan}?withContent=true")).Must(204);

        Assert.Equal(["deleted", "created"], (await host.Admin.GetAsync($"/actions/{plan}-1/changes")).Items("kind"));
    }

    [Fact]
    public async Task A_version_that_the_client_holds_is_304_until_something_changes()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        var held = ("If-None-Match", (await host.Admin.GetAsync($"/actions/{plan}-1/changes")).ETag!);

        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { owner = "HR" })).Must(200);

        Assert.Equal(2, (await host.Admin.GetAsync($"/actions/{plan}-1/changes", held)).Items("kind").Count());
    }

    [Theory]
    [InlineData("soc-2026-999")]
    [InlineData("nix-1")]
    [InlineData("soc-2026")]
    public async Task An_unknown_action_is_404(string key)
    {
        Assert.Equal((404, "urn:action-plan:problem:not-found"), ((await host.Admin.GetAsync($"/actions/{key}/changes")).Status, (await host.Admin.GetAsync($"/actions/{key}/changes"))["type"]!.ToString()));
    }

    [Fact]
    public async Task The_history_goes_with_the_plan_and_the_old_department_keeps_its_own_time()
    {
        var plan = await host.PlanAsync("soc");
        await host.ActionAsync(plan, new { title = "Från soc" });
        var (soc, vof) = (await host.WithNewKeyAsync("reader", "soc"), await host.WithNewKeyAsync("reader", "vof"));
        Assert.Equal(404, (await vof.GetAsync($"/actions/{plan}-1/changes")).Status);

        (await host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" })).Must(200);
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Hos vof" })).Must(200);

        Assert.Equal(["updated", "updated", "created"], (await vof.GetAsync($"/actions/{plan}-1/changes")).Items("kind"));
        var old = await soc.GetAsync($"/actions/{plan}-1/changes");
        Assert.Equal(["deleted", "created"], old.Items("kind"));
        Assert.Equal(["soc", "soc"], old.Items("department"));
        Assert.DoesNotContain("Hos vof", old.Text, StringComparison.Ordinal);
        Assert.Equal(["deleted"], (await soc.GetAsync($"/actions/{plan}-1/changes?kind=deleted")).Items("kind"));
        Assert.Empty((await vof.GetAsync($"/actions/{plan}-1/changes?kind=deleted")).Items("kind"));
    }
}
