using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Pages;

public partial class PlanPageTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly (string, string) Html = ("Accept", "text/html");

    [Theory]
    [InlineData("")]
    [InlineData("?status=planned,inProgress")]
    [InlineData("?status=planned&status=inProgress")]
    [InlineData("?q=mentor")]
    [InlineData("?overdue=true&sort=-dueDate")]
    [InlineData("?owner=hr%20enheten&missing=deadline")]
    [InlineData("?gap=missingOwner")]
    [InlineData("?limit=2&page=2&sort=title")]
    [InlineData("?asOf=2026-01-01T00:00:00Z")]
    public async Task It_shows_what_the_api_lists_for_the_same_address(string query)
    {
        var plan = await PlanAsync();

        var listed = await host.Admin.GetAsync($"/plans/{plan}/actions{query}{(query.Contains("limit", StringComparison.Ordinal) ? "" : query.Length == 0 ? "?limit=100" : "&limit=100")}");
        var page = await host.Admin.GetAsync($"//plans/{plan}{query}", Html);

        if (query.Contains("asOf", StringComparison.Ordinal)) Assert.Equal((404, 404), (listed.Status, page.Status));
        else Assert.Equal(listed.Items("key"), Keys().Matches(page.MustBe(200)).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("ics")]
    public async Task It_leads_to_the_same_list_as_a_file(string format)
    {
        var plan = await PlanAsync();
        var page = (await host.Admin.GetAsync($"//plans/{plan}?status=planned&sort=title&limit=1", Html)).MustBe(200);
        var address = $"/plans/{plan}?status=planned&sort=title&format={format}";
        Assert.Contains($"href=\"{address.Replace("&", "&amp;")}\"", page, StringComparison.Ordinal);

        var (file, same) = (await host.Admin.GetAsync("/" + address, Html), await host.Admin.GetAsync(address.Replace("?", "/actions?")));

        Assert.Equal((200, same.Headers["Content-Type"], same.Headers["Content-Disposition"]), (file.Status, file.Headers["Content-Type"], file.Headers["Content-Disposition"]));
        if (format == "csv") Assert.Equal(same.Text, file.Text);
    }

    [Fact]
    public async Task What_a_form_leaves_empty_does_not_stay_in_the_address()
    {
        var answer = await host.Admin.GetAsync("//plans/soc-2026?q=&status=planned&status=done&owner=&sort=", Html);

        Assert.Equal((302, "/plans/soc-2026?status=planned&status=done"), (answer.Status, answer.Headers["Location"]));
    }

    [Fact]
    public async Task A_filter_that_is_not_known_is_a_page_that_names_them_all()
    {
        var page = (await host.Admin.GetAsync("//plans/soc-2026?status=klar&farg=bl%C3%A5&sort=nej", Html)).MustBe(400, "Felaktig indata");

        Assert.All((string[])["<strong>status</strong>", "<strong>farg</strong>", "<strong>sort</strong>", "inProgress"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal(["farg unknownParameter", "sort unknownValue", "status unknownValue"], (await host.Admin.GetAsync("//plans/soc-2026?status=klar&farg=bl%C3%A5&sort=nej")).Faults());
    }

    [Theory]
    [InlineData("//plans/finns-inte")]
    [InlineData("//actions/soc-2026-4711")]
    [InlineData("//reports/finns-inte")]
    [InlineData("//plans/%3Cscript%3E")]
    [InlineData("//finns-inte")]
    public async Task What_is_not_there_is_a_page_for_a_browser_and_a_problem_for_everybody_else(string path)
    {
        (await host.Admin.GetAsync(path, Html)).MustBe(404, "Finns inte");
        (await host.Admin.GetAsync(path)).MustBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("</title><svg onload=alert(1)>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("{{7*7}} &lt;b&gt; &amp;")]
    public async Task What_people_write_is_text_wherever_it_stands(string evil)
    {
        var plan = Given.Key();
        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = evil, registryNumber = evil, background = evil, periodEnd = "2026-12-31" })).Must(201);
        var area = (await host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { key = Given.Key("f"), title = evil })).Must(201)["key"];
        var action = (await host.ActionAsync(plan, new
        {
            title = evil,
            description = evil,
            owner = evil,
            focusArea = area,
            initiator = evil,
            tags = (string[])[evil[..Math.Min(evil.Length, 60)]],
            participants = (string[])[evil],
            deadline = evil,
            source = evil,
            status = "proposed",
            isHighlighted = true,
        }))["key"]!.ToString();
        await host.FollowUpAsync(action, new { note = evil, author = evil, kind = "evaluation", effect = "improved" });
        (await host.Admin.PatchAsync($"/actions/{action}", new { status = "rejected", statusReason = evil })).Must(200);
        (await host.Admin.PostAsync($"/plans/{plan}/presentations", new { date = "2026-01-01", board = evil, paragraph = evil })).Must(201);
        var quoted = Uri.EscapeDataString(evil);

        foreach (var path in new[] { "plans", $"plans/{plan}", $"plans/{plan}?q={quoted}&owner={quoted}&focusArea={quoted}", $"actions/{action}", $"reports/{plan}", $"plans/{plan}/embed", $"plans/{plan}?status={quoted}&{quoted}=1", $"sign-in?returnTo=/{quoted}", $"plans/{plan}/badge.svg" })
        {
            var page = (await host.Admin.GetAsync("//" + path, Html)).Text;
            Assert.DoesNotMatch("(?i)<script|<img|<style|href=[\"']?javascript:", page);
            // What stands between quotes is a value; outside them no handler and no style may come to stand.
            Assert.DoesNotMatch("(?i)<[a-z]+[^>]*\\s(on[a-z]+|style)\\s*=", Regex.Replace(page, "\"[^\"]*\"", "\"\""));
            if (path == $"actions/{action}") Assert.Contains(System.Net.WebUtility.HtmlEncode(evil).Replace("&#39;", "&#x27;"), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unbound_and_bound_keys_see_what_is_theirs()
    {
        var bound = await host.WithNewKeyAsync("reader", "vof");

        Assert.Equal(200, (await host.Admin.GetAsync("//plans/soc-2026")).Status);
        (await bound.GetAsync("//plans/soc-2026")).MustBeProblem(404);
        Assert.Equal(200, (await bound.GetAsync("//plans/vof-2026")).Status);
    }

    async Task<string> PlanAsync()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Mentor åt alla", owner = "HR-enheten", dueDate = "2026-01-15" });
        await host.ActionAsync(plan, new { title = "Öppna möten", status = "inProgress", owner = "HR enheten" });
        await host.ActionAsync(plan, new { title = "Annan tid", status = "done", dueDate = "2026-02-15" });
        await host.ActionAsync(plan, new { title = "Ägarlös", status = "paused", statusReason = "väntar", dueDate = "2025-12-15" });
        return plan;
    }

    [GeneratedRegex("<h3><span class=\"number\">[^<]*</span>\\s*<a href=\"/actions/([^\"?]*)")]
    private static partial Regex Keys();
}
