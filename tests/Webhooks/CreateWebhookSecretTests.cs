namespace ActionPlan.Tests.Webhooks;

public class CreateWebhookSecretTests
{
    [Fact]
    public async Task For_a_day_both_secrets_sign_and_then_the_new_one_alone()
    {
        var host = new WebhookHost();
        await using var own = await OwnHost.StartAsync(host);
        host.Clock.StopAt("2099-03-02T10:00:00Z");
        await using var receiver = await Receiver.StartAsync();
        var webhook = await host.WebhookAsync(receiver.Url, new { events = new[] { "action.created" } });
        var old = webhook["secret"]!.ToString();
        await host.ActionAsync("soc-2026");
        await receiver.MustTakeAsync(1);

        var rotated = (await host.Admin.PostAsync($"/webhooks/{webhook["id"]}/secrets")).Must(201);
        var fresh = rotated["secret"]!.ToString();
        await host.ActionAsync("soc-2026");
        await receiver.MustTakeAsync(2);
        host.Clock.StopAt("2099-03-03T10:00:00.010Z");
        await host.ActionAsync("soc-2026");
        var taken = await receiver.MustTakeAsync(3);

        Assert.NotEqual(old, fresh);
        Assert.StartsWith("2099-03-03T10:00:00.00", rotated["previousSecretUntil"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal([(1, true, false), (2, true, true), (1, false, true)],
            taken.Select(r => (r.Headers["webhook-signature"].Split(' ').Length, r.IsSignedWith(old), r.IsSignedWith(fresh))));
        Assert.Equal("4076128800 4076215200", $"{taken[0].Headers["webhook-timestamp"]} {taken[2].Headers["webhook-timestamp"]}");
        Assert.DoesNotContain("whsec_", string.Concat((await host.RowsAsync("select state from change")).Select(r => r["state"])), StringComparison.Ordinal);
    }
}
