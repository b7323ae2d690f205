namespace ActionPlan.Tests.Deadlines;

public class GetDeadlineTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task A_wording_is_shown_as_an_action_would_have_it()
    {
        var read = (await host.Admin.GetAsync("/deadlines?text=ca+h%C3%B6sten/vintern+2015")).Must(200);

        Assert.Equal(
            """{"text":"ca hösten/vintern 2015","startDate":"2015-09-01","dueDate":"2015-12-31","recurrence":"none","approximate":true,"warnings":[]}""",
            read.Without("_links").ReplaceLineEndings("").Replace("  ", "").Replace("\": ", "\":"));
        Assert.Equal(["self GET"], read.Links());
        Assert.Equal(read.Without(), (await host.Admin.GetAsync(read.Link("self")![$"{host.Address}action-plan/v1".Length..])).Must(200).Without());
    }

    [Theory]
    [InlineData("h%C3%B6sten", "2026-09-01", "2026-11-30", "none")]
    [InlineData("kvartalsvis", "2026-01-01", "2026-12-31", "quarterly")]
    [InlineData("l%C3%B6pande", "2026-01-01", null, "continuous")]
    public async Task The_plans_period_gives_what_is_left_out(string text, string? start, string? due, string recurrence)
    {
        var read = (await host.Admin.GetAsync($"/deadlines?text={text}&plan=soc-2026")).Must(200);

        Assert.Equal((start, due, recurrence, 0), (read["startDate"]?.ToString(), read["dueDate"]?.ToString(), read["recurrence"]!.ToString(), read["warnings"]!.AsArray().Count));
        Assert.Equal(["self GET", "up GET"], read.Links());
    }

    [Theory]
    [InlineData("snarast")]
    [InlineData("h%C3%B6sten")]
    [InlineData("vintern+2015")]
    [InlineData("31+februari+2026")]
    [InlineData("2016-2015")]
    [InlineData("%F0%9F%8E%89")]
    public async Task What_gives_no_date_is_200_with_a_warning(string text)
    {
        var read = (await host.Admin.GetAsync($"/deadlines?text={text}", ("Accept-Language", "en"))).Must(200);

        Assert.Equal((null, null, null), (read["startDate"], read["dueDate"], read["recurrence"]));
        Assert.StartsWith("The deadline \"" + read["text"] + "\"", Assert.Single(read["warnings"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text required")]
    [InlineData("text=", "text required")]
    [InlineData("text=%20%C2%A0", "text required")]
    [InlineData("text=2026&text=2027", "text repeatedParameter")]
    [InlineData("text=20%0026", "text controlCharacter")]
    [InlineData("text=2026&plan=soc-1999", "plan unknownPlan")]
    [InlineData("text=2026&plan=", "plan unknownPlan")]
    [InlineData("text=2026&plan=soc-2026,vof-2026", "plan unknownPlan")]
    [InlineData("text=2026&period=2026", "period unknownParameter")]
    [InlineData("plan=a&plan=b", "plan repeatedParameter, text required")]
    public async Task A_faulty_question_is_400(string query, string faults)
    {
        var answer = await host.Admin.GetAsync("/deadlines?" + query);

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
    }

    [Fact]
    public async Task A_text_longer_than_a_deadline_may_be_is_400()
    {
        Assert.Equal(200, (await host.Admin.GetAsync("/deadlines?text=" + new string('x', 200))).Status);
        Assert.Equal(["text tooLong"], (await host.Admin.GetAsync("/deadlines?text=" + new string('x', 201))).Faults());
    }

    [Fact]
    public async Task A_plan_that_the_key_does_not_see_is_an_unknown_one()
    {
        var reader = await host.WithNewKeyAsync("reader", "vof");

        Assert.Equal(["plan unknownPlan"], (await reader.GetAsync("/deadlines?text=2026&plan=soc-2026")).Faults());
        Assert.Equal(200, (await reader.GetAsync("/deadlines?text=2026&plan=vof-2026")).Status);
    }

    [Fact]
    public async Task It_is_304_for_one_who_holds_it_until_the_plans_period_moves()
    {
        var plan = Given.Key();
        (await host.Admin.PostAsync("/plans", new { key = plan, department = "soc", title = "x", periodStart = "2026-01-01", periodEnd = "2026-12-31" })).Must(201);
        var path = $"/deadlines?text=v%C3%A5ren&plan={plan}";
        var first = await host.Admin.GetAsync(path);

        Assert.Matches("^\"[^\"]+\"$", first.ETag);
        Assert.Equal(304, (await host.Admin.GetAsync(path, ("If-None-Match", first.ETag!))).Status);
        (await host.Admin.PatchAsync($"/plans/{plan}", new { periodStart = "2027-01-01", periodEnd = "2027-12-31" })).Must(200);
        Assert.Equal("2027-05-31", (await host.Admin.GetAsync(path, ("If-None-Match", first.ETag!))).Must(200)["dueDate"]!.ToString());
    }
}
