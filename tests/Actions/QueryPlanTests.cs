using System.Security.Claims;
using System.Text.RegularExpressions;
using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.FollowUps;
using ActionPlan.Plans;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Actions;

/// <summary>
/// How the database finds what the action lists and a single read show, told by the database itself about the very
/// statements that run. It is SQLite, has 2,000 actions and no statistics, as a new installation has.
/// </summary>
public class QueryPlanTests(QueryPlanTests.FilledHost host) : IClassFixture<QueryPlanTests.FilledHost>
{
    /// <summary>The catalogue, and a thousand actions in each of two plans.</summary>
    public sealed class FilledHost() : PlanHost(("Seeds:Load", "catalogue"), ("Database:Engine", "sqlite"))
    {
        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            await this.ExecuteAsync(
                """
                insert into focus_area (plan, key, title, position, created_at, created_by, updated_at, updated_by)
                select key, 'halsa', 'Hälsa', 1, created_at, 'x', updated_at, 'x' from plan;

                with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
                insert into action (plan, number, department, title, description, status, focus_area, owner, owner_key, start_date, due_date, priority, prognosis,
                    measure_number, next_follow_up_date, search_text, created_at, created_by, updated_at, updated_by)
                select case i % 2 when 0 then 'soc-2026' else 'vof-2026' end, i, case i % 2 when 0 then 'soc' else 'vof' end, 'Åtgärd ' || i, 'Beskrivning ' || (i * 7919),
                    case i % 8 when 0 then 'proposed' when 1 then 'planned' when 2 then 'inProgress' when 3 then 'paused' when 4 then 'done' when 5 then 'verified' when 6 then 'cancelled' else 'rejected' end,
                    iif(i % 3 = 0, 'halsa', null), iif(i % 10 = 0, null, 'Enhet ' || (i % 40)), iif(i % 10 = 0, null, 'enhet' || (i % 40)),
                    iif(i % 4 = 0, null, date('2026-01-01', (i % 300) || ' days')), iif(i % 5 = 0, null, date('2026-01-01', (i % 500 + 300) || ' days')),
                    case i % 4 when 0 then 'low' when 1 then 'normal' when 2 then 'high' end, case i % 7 when 0 then 'green' when 1 then 'red' end,
                    iif(i % 6 = 0, i % 101 + 1, null), iif(i % 9 = 0, date('2026-01-01', (i % 200) || ' days'), null), '  åtgärd  ' || i || '  beskrivning  ' || (i * 7919),
                    strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01', i || ' minutes'), 'x', strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01', (i * 7919 % 100000) || ' minutes'), 'x'
                from n;

                insert into follow_up (id, action_id, plan, number, department, date, kind, note, author, effect, search_text, created_at, created_by)
                select printf('0198f3a2-7c1e-7b60-9c43-%012d', id), id, plan, number, department, date('2026-01-01', (id * 7 % 300) || ' days'),
                    case id % 3 when 0 then 'progress' when 1 then 'check' else 'evaluation' end, 'Så här går det', 'x', iif(id % 5 = 0, 'improved', null), '', created_at, 'x'
                from action;

                insert into action_tag (tag_key, action_id) select 'tagg' || (id % 30), id from action;
                insert into action_participant (participant_key, action_id) select 'deltagare' || (id % 30), id from action;
                """);
        }
    }

    [Theory]
    // One value: found in an index that ends in the list's order, so nothing is sorted. All are counted in an index of figures, which holds
    // deleted_at, so that no row is read.
    [InlineData("", "SCAN action_live", "SCAN action_owner_figures")]
    [InlineData("plan=soc-2026", "SEARCH action_live", "SEARCH action_owner_figures")]
    [InlineData("plan=soc-2026,vof-2026", "SEARCH action_live", "SEARCH action_owner_figures")]
    [InlineData("department=soc", "SEARCH action_by_department", "SEARCH action_by_department")]
    [InlineData("focusArea=halsa", "SEARCH action_by_focus_area", "SEARCH action_by_focus_area")]
    [InlineData("status=planned", "SEARCH action_by_status", "SEARCH action_by_status")]
    [InlineData("owner=enhet%201", "SEARCH action_by_owner", "SEARCH action_by_owner")]
    [InlineData("measureNumber=80", "SEARCH action_by_measure", "SEARCH action_by_measure")]
    [InlineData("priority=high", "SEARCH action_by_priority", "SEARCH action_by_priority")]
    [InlineData("prognosis=red", "SEARCH action_by_prognosis", "SEARCH action_by_prognosis")]
    [InlineData("missing=owner", "SEARCH action_by_owner", "SEARCH action_by_owner")]
    [InlineData("missing=deadline", "SEARCH action_by_due_date", "SEARCH action_by_due_date")]
    [InlineData("missing=verification", "SEARCH action_by_status", "SEARCH action_by_status")]
    [InlineData("trial=true", "SCAN action_trial", "SCAN action_trial")]
    // Nearly everything: read in the list's order until the page is full.
    [InlineData("trial=false", "SCAN action_live", "SCAN action_owner_figures")]
    [InlineData("overdue=false", "SCAN action_live", "SCAN action_owner_figures")]
    [InlineData("missing=owner,deadline,followUp,verification", "SCAN action_live", "SCAN action_owner_figures")]
    // Several values, a stretch of time, or rows beside the action: what is found is sorted, and no more.
    [InlineData("dueAfter=2026-12-01", "SEARCH action_by_due_date, sorted", "SEARCH action_by_due_date")]
    [InlineData("dueBefore=2026-12-01", "SEARCH action_by_due_date, sorted", "SEARCH action_by_due_date")]
    [InlineData("dueAfter=2026-12-01&dueBefore=2026-12-31", "SEARCH action_by_due_date, sorted", "SEARCH action_by_due_date")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z", "SEARCH action_by_updated_at, sorted", "SEARCH action_by_updated_at")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z&sort=title", "SEARCH action_by_updated_at, sorted", "SEARCH action_by_updated_at")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z&sort=-updatedAt", "SEARCH action_by_updated_at", "SEARCH action_by_updated_at")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z&owner=enhet%201", "SEARCH action_by_owner", "SEARCH action_by_owner")]
    [InlineData("status=planned,done", "SEARCH action_by_status, sorted", "SEARCH action_by_status")]
    [InlineData("open=true", "SEARCH action_by_status, sorted", "SEARCH action_by_status")]
    [InlineData("open=false", "SEARCH action_by_status, sorted", "SEARCH action_by_status")]
    [InlineData("overdue=true", "SEARCH action_by_due_date, sorted", "SEARCH action_by_due_date")]
    [InlineData("missing=followUp", "SEARCH action_by_follow_up, sorted", "SEARCH action_by_follow_up")]
    [InlineData("decisionDueBefore=2026-12-01", "SEARCH action_by_decision, sorted", "SEARCH action_by_decision")]
    [InlineData("focusArea=halsa,moten", "SEARCH action_by_focus_area, sorted", "SEARCH action_by_focus_area")]
    [InlineData("owner=enhet%201&owner=enhet%202", "SEARCH action_by_owner, sorted", "SEARCH action_by_owner")]
    [InlineData("measureNumber=80,81", "SEARCH action_by_measure, sorted", "SEARCH action_by_measure")]
    [InlineData("dueWithin=30d", "SEARCH action_by_due_date, sorted", "SEARCH action_by_due_date")]
    [InlineData("tag=tagg1", "SEARCH primary key, SEARCH action_tag, sorted", "SEARCH primary key, SEARCH action_tag")]
    [InlineData("participant=deltagare1", "SEARCH primary key, SEARCH action_participant, sorted", "SEARCH primary key, SEARCH action_participant")]
    [InlineData("q=beskrivning", "SEARCH primary key, SEARCH action_search 1, sorted", "SEARCH primary key, SEARCH action_search 1")]
    [InlineData("q=be", "SEARCH primary key, SEARCH action_search 1, sorted", "SEARCH primary key, SEARCH action_search 1")]
    [InlineData("q=b%20123%20hr", "SEARCH primary key, SEARCH action_search 3, sorted", "SEARCH primary key, SEARCH action_search 3")]
    // The sorts that have an index of their own, and two that have none.
    [InlineData("sort=key", "SCAN action_live", "SCAN action_owner_figures")]
    [InlineData("sort=-key", "SCAN action_live", "SCAN action_owner_figures")]
    [InlineData("sort=dueDate", "SCAN action_by_due_date", "SCAN action_owner_figures")]
    [InlineData("sort=-dueDate", "SCAN action_by_due_date", "SCAN action_owner_figures")]
    [InlineData("sort=updatedAt", "SCAN action_by_updated_at", "SCAN action_owner_figures")]
    [InlineData("sort=-updatedAt", "SCAN action_by_updated_at", "SCAN action_owner_figures")]
    [InlineData("sort=title&owner=enhet%201", "SEARCH action_by_owner, sorted", "SEARCH action_by_owner")]
    [InlineData("sort=-priority&department=soc", "SEARCH action_by_department, sorted", "SEARCH action_by_department")]
    public async Task Each_filter_and_sort_runs_on_an_index(string query, string page, string total)
    {
        var (pageAccess, totalAccess) = await ExplainAsync(query);

        Assert.Equal((page, total), (pageAccess, totalAccess));
    }

    [Theory]
    [InlineData("")]
    [InlineData("focusArea=halsa")]
    [InlineData("status=planned")]
    [InlineData("status=planned,done")]
    [InlineData("open=true")]
    [InlineData("open=false")]
    [InlineData("owner=enhet%201")]
    [InlineData("participant=deltagare1")]
    [InlineData("tag=tagg1")]
    [InlineData("measureNumber=80")]
    [InlineData("priority=high")]
    [InlineData("prognosis=red")]
    [InlineData("overdue=true")]
    [InlineData("overdue=false")]
    [InlineData("dueAfter=2026-12-01")]
    [InlineData("dueBefore=2026-12-01")]
    [InlineData("dueWithin=30d")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z")]
    [InlineData("missing=owner,deadline,followUp,verification")]
    [InlineData("q=beskrivning")]
    [InlineData("sort=-key")]
    public async Task Within_a_plan_no_other_plans_actions_are_read_and_nothing_is_sorted(string query)
    {
        var (page, total) = await ExplainAsync(query, plan: "soc-2026");

        Assert.DoesNotContain("SCAN", page + total, StringComparison.Ordinal);
        Assert.DoesNotContain("sorted", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sort=dueDate&dueAfter=2026-12-01", "SEARCH action_by_due_date", 20)]
    [InlineData("sort=-dueDate&open=true", "SCAN action_by_due_date", 20)]
    [InlineData("sort=updatedAt&updatedSince=2026-03-01T00:00:00Z", "SEARCH action_by_updated_at", 20)]
    [InlineData("tag=tagg1", "SCAN action_live, SEARCH action_tag", 20)]
    [InlineData("participant=deltagare1", "SCAN action_live, SEARCH action_participant", 20)]
    [InlineData("q=beskrivning", "SCAN action_live", 20)]
    // So far out that walking there would take longer than sorting.
    [InlineData("tag=tagg1", "SEARCH primary key, SEARCH action_tag, sorted", 2000)]
    [InlineData("q=beskrivning", "SEARCH primary key, SEARCH action_search 1, sorted", 2000)]
    public async Task Of_very_many_the_first_are_read_in_the_lists_order_without_sorting(string query, string page, long offset)
    {
        Assert.Equal(page, (await ExplainAsync(query, knownTotal: 20_000, offset: offset)).Page);
    }

    [Theory]
    [InlineData("", "SEARCH action_by_department")]
    [InlineData("status=planned", "SEARCH action_by_status")]
    [InlineData("owner=enhet%201", "SEARCH action_by_owner")]
    [InlineData("updatedSince=2026-03-01T00:00:00Z", "SEARCH action_by_department")]
    [InlineData("sort=-key", "SEARCH action_by_department")]
    public async Task A_key_bound_to_a_department_searches_an_index_too(string query, string page)
    {
        var (pageAccess, totalAccess) = await ExplainAsync(query, department: "soc");

        Assert.Equal(page, pageAccess);
        Assert.DoesNotContain("SCAN", totalAccess, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "SCAN follow_up USING INDEX follow_up_by_date")]
    [InlineData("plan=soc-2026", "SEARCH follow_up USING INDEX follow_up_by_plan (plan=?)")]
    [InlineData("department=soc", "SEARCH follow_up USING INDEX follow_up_by_department (department=?)")]
    [InlineData("kind=check", "SEARCH follow_up USING INDEX follow_up_by_kind (kind=?)")]
    [InlineData("effect=improved", "SEARCH follow_up USING INDEX follow_up_by_effect (effect=?)")]
    [InlineData("date=2026-03-01", "SEARCH follow_up USING INDEX follow_up_by_date (date=?)")]
    [InlineData("dateAfter=2026-03-01", "SEARCH follow_up USING INDEX follow_up_by_date (date>?)")]
    [InlineData("due=30d", "SEARCH action USING INDEX action_by_follow_up (next_follow_up_date<?)")]
    public async Task Follow_ups_are_read_in_the_lists_order(string query, string access)
    {
        var http = Asking(query);

        var page = await PageOfAsync(ListFollowUps.Find((await DueFilter.BindAsync(http))!, (await FollowUpFilter.BindAsync(http))!, ActionPlan.Http.Caller.Of(http)));

        Assert.Equal(access, page[0]);
        Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", page);
    }

    [Theory]
    [InlineData("", "SEARCH follow_up USING INDEX follow_up_by_kind (kind=?)")]
    [InlineData("due=30d", "SEARCH action USING INDEX action_by_evaluation (evaluation_due_date<?)")]
    public async Task Evaluations_are_read_in_the_lists_order(string query, string access)
    {
        var http = Asking(query);

        var page = await PageOfAsync(ListEvaluations.Find((await DueFilter.BindAsync(http))!, ActionPlan.Http.Caller.Of(http)));

        Assert.Equal(access, page[0]);
        Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", page);
        if (query.Length > 0) Assert.Contains("SEARCH follow_up USING INDEX follow_up_by_action (action_id=?)", page);
    }

    [Fact]
    public async Task A_summary_is_counted_in_two_indexes_that_hold_all_it_needs()
    {
        var values = new { Plan = "soc-2026", Today = new DateOnly(2026, 4, 1), Soon = new DateOnly(2026, 5, 1) };

        var areas = await StepsAsync(GetSummary.ByAreaSql, values);
        var owners = await StepsAsync(GetSummary.ByOwnerSql, values);

        Assert.Equal(["SEARCH action USING COVERING INDEX action_area_figures (plan=?)"], areas.Select(s => s.Detail));
        Assert.Contains(owners, s => s.Detail.StartsWith("SEARCH action USING COVERING INDEX action_owner_figures (plan=? AND owner_key>?", StringComparison.Ordinal));
        Assert.DoesNotContain(owners, s => s.Detail == "USE TEMP B-TREE FOR GROUP BY");
    }

    [Fact]
    public async Task Gaps_are_counted_in_one_pass_over_the_plans_own_actions()
    {
        var steps = await StepsAsync(GetGaps.Sql, new { Plan = "soc-2026", Today = new DateOnly(2026, 4, 1), Scope = (string?)null });

        Assert.Single(steps, s => s.Detail.Contains(" action ", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, s => s.Detail.StartsWith("SCAN action", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_action_is_found_by_its_plan_and_number()
    {
        await using var connection = await OpenAsync();

        var steps = await connection.QueryAsync<Step>("explain query plan " + GetAction.Sql, new { Plan = "soc-2026", Number = 2, Scope = (string?)null });

        Assert.Equal(
            [
                "SEARCH action USING INDEX sqlite_autoindex_action_1 (plan=? AND number=?)", "SEARCH plan USING INDEX sqlite_autoindex_plan_1 (key=?)",
                "SEARCH a USING INDEX sqlite_autoindex_action_1 (plan=? AND number=?)",
            ],
            steps.Select(s => s.Detail).Where(d => !d.StartsWith("CORRELATED", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_action_as_it_was_is_found_in_its_own_history()
    {
        var steps = await ExplainPastAsync(GetAction.Sql, new DynamicParameters(new { Plan = "soc-2026", Number = 2, Scope = (string?)null }));

        Assert.Contains(steps, step => step.Contains("change_by_resource (resource=? AND resource_key=? AND number<?)", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.StartsWith("SEARCH action USING", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort=-dueDate,title")]
    [InlineData("overdue=true&owner=enhet%201")]
    [InlineData("tag=tagg1&participant=deltagare1")]
    [InlineData("q=beskrivning")]
    public async Task A_plans_list_as_it_was_reads_its_own_actions_and_of_each_its_own_history(string query)
    {
        var http = new DefaultHttpContext { RequestServices = host.Services };
        http.Request.QueryString = new QueryString("?asOf=2026-03-01&" + query);
        http.SetEndpoint(host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(e => e.RoutePattern.RawText!.EndsWith("/plans/{plan}/actions", StringComparison.Ordinal) && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")));
        var select = (await ActionQuery.BindAsync(http))!.Select("soc-2026").With("Take", 20).With("Offset", 0).With("KnownAt", -1).With("KnownTotal", 0);
        Assert.Empty(ActionPlan.Http.Faults.Of(http));

        var steps = await ExplainPastAsync(select.Sql(), select.Parameters);

        Assert.Contains(steps, step => step.Contains("change_by_resource (resource=? AND resource_key=? AND number<?)", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => Regex.IsMatch(step, "^SCAN (change|action|follow_up|plan)\\b"));
    }

    async Task<IReadOnlyList<string>> ExplainPastAsync(string sql, DynamicParameters parameters)
    {
        parameters.Add("AsOf", 1000L);
        await using var connection = await OpenAsync();
        return [.. (await connection.QueryAsync<Step>("explain query plan " + AsOf.Rewrite(sql), parameters)).Select(s => s.Detail)];
    }

    /// <summary>How the rows of the page are found, and how all of them are counted.</summary>
    async Task<(string Page, string Total)> ExplainAsync(string query, string? plan = null, string? department = null, int knownTotal = 0, long offset = 0)
    {
        var http = new DefaultHttpContext { RequestServices = host.Services };
        http.Request.QueryString = new QueryString("?" + query);
        if (department is not null) http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("department", department)]));
        var select = (await ActionQuery.BindAsync(http))!.Select(plan).With("Take", 20).With("Offset", offset).With("KnownAt", -1).With("KnownTotal", knownTotal);
        Assert.Empty(ActionPlan.Http.Faults.Of(http));

        await using var connection = await OpenAsync();
        var steps = (await connection.QueryAsync<Step>("explain query plan " + select.Sql(knownTotal, offset), select.Parameters)).ToList();

        var page = steps.Single(s => s.Detail.EndsWith(" page", StringComparison.Ordinal) && s.Parent == 0 && !s.Detail.StartsWith("SCAN", StringComparison.Ordinal));
        var total = steps.First(s => s.Detail.StartsWith("SCALAR SUBQUERY", StringComparison.Ordinal) && s.Parent == 0);
        return (Told(page.Id), Told(total.Id));

        string Told(long part) => string.Join(", ", Below(part).Select(s => Access(s.Detail)).OfType<string>());

        IEnumerable<Step> Below(long part) => steps.Where(s => s.Parent == part).SelectMany(s => Below(s.Id).Prepend(s));

        static string? Access(string detail) => detail switch
        {
            "USE TEMP B-TREE FOR ORDER BY" => "sorted",
            _ when Regex.Match(detail, @"^(SEARCH|SCAN) action USING (?:COVERING )?INDEX (\w+)") is { Success: true } m => $"{m.Groups[1]} {m.Groups[2]}",
            _ when Regex.Match(detail, @"^SEARCH action USING INTEGER PRIMARY KEY") is { Success: true } => "SEARCH primary key",
            _ when Regex.Match(detail, @"^SEARCH (action_\w+) USING COVERING INDEX") is { Success: true } m => $"SEARCH {m.Groups[1]}",
            // Each L is a LIKE that the index of trigrams answers.
            _ when Regex.Match(detail, @"^SCAN action_search VIRTUAL TABLE INDEX 0:((?:L0)+)$") is { Success: true } m => $"SEARCH action_search {m.Groups[1].Length / 2}",
            _ when detail.Contains(" action", StringComparison.Ordinal) => detail,
            _ => null,
        };
    }

    DefaultHttpContext Asking(string query) => new() { RequestServices = host.Services, Request = { QueryString = new QueryString("?" + query) } };

    /// <summary>How the rows of a list's page are found.</summary>
    async Task<List<string>> PageOfAsync(ActionPlan.Http.Select select)
    {
        var steps = await StepsAsync(select.With("Take", 20).With("Offset", 0).With("KnownAt", -1).With("KnownTotal", 0).Sql(), select.Parameters);
        var page = steps.Single(s => s.Detail.EndsWith(" page", StringComparison.Ordinal) && s.Parent == 0 && !s.Detail.StartsWith("SCAN", StringComparison.Ordinal));
        return [.. Below(page.Id).Select(s => s.Detail)];

        IEnumerable<Step> Below(long part) => steps.Where(s => s.Parent == part).SelectMany(s => Below(s.Id).Prepend(s));
    }

    async Task<List<Step>> StepsAsync(string sql, object values)
    {
        await using var connection = await OpenAsync();
        return [.. await connection.QueryAsync<Step>("explain query plan " + sql, values)];
    }

    Task<System.Data.Common.DbConnection> OpenAsync() => host.Services.GetRequiredService<Database>().Engine.OpenAsync();

    sealed record Step(long Id, long Parent, long NotUsed, string Detail);
}
