namespace ActionPlan.Tests.Actions;

/// <summary>For whoever keeps a copy of a list: what has been deleted since the last look.</summary>
public class ListDeletedActionsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task Those_deleted_since_are_shown_on_request_and_marked()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 3; i++) await host.ActionAsync(plan, new { title = "Mentor", tags = new[] { plan } });
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = (await host.Admin.PatchAsync($"/actions/{plan}-2", new { owner = "HR" })).Must(200)["updatedAt"]!.ToString();
        (await host.Admin.DeleteAsync($"/actions/{plan}-3")).Must(204);

        foreach (var list in new[] { "/actions", $"/plans/{plan}/actions" })
        {
            var answer = await host.Admin.GetAsync($"{list}?updatedSince={since}&deleted=true&tag={plan}");

            Assert.Equal([$"{plan}-2", $"{plan}-3"], answer.Items("key"));
            Assert.False(answer["items"]![0]!.AsObject().ContainsKey("deletedAt"));
            Assert.Equal(answer["items"]![1]!["updatedAt"]!.ToString(), answer["items"]![1]!["deletedAt"]!.ToString());
            Assert.Equal(["collection", "createRestoration", "self", "up", "version-history"], answer["items"]![1]!["_links"]!.AsObject().Select(link => link.Key).Order());
            Assert.Equal([$"{plan}-2"], (await host.Admin.GetAsync($"{list}?updatedSince={since}&tag={plan}")).Items("key"));
            Assert.Equal(["deleted needsUpdatedSince"], (await host.Admin.GetAsync($"{list}?deleted=true")).Faults());
        }

        (await host.Admin.PostAsync($"/actions/{plan}-3/restorations")).Must(201);
        Assert.All((await host.Admin.GetAsync($"/actions?updatedSince={since}&deleted=true&tag={plan}")).Items("deletedAt"), Assert.Null);
    }
}
