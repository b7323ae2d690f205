namespace ActionPlan.Tests.CalendarFeeds;

public class ListCalendarFeedsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task An_editor_sees_own_ones_and_an_admin_all_of_the_department()
    {
        var (one, other, vof) = (await host.WithNewKeyAsync("editor", "soc"), await host.WithNewKeyAsync("editor", "soc"), await host.WithNewKeyAsync("editor", "vof"));
        foreach (var (api, name) in new[] { (one, "Ett"), (other, "Två"), (vof, "Tre"), (host.Admin, "Fyra") })
            (await api.PostAsync("/calendar-feeds", new { name })).Must(201);

        Assert.Equal(["Ett"], await NamesAsync(one));
        Assert.Equal(["Tre"], await NamesAsync(vof));
        Assert.Equal([], await NamesAsync(await host.WithNewKeyAsync("reader", "soc")));
        Assert.Equal(["Två", "Ett"], await NamesAsync(await host.WithNewKeyAsync("admin", "soc")));
        Assert.Equal(["Fyra", "Tre", "Två", "Ett"], await NamesAsync(host.Admin));
    }

    static async Task<IEnumerable<string?>> NamesAsync(Api api) => (await api.GetAsync("/calendar-feeds")).Items("name");
}
