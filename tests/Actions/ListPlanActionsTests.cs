namespace ActionPlan.Tests.Actions;

/// <summary>Paging, links, ETags and what depends on the day; every test has a plan of its own. The filters are in <see cref="ListActionsTests"/>.</summary>
public class ListPlanActionsTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Theory]
    [InlineData("", "1 2 3 4 5", "1 20 5 5 1", null, null, 1)]
    [InlineData("?limit=2", "1 2", "1 2 2 5 3", null, 2, 3)]
    [InlineData("?limit=2&page=2", "3 4", "2 2 2 5 3", 1, 3, 3)]
    [InlineData("?page=3&limit=2", "5", "3 2 1 5 3", 2, null, 3)]
    [InlineData("?limit=2&page=4", "", "4 2 0 5 3", 3, null, 3)]
    [InlineData("?limit=2&page=2147483647", "", "2147483647 2 0 5 3", 3, null, 3)]
    [InlineData("?limit=2&page=0", "", "0 2 0 5 3", null, 1, 3)]
    [InlineData("?limit=2&page=-1", "", "-1 2 0 5 3", null, null, 3)]
    [InlineData("?limit=5", "1 2 3 4 5", "1 5 5 5 1", null, null, 1)]
    [InlineData("?limit=1&page=5", "5", "5 1 1 5 5", 4, null, 5)]
    [InlineData("?limit=1000", "1 2 3 4 5", "1 1000 5 5 1", null, null, 1)]
    public async Task A_page_says_where_it_lies(string query, string numbers, string meta, int? previous, int? next, int last)
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 5; i++) await host.ActionAsync(plan);

        var page = (await host.Admin.GetAsync($"/plans/{plan}/actions{query}")).Must(200);

        Assert.Equal(numbers, string.Join(' ', page["items"]!.AsArray().Select(i => i!["number"])));
        Assert.Equal(["page", "limit", "count", "totalRecords", "totalPages"], page["_meta"]!.Properties());
        Assert.Equal(meta, string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/actions{query}", page.Link("self"));
        Assert.Equal(1, Page("first"));
        Assert.Equal(previous, Page("prev"));
        Assert.Equal(next, Page("next"));
        Assert.Equal(last, Page("last"));

        int? Page(string relation) => page.Link(relation) is { } href ? int.Parse(Query(href)["page"].Single()!) : null;
    }

    [Fact]
    public async Task An_empty_list_has_one_empty_page()
    {
        var plan = await host.PlanAsync();

        var page = (await host.Admin.GetAsync($"/plans/{plan}/actions")).Must(200);

        Assert.Empty(page["items"]!.AsArray());
        Assert.Equal("1 20 0 0 0", string.Join(' ', page["_meta"]!.AsObject().Select(m => m.Value)));
        Assert.Equal(["create POST", "first GET", "last GET", "self GET", "up GET"], page.Links());
        Assert.Equal($"{host.Address}action-plan/v1/plans/{plan}/actions?page=1", page.Link("last"));
    }

    [Theory]
    [InlineData("limit=0", "limit outOfRange")]
    [InlineData("limit=-1", "limit outOfRange")]
    [InlineData("limit=1001", "limit outOfRange")]
    [InlineData("limit=abc", "limit outOfRange")]
    [InlineData("limit=2.0", "limit outOfRange")]
    [InlineData("limit=%202", "limit outOfRange")]
    [InlineData("limit=", "limit outOfRange")]
    [InlineData("limit", "limit outOfRange")]
    [InlineData("limit=99999999999", "limit outOfRange")]
    [InlineData("page=abc", "page outOfRange")]
    [InlineData("page=", "page outOfRange")]
    [InlineData("page=1e3", "page outOfRange")]
    [InlineData("page=99999999999", "page outOfRange")]
    [InlineData("page=1&page=2", "page repeatedParameter")]
    [InlineData("plan=soc-2026", "plan unknownParameter")]
    [InlineData("department=soc", "department unknownParameter")]
    [InlineData("limit=0&page=x&offset=3", "limit outOfRange, offset unknownParameter, page outOfRange")]
    public async Task A_faulty_page_is_400(string query, string faults)
    {
        var answer = await host.Admin.GetAsync($"/plans/soc-2026/actions?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
        Assert.All(answer["errors"]!.AsArray(), e => Assert.Null(e!["pointer"]));
    }

    [Fact]
    public async Task An_unknown_parameter_is_answered_with_the_known_ones()
    {
        var answer = await host.Admin.GetAsync("/plans/soc-2026/actions?colour=red");

        Assert.EndsWith(
            "Kända: page, limit, format, dialect, q, focusArea, status, open, owner, participant, tag, measureNumber, priority, prognosis, overdue, dueAfter, dueBefore, "
            + "dueWithin, updatedSince, deleted, trial, decisionDueBefore, missing, gap, sort, fields, asOf.",
            answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_keep_the_query()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 5; i++) await host.ActionAsync(plan, new { title = "Mentor", owner = i % 2 == 0 ? "Å & Ö, 50 %" : "HR+lön" });
        const string query = "owner=%C3%85%20%26%20%C3%96%2C%2050%20%25&owner=HR%2Bl%C3%B6n&status=planned,done&q=mentor&sort=-number&fields=number&limit=2";

        var first = (await host.Admin.GetAsync($"/plans/{plan}/actions?{query}")).Must(200);
        var second = (await host.Admin.GetAsync(Path(first.Link("next")!))).Must(200);
        var third = (await host.Admin.GetAsync(Path(second.Link("next")!))).Must(200);

        Assert.Equal("5 4 3 2 1", string.Join(' ', new[] { first, second, third }.SelectMany(p => p["items"]!.AsArray()).Select(i => i!["number"])));
        Assert.Equal(first.Link("last"), third.Link("self"));
        foreach (var relation in new[] { "first", "prev", "next", "last" })
        {
            Assert.StartsWith($"{host.Address}action-plan/v1/plans/{plan}/actions?", second.Link(relation), StringComparison.Ordinal);
            var kept = Query(second.Link(relation)!);
            Assert.Equal(["Å & Ö, 50 %", "HR+lön"], kept["owner"].Order(StringComparer.Ordinal).Reverse());
            Assert.Equal(("planned,done", "mentor", "-number", "number", "2"), (kept["status"].Single(), kept["q"].Single(), kept["sort"].Single(), kept["fields"].Single(), kept["limit"].Single()));
        }
    }

    [Fact]
    public async Task Walking_from_page_to_page_shows_each_action_once()
    {
        var plan = await host.PlanAsync();
        for (var i = 0; i < 11; i++) await host.ActionAsync(plan, new { title = i % 3 == 0 ? "Lika" : "lika" });

        var seen = new List<string?>();
        for (var next = $"/plans/{plan}/actions?sort=title,-status&limit=3"; next is not null;)
        {
            var page = (await host.Admin.GetAsync(next)).Must(200);
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["key"]!.ToString()));
            next = page.Link("next") is { } href ? Path(href) : null;
        }

        Assert.Equal(Enumerable.Range(1, 11).Select(n => $"{plan}-{n}").Order(), seen.Order());
    }

    [Fact]
    public async Task The_total_follows_every_write()
    {
        var plan = await host.PlanAsync();
        Assert.Equal((0, 0), await TotalsAsync());
        await host.ActionAsync(plan);
        await host.ActionAsync(plan, new { title = "x", status = "done" });
        Assert.Equal((2, 1), await TotalsAsync());
        (await host.Admin.PatchAsync($"/actions/{plan}-1", new { status = "done" })).Must(200);
        Assert.Equal((2, 2), await TotalsAsync());
        (await host.Admin.DeleteAsync($"/actions/{plan}-1")).Must(204);
        Assert.Equal((1, 1), await TotalsAsync());
        (await host.Admin.PostAsync($"/actions/{plan}-1/restorations")).Must(201);
        Assert.Equal((2, 2), await TotalsAsync());

        async Task<(int, int)> TotalsAsync() => (await TotalAsync(""), await TotalAsync("&status=done"));

        // Past the last page, so that the total is all that is read.
        async Task<int> TotalAsync(string filter) =>
            (await host.Admin.GetAsync($"/plans/{plan}/actions?page=9{filter}")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>();
    }

    [Fact]
    public async Task Only_the_plans_own_actions_are_listed_each_as_a_single_read_shows_it()
    {
        var (plan, other) = (await host.PlanAsync(), await host.PlanAsync());
        await host.ActionAsync(plan, new { title = "Min", deadline = "hösten" });
        await host.ActionAsync(other, new { title = "Din" });

        var item = Assert.Single((await host.Admin.GetAsync($"/plans/{plan}/actions")).Must(200)["items"]!.AsArray())!;

        Assert.Equal((await host.Admin.GetAsync($"/actions/{plan}-1")).Must(200).Without(), item.Without());
    }

    [Theory]
    [InlineData("soc-1999")]
    [InlineData("SOC-2026")]
    [InlineData("soc_2026")]
    [InlineData("å")]
    [InlineData("soc-2026'--")]
    [InlineData("..%2f..%2fetc")]
    public async Task An_unknown_plan_is_404(string plan)
    {
        Assert.Equal(404, (await host.Admin.GetAsync($"/plans/{plan}/actions")).Status);
        Assert.Equal(404, (await host.Admin.GetAsync($"/plans/{plan}/actions", ("If-None-Match", "*"))).Status);
    }

    [Fact]
    public async Task A_deleted_plan_is_404_also_for_one_who_holds_its_list()
    {
        var plan = await host.PlanAsync();
        (await host.Admin.DeleteAsync($"/plans/{plan}")).Must(204);
        var current = (await host.Admin.GetAsync("/actions")).ETag!;

        Assert.Equal(404, (await host.Admin.GetAsync($"/plans/{plan}/actions", ("If-None-Match", current))).Status);
    }

    [Fact]
    public async Task A_closed_plan_is_read_as_before()
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.CloseAsync(plan);

        Assert.Equal([$"{plan}-1"], (await host.Admin.GetAsync($"/plans/{plan}/actions")).Items("key"));
    }

    [Fact]
    public async Task Only_those_who_may_create_are_told_where()
    {
        var reader = await host.WithNewKeyAsync("reader");

        Assert.Equal(["first GET", "last GET", "self GET", "up GET"], (await reader.GetAsync("/plans/soc-2026/actions")).Must(200).Links());
    }

    public static TheoryData<string> Writes => [.. Changes.Keys];

    static readonly Dictionary<string, Func<ApiHost, string, Task<Answer>>> Changes = new()
    {
        ["create an action"] = (host, plan) => host.Admin.PostAsync($"/plans/{plan}/actions", new { title = "Ny" }),
        ["change an action"] = (host, plan) => host.Admin.PatchAsync($"/actions/{plan}-1", new { title = "Ändrad" }),
        ["delete an action"] = (host, plan) => host.Admin.DeleteAsync($"/actions/{plan}-1"),
        ["restore an action"] = (host, plan) => host.Admin.PostAsync($"/actions/{plan}-2/restorations"),
        ["close the plan"] = (host, plan) => host.Admin.PatchAsync($"/plans/{plan}", new { status = "closed" }),
        ["move the plan"] = (host, plan) => host.Admin.PatchAsync($"/plans/{plan}", new { department = "vof" }),
        ["create a focus area"] = (host, plan) => host.Admin.PostAsync($"/plans/{plan}/focus-areas", new { title = "Ny" }),
        ["create a department"] = (host, _) => host.Admin.PostAsync("/departments", new { key = Given.Key("d"), name = "Ny" }),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_list_is_304_until_something_is_written(string write)
    {
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan);
        await host.ActionAsync(plan);
        (await host.Admin.DeleteAsync($"/actions/{plan}-2")).Must(204);
        string[] lists = [$"/plans/{plan}/actions", "/actions?limit=1", $"/plans/{plan}/focus-areas", "/plans", "/departments"];
        var before = new Dictionary<string, string>();
        foreach (var list in lists) before[list] = (await host.Admin.GetAsync(list)).ETag!;

        foreach (var list in lists)
        {
            var unchanged = await host.Admin.GetAsync(list, ("If-None-Match", before[list]));
            Assert.Equal((304, "", before[list]), (unchanged.Status, unchanged.Text, unchanged.ETag));
        }

        Assert.InRange((await Changes[write](host, plan)).Status, 200, 204);

        foreach (var list in lists)
        {
            var changed = await host.Admin.GetAsync(list, ("If-None-Match", before[list]));
            Assert.Equal(200, changed.Status);
            Assert.NotEqual(before[list], changed.ETag);
        }
    }

    [Fact]
    public async Task If_None_Match_takes_several_and_any()
    {
        var etag = (await host.Admin.GetAsync("/plans/soc-2026/actions")).ETag!;

        Assert.Matches("^\"[^\"]+\"$", etag);
        foreach (var (header, status) in new[]
        {
            (etag, 304), ($"\"x\", {etag}", 304), ($"W/{etag}", 304), ("*", 304), ("\"x\"", 200), ("\"x\", \"y\"", 200), (etag.Trim('"'), 200), (etag[..^2] + "\"", 200),
        })
            Assert.Equal((header, status), (header, (await host.Admin.GetAsync("/plans/soc-2026/actions", ("If-None-Match", header))).Status));
    }

    [Fact]
    public async Task The_tag_of_one_role_is_not_that_of_another()
    {
        var reader = await host.WithNewKeyAsync("reader");
        var etag = (await host.Admin.GetAsync("/plans/soc-2026/actions")).ETag!;

        // An admin is shown where to create, a reader is not.
        Assert.Equal(200, (await reader.GetAsync("/plans/soc-2026/actions", ("If-None-Match", etag))).Status);
    }

    [Fact]
    public async Task A_list_is_another_after_midnight_in_Stockholm()
    {
        host.Clock.StopAt("2026-12-01T22:59:00Z");
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "x", dueDate = "2026-12-01" });
        var etag = (await host.Admin.GetAsync($"/plans/{plan}/actions")).ETag!;

        host.Clock.StopAt("2026-12-01T22:59:59Z");
        Assert.Equal(304, (await host.Admin.GetAsync($"/plans/{plan}/actions", ("If-None-Match", etag))).Status);
        host.Clock.StopAt("2026-12-01T23:00:00Z");
        var after = await host.Admin.GetAsync($"/plans/{plan}/actions", ("If-None-Match", etag));

        Assert.Equal(["true"], after.Items("isOverdue"));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("owner")]
    public async Task Text_is_sorted_as_in_Swedish(string property)
    {
        var plan = await host.PlanAsync();
        string[] expected = ["a", "A", "adam", "Adam", "adel", "ek", "én", "Erik", "vad", "wad", "x", "y", "z", "Zorn", "å", "Å", "Åsa", "ä", "ärta", "ö", "Öl"];
        foreach (var text in expected.OrderBy(t => string.Concat(t.Reverse()), StringComparer.Ordinal))
            await host.ActionAsync(plan, property == "title" ? new { title = text } : new { title = "x", owner = text });

        Assert.Equal(expected, (await host.Admin.GetAsync($"/plans/{plan}/actions?sort={property}&limit=50")).Items(property));
        Assert.Equal(expected.Reverse(), (await host.Admin.GetAsync($"/plans/{plan}/actions?sort=-{property}&limit=50")).Items(property));
    }

    [Theory]
    [InlineData("2026-03-28T22:59:59.999Z", "2026-03-27", "2026-03-28")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-28", "2026-03-29")]
    [InlineData("2026-07-31T21:59:59.999Z", "2026-07-30", "2026-07-31")]
    [InlineData("2026-07-31T22:00:00Z", "2026-07-31", "2026-08-01")]
    [InlineData("2026-12-31T23:00:00Z", "2026-12-31", "2027-01-01")]
    public async Task The_day_changes_at_midnight_in_Stockholm(string now, string yesterday, string today)
    {
        host.Clock.StopAt(now);
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Igår", dueDate = yesterday });
        await host.ActionAsync(plan, new { title = "Idag", dueDate = today });
        await host.ActionAsync(plan, new { title = "Klar", dueDate = yesterday, status = "done" });

        Assert.Equal(["Igår"], (await host.Admin.GetAsync($"/actions?plan={plan}&overdue=true")).Items("title"));
        Assert.Equal(["Idag", "Klar"], (await host.Admin.GetAsync($"/actions?plan={plan}&overdue=false")).Items("title"));
        Assert.Equal(["Idag"], (await host.Admin.GetAsync($"/actions?plan={plan}&dueWithin=0d")).Items("title"));
        Assert.Equal(["true", "false", "false"], (await host.Admin.GetAsync($"/actions?plan={plan}")).Items("isOverdue"));
    }

    [Fact]
    public async Task A_month_from_the_last_day_of_January_ends_with_February()
    {
        host.Clock.StopAt("2028-01-31T12:00:00Z");
        var plan = await host.PlanAsync();
        await host.ActionAsync(plan, new { title = "Skottdagen", dueDate = "2028-02-29" });
        await host.ActionAsync(plan, new { title = "Dagen efter", dueDate = "2028-03-01" });

        Assert.Equal(["Skottdagen"], (await host.Admin.GetAsync($"/actions?plan={plan}&dueWithin=1m")).Items("title"));
    }

    string Path(string href) => href[$"{host.Address}action-plan/v1".Length..];

    static Dictionary<string, List<string?>> Query(string href) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(href).Query).ToDictionary(q => q.Key, q => q.Value.ToList());
}
