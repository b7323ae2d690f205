using System.Text.RegularExpressions;

namespace ActionPlan.Tests.Pages;

public partial class SignInTests(PlanHost host) : IClassFixture<PlanHost>
{
    static readonly (string, string) Html = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    static readonly (string, string) Form = ("Content-Type", "application/x-www-form-urlencoded");

    [Theory]
    [InlineData("/plans", "/plans")]
    [InlineData("/plans/soc-2026?q=%C3%A5tg%C3%A4rd&status=planned", "/plans/soc-2026?q=%C3%A5tg%C3%A4rd&status=planned")]
    [InlineData("/actions/soc-2026-1", "/actions/soc-2026-1")]
    [InlineData("/reports/soc-2026", "/reports/soc-2026")]
    public async Task A_browser_without_a_key_is_led_to_the_form_and_back(string path, string back)
    {
        var answer = await host.Anonymous.GetAsync("/" + path, Html);

        Assert.Equal((302, "/sign-in?returnTo=" + Uri.EscapeDataString(back)), (answer.Status, answer.Headers["Location"]));
        Assert.Equal(back, ReturnTo().Match((await host.Anonymous.GetAsync("/" + answer.Headers["Location"], Html)).Text).Groups[1].Value.Replace("&amp;", "&"));
    }

    [Fact]
    public async Task Whoever_is_no_browser_is_told_that_a_key_is_missing()
    {
        (await host.Anonymous.GetAsync("//plans")).MustBeProblem(401, "unauthorized");
        (await host.With("nyckel").GetAsync("//plans", Html)).MustBe(401, "Nyckel saknas");
    }

    [Fact]
    public async Task The_form_takes_a_key_and_the_pages_the_cookie_that_tells_nothing_of_it()
    {
        var (person, answer) = await SignInAsync(ApiHost.BootstrapKey, "/plans/soc-2026?sort=title");

        Assert.Equal((303, "/plans/soc-2026?sort=title"), (answer.Status, answer.Headers["Location"]));
        Assert.Matches("^action-plan=[0-9a-f]{64}; path=/; samesite=lax; httponly$", answer.Headers["Set-Cookie"]);
        Assert.Contains("Åtgärdsplan Socialförvaltningen", (await person.GetAsync("//plans", Html)).Text, StringComparison.Ordinal);
        Assert.False(host.Database.Holds(Cookie(answer)));
    }

    [Fact]
    public async Task The_cookie_is_no_key_to_the_api_and_a_key_is_no_cookie()
    {
        var (person, answer) = await SignInAsync(ApiHost.BootstrapKey);

        (await person.GetAsync("/plans")).MustBeProblem(401);
        (await person.PostAsync("/plans", new { department = "soc", title = "Smusslad", key = "smusslad" })).MustBeProblem(401);
        (await person.GetAsync("//metrics")).MustBeProblem(401);
        (await host.With(Cookie(answer)).GetAsync("/plans")).MustBeProblem(401);
        foreach (var wrong in new[] { ApiHost.BootstrapKey, "", "0", Cookie(answer)[1..], new string('0', 64) })
            (await host.With(null).GetAsync("//plans", ("Cookie", "action-plan=" + wrong))).MustBeProblem(401);
    }

    [Fact]
    public async Task A_key_bound_to_a_department_signs_in_to_that_one_alone()
    {
        var (person, _) = await SignInAsync(await KeyAsync("vof"));

        var plans = (await person.GetAsync("//plans", Html)).Text;
        Assert.Contains("vof-2026", plans, StringComparison.Ordinal);
        Assert.DoesNotContain("soc-2026", plans, StringComparison.Ordinal);
        var action = (await host.ActionAsync("soc-2026"))["key"];
        foreach (var path in new[] { "plans/soc-2026", "reports/soc-2026", "plans/soc-2026/embed", "plans/soc-2026/badge.svg", $"actions/{action}", "plans/soc-2026?department=soc" })
            Assert.Contains((await person.GetAsync("//" + path, Html)).Status, (int[])[404, 400]);
    }

