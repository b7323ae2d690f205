namespace ActionPlan.Tests.Pages;

/// <summary>What other pages show of a plan: the summary, and the badge.</summary>
public class EmbedPageTests(DemoHost host) : IClassFixture<DemoHost>
{
    static readonly (string, string) Html = ("Accept", "text/html");

    [Fact]
    public async Task The_badge_says_how_the_plan_stands()
    {
        var counts = (await host.Admin.GetAsync("/plans/soc-2015/summary")).Must(200);
        var (done, dropped) = ((int)counts["byStatus"]!["done"]! + (int)counts["byStatus"]!["verified"]!, (int)counts["byStatus"]!["cancelled"]! + (int)counts["byStatus"]!["rejected"]!);

        var badge = await host.Admin.GetAsync("//plans/soc-2015/badge.svg");

        Assert.Equal((200, "image/svg+xml; charset=utf-8"), (badge.Status, badge.Headers["Content-Type"]));
        Assert.Contains($"<title>Åtgärdsplan: {done} av {(int)counts["total"]! - dropped} klara, {counts["overdue"]} försenade</title>", badge.Text, StringComparison.Ordinal);
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(badge.Text).Root!.Name.LocalName);
        Assert.Contains("försenade", (await host.Admin.GetAsync("//plans/soc-2015/badge.svg?asOf=2016-01-31")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_summary_may_be_embedded_and_only_where_it_is_allowed()
    {
        await using var own = await OwnHost.StartAsync(new ApiHost([("Seeds:Load", "demo"), ("Pages:EmbedOrigins", "https://intranet.kommunen.example, http://gamla.example:8080/")]));

        Assert.EndsWith("frame-ancestors 'self'", Policy(await host.Admin.GetAsync("//plans/soc-2015/embed", Html)), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self' https://intranet.kommunen.example http://gamla.example:8080", Policy(await own.Host.Admin.GetAsync("//plans/soc-2015/embed", Html)), StringComparison.Ordinal);
        foreach (var path in new[] { "", "plans", "plans/soc-2015", "reports/soc-2015", "actions/soc-2015-1", "sign-in" })
            Assert.EndsWith("frame-ancestors 'none'", Policy(await own.Host.Admin.GetAsync("//" + path, Html)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("intranet.example")]
    [InlineData("https://intranet.example/sida")]
    [InlineData("https://a.example; script-src *")]
    [InlineData("javascript:alert(1)")]
    public void A_setting_that_would_loosen_the_policy_stops_the_start(string origins)
    {
        var fault = Assert.Throws<SettingException>(() => Program.Build([$"--Pages:EmbedOrigins={origins}"]));

        Assert.StartsWith("Pages__EmbedOrigins: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_says_so_where_it_stands_and_leads_nowhere()
    {
        var page = await host.Anonymous.GetAsync("//plans/soc-2015/embed", Html);

        Assert.Contains("href=\"/sign-in\"", page.MustBe(401), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", Policy(page), StringComparison.Ordinal);
        (await host.Anonymous.GetAsync("//plans/soc-2015/badge.svg", ("Accept", "image/svg+xml,image/*"))).MustBeProblem(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plans")]
    [InlineData("plans/soc-2015")]
    [InlineData("plans/soc-2015/embed")]
    [InlineData("plans/soc-2015/badge.svg")]
    [InlineData("actions/soc-2015-2")]
    [InlineData("reports/soc-2015")]
    [InlineData("sign-in")]
    public async Task Every_page_has_a_tag_answers_head_and_304_and_depends_on_who_asks(string path)
    {
        var get = await host.Admin.GetAsync("//" + path, Html);
        var head = await host.Admin.SendAsync("HEAD", "//" + path, null, Html);

        Assert.Equal((200, 200, ""), (get.Status, head.Status, head.Text));
        Assert.Equal((get.ETag, get.Headers["Content-Type"]), (head.ETag, head.Headers["Content-Type"]));
        Assert.Equal((304, ""), (await host.Admin.GetAsync("//" + path, Html, ("If-None-Match", get.ETag!))) is var held ? (held.Status, held.Text) : default);
        Assert.Equal(("no-cache, private", "Accept, Accept-Language, Authorization, Cookie"), (get.Headers["Cache-Control"], get.Headers["Vary"]));
    }

    [Fact]
    public async Task The_style_sheet_is_where_the_pages_say_and_may_be_kept_for_ever()
    {
        var page = (await host.Admin.GetAsync("//plans", Html)).MustBe(200);
        var address = System.Text.RegularExpressions.Regex.Match(page, "<link rel=\"stylesheet\" href=\"([^\"]+)\"").Groups[1].Value;

        var css = await host.Anonymous.GetAsync("/" + address);

        Assert.Equal((200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"), (css.Status, css.Headers["Content-Type"], css.Headers["Cache-Control"]));
        Assert.DoesNotContain("url(", css.Text, StringComparison.Ordinal);
    }

    static string Policy(Answer answer) => answer.Headers["Content-Security-Policy"];
}