    [Theory]
    [InlineData("fel")]
    [InlineData("")]
    [InlineData("ap_0000000000000000000000000000000000000000000000000")]
    public async Task A_wrong_key_shows_the_form_again_and_says_so(string key)
    {
        var (person, answer) = await SignInAsync(key, "/plans/soc-2026");

        answer.MustBe(401, "Nyckeln gäller inte");
        Assert.Contains("value=\"/plans/soc-2026\"", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        (await person.GetAsync("//plans")).MustBeProblem(401);
    }

    [Theory]
    [InlineData("https://ond.example/")]
    [InlineData("//ond.example/")]
    [InlineData("/\\ond.example/")]
    [InlineData("/../\\ond.example")]
    [InlineData("/..//ond.example")]
    [InlineData("\\\\ond.example")]
    [InlineData("@ond.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("plans")]
    [InlineData("")]
    public async Task It_leads_to_this_host_alone(string target)
    {
        Assert.Equal("/plans", (await SignInAsync(ApiHost.BootstrapKey, target)).Answer.Headers["Location"]);
        if (target.Length > 0) Assert.Contains("value=\"/plans\"", (await host.Anonymous.GetAsync("//sign-in?returnTo=" + Uri.EscapeDataString(target), Html)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_it_ends_no_header()
    {
        var answer = (await SignInAsync(ApiHost.BootstrapKey, "/plans\r\nSet-Cookie: a=b")).Answer;

        Assert.Equal((303, "/plans%0D%0ASet-Cookie:%20a=b"), (answer.Status, answer.Headers["Location"]));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 303)]
    [InlineData("Origin", "https://ond.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "HERE", 303)]
    public async Task The_forms_are_taken_from_our_own_pages_alone(string header, string value, int status)
    {
        var sent = (header, value.Replace("HERE", host.Address.ToString().TrimEnd('/')));

        Assert.Equal(status, (await host.With(null).PostAsync("//sign-in", "key=" + ApiHost.BootstrapKey, Form, Html, sent)).Status);
        Assert.Equal(status, (await host.With(null).PostAsync("//sign-out", "", Form, Html, sent)).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_the_cookie()
    {
        var (person, answer) = await SignInAsync(ApiHost.BootstrapKey);
        var copy = ("Cookie", "action-plan=" + Cookie(answer));
        Assert.Equal(200, (await host.With(null).GetAsync("//plans", copy)).Status);

        var left = await person.PostAsync("//sign-out", "", Form);

        Assert.Equal((303, "/sign-in"), (left.Status, left.Headers["Location"]));

        (await host.With(null).GetAsync("//plans", copy)).MustBeProblem(401);
        Assert.Equal(303, (await person.PostAsync("//sign-out", "", Form)).Status);
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        var made = (await host.Admin.PostAsync("/api-keys", new { name = "kort", role = "reader" })).Must(201);
        var (person, _) = await SignInAsync(made["secret"]!.ToString());
        Assert.Equal(200, (await person.GetAsync("//plans")).Status);

        (await host.Admin.DeleteAsync($"/api-keys/{made["id"]}")).Must(204);

        (await person.GetAsync("//plans")).MustBeProblem(401);
    }

    [Fact]
    public async Task A_session_lasts_for_a_working_day_and_is_cleared_away_by_the_next()
    {
        await using var own = await OwnHost.StartAsync();
        own.Host.Clock.StopAt("2026-03-02T07:00:00Z");
        var (person, _) = await SignInAsync(ApiHost.BootstrapKey, at: own.Host);
        own.Host.Clock.Advance(TimeSpan.FromHours(9) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await person.GetAsync("//plans")).Status);

        own.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => (await person.GetAsync("//plans")).Status == 401, "the session has ended");

        await SignInAsync(ApiHost.BootstrapKey, at: own.Host);
        Assert.Equal(1L, (await own.Host.RowsAsync("select count(*) as n from web_session"))[0]["n"]);
    }

    [Fact]
    public async Task Away_from_this_machine_the_cookie_keeps_to_an_encrypted_connection()
    {
        var answer = await host.With(null).PostAsync("//sign-in", "key=" + ApiHost.BootstrapKey, Form, ("Host", "plan.kommunen.example"));

        Assert.Matches("^__Host-action-plan=[0-9a-f]{64}; path=/; secure; samesite=lax; httponly$", answer.Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task Whoever_tries_keys_is_stopped_as_everybody_else()
    {
        await using var own = await OwnHost.StartAsync(("Limits:RequestsPerMinute", "3"));
        for (var i = 0; i < 3; i++) Assert.Equal(401, (await SignInAsync("fel", at: own.Host)).Answer.Status);

        var stopped = (await SignInAsync(ApiHost.BootstrapKey, at: own.Host)).Answer;

        stopped.MustBe(429, "För många anrop");
        Assert.True(stopped.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_large_is_refused()
    {
        (await host.Anonymous.PostAsync("//sign-in", new { key = ApiHost.BootstrapKey })).MustBeProblem(415);
        (await host.Anonymous.PostAsync("//sign-in", "key=" + new string('a', 300_000), Form)).MustBeProblem(413);
    }

    async Task<(Api Person, Answer Answer)> SignInAsync(string key, string returnTo = "/plans", ApiHost? at = null)
    {
        var person = (at ?? host).With(null);
        return (person, await person.PostAsync("//sign-in", $"key={Uri.EscapeDataString(key)}&returnTo={Uri.EscapeDataString(returnTo)}", Form, Html));
    }

    async Task<string> KeyAsync(string department) =>
        (await host.Admin.PostAsync("/api-keys", new { name = "läsare " + department, role = "reader", department })).Must(201)["secret"]!.ToString();

    static string Cookie(Answer answer) => Token().Match(answer.Headers["Set-Cookie"]).Groups[1].Value;

    [GeneratedRegex("name=\"returnTo\" value=\"([^\"]*)\"")]
    private static partial Regex ReturnTo();

    [GeneratedRegex("^action-plan=([^;]*);")]
    private static partial Regex Token();
}
