namespace ActionPlan.Tests.Actions;

/// <summary>Filters, order and narrowing, over nine actions that no test changes.</summary>
public class ListActionsTests(ListActionsTests.NineHost host) : IClassFixture<ListActionsTests.NineHost>
{
    const string Known = "page, limit, format, dialect, q, plan, department, focusArea, status, open, owner, participant, tag, measureNumber, priority, prognosis, "
        + "overdue, dueAfter, dueBefore, dueWithin, updatedSince, deleted, trial, decisionDueBefore, missing, gap, sort, fields, asOf";

    const string Statuses = "proposed, planned, inProgress, paused, done, verified, cancelled, rejected";

    /// <summary>
    /// Nine actions in two plans, created a minute apart from 2026-03-28T22:00Z: Zeta Eta Theta Iota in vof-2026, then
    /// Alfa Beta Gamma Delta Epsilon in soc-2026, and at last Zeta changed. Then the clock stands at half past midnight on 29 March in Stockholm.
    /// </summary>
    public sealed class NineHost : PlanHost
    {
        public NineHost() : base(("Seeds:Load", "catalogue")) => Clock.StopAt("2026-03-28T22:00:00Z");

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            foreach (var (plan, title) in new[] { ("soc-2026", "Hälsa"), ("soc-2026", "Möten"), ("vof-2026", "Hälsa"), ("vof-2026", "Möten") })
                (await Admin.PostAsync($"/plans/{plan}/focus-areas", new { title })).Must(201);

            await Add("vof-2026", new { title = "Zeta", status = "proposed", owner = "Enhetschef", focusArea = "moten", startDate = "2026-04-01", dueDate = "2026-04-28", priority = "normal", measureNumber = 81 });
            await Add("vof-2026", new { title = "Eta", status = "rejected", statusReason = "Ryms inte", priority = "high" });
            await Add("vof-2026", new { title = "Theta", owner = "Rektor", recurrence = "continuous", participants = new[] { "Kommunal", "FACKLIGA-ORGANISATIONER" } });
            await Add("vof-2026", new { title = "Iota", status = "done", completedOn = "2026-02-01", owner = "Öppenvården", dueDate = "2026-02-02", priority = "low" });
            await Add("soc-2026", new { title = "Alfa", owner = "HR-enheten", focusArea = "halsa", dueDate = "2026-03-28", priority = "high", measureNumber = 80, participants = new[] { "Fackliga organisationer" }, tags = new[] { "Introduktion" } });
            await Add("soc-2026", new { title = "Beta", status = "inProgress", owner = "hr enheten", startDate = "2026-01-15", dueDate = "2026-03-29", priority = "normal", nextFollowUpDate = "2026-03-28" });
            await Add("soc-2026", new { title = "Gamma", status = "paused", statusReason = "Väntar", tags = new[] { "rekrytering", "introduktion" }, nextFollowUpDate = "2026-03-29" });
            await Add("soc-2026", new { title = "Delta", status = "done", completedOn = "2026-03-01", owner = "Ägare", focusArea = "moten", startDate = "2025-12-01", dueDate = "2026-03-01", priority = "low", nextFollowUpDate = "2026-03-01" });
            await Add("soc-2026", new { title = "Epsilon", status = "cancelled", statusReason = "Utgår", owner = "Chef, enhet 1", focusArea = "halsa", dueDate = "2026-01-01" });
            (await Admin.PatchAsync("/actions/vof-2026-1", new { description = "Ändrad sist" })).Must(200);

            // Follow-ups would set these, and change the actions another time.
            await this.ExecuteAsync("""
                update action set status = 'verified', verified_on = '2026-02-15' where title = 'Iota';
                update action set prognosis = case title when 'Alfa' then 'red' when 'Beta' then 'yellow' else 'green' end where title in ('Alfa', 'Beta', 'Zeta');
                """);
            Clock.StopAt("2026-03-28T23:30:00Z");

            async Task Add(string plan, object action)
            {
                await this.ActionAsync(plan, action);
                Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    [Theory]
    [InlineData("", "Alfa Beta Gamma Delta Epsilon Zeta Eta Theta Iota")]
    [InlineData("plan=soc-2026", "Alfa Beta Gamma Delta Epsilon")]
    [InlineData("plan=soc-2026,vof-2026", "Alfa Beta Gamma Delta Epsilon Zeta Eta Theta Iota")]
    [InlineData("plan=soc-1999", "")]
    [InlineData("plan=SOC-2026", "")]
    [InlineData("department=vof", "Zeta Eta Theta Iota")]
    [InlineData("department=vof,soc", "Alfa Beta Gamma Delta Epsilon Zeta Eta Theta Iota")]
    [InlineData("department=ks", "")]
    [InlineData("focusArea=halsa", "Alfa Epsilon")]
    [InlineData("focusArea=halsa,moten", "Alfa Delta Epsilon Zeta")]
    [InlineData("focusArea=samarbete", "")]
    [InlineData("status=planned", "Alfa Theta")]
    [InlineData("status=planned,inProgress", "Alfa Beta Theta")]
    [InlineData("status=planned,%20inProgress", "Alfa Beta Theta")]
    [InlineData("status=planned&status=inProgress", "Alfa Beta Theta")]
    [InlineData("status=verified", "Iota")]
    [InlineData("open=true", "Alfa Beta Gamma Zeta Theta")]
    [InlineData("open=false", "Delta Epsilon Eta Iota")]
    [InlineData("owner=HR-enheten", "Alfa Beta")]
    [InlineData("owner=hr%20ENHETEN", "Alfa Beta")]
    [InlineData("owner=hrenheten", "Alfa Beta")]
    [InlineData("owner=HR", "")]
    [InlineData("owner=agare", "")]
    [InlineData("owner=%C3%84GARE", "Delta")]
    [InlineData("owner=Rektor&owner=Enhetschef", "Zeta Theta")]
    [InlineData("owner=Rektor,Enhetschef", "")]
    [InlineData("owner=Chef,%20enhet%201", "Epsilon")]
    [InlineData("owner=---", "")]
    [InlineData("participant=fackliga%20organisationer", "Alfa Theta")]
    [InlineData("participant=Fackliga", "")]
    [InlineData("participant=Kommunal&participant=Fackliga-organisationer", "Alfa Theta")]
    [InlineData("tag=introduktion", "Alfa Gamma")]
    [InlineData("tag=INTRODUKTION", "Alfa Gamma")]
    [InlineData("tag=rekrytering&tag=Introduktion", "Alfa Gamma")]
    [InlineData("tag=rekrytering,introduktion", "")]
    [InlineData("measureNumber=80", "Alfa")]
    [InlineData("measureNumber=80,81", "Alfa Zeta")]
    [InlineData("measureNumber=7", "")]
    [InlineData("priority=high", "Alfa Eta")]
    [InlineData("priority=low,high", "Alfa Delta Eta Iota")]
    [InlineData("prognosis=red", "Alfa")]
    [InlineData("prognosis=yellow,green", "Beta Zeta")]
    [InlineData("overdue=true", "Alfa")]
    [InlineData("overdue=false", "Beta Gamma Delta Epsilon Zeta Eta Theta Iota")]
    [InlineData("dueAfter=2026-03-28", "Beta Zeta")]
    [InlineData("dueAfter=2026-03-29", "Zeta")]
    [InlineData("dueBefore=2026-03-29", "Alfa Delta Epsilon Iota")]
    [InlineData("dueBefore=2026-03-28", "Delta Epsilon Iota")]
    [InlineData("dueAfter=2026-02-28&dueBefore=2026-03-29", "Alfa Delta")]
    [InlineData("dueWithin=0d", "Beta")]
    [InlineData("dueWithin=29d", "Beta")]
    [InlineData("dueWithin=30d", "Beta Zeta")]
    [InlineData("dueWithin=4w", "Beta")]
    [InlineData("dueWithin=5w", "Beta Zeta")]
    [InlineData("dueWithin=1m", "Beta Zeta")]
    [InlineData("dueWithin=0m", "Beta")]
    [InlineData("dueWithin=9999m", "Beta Zeta")]
    [InlineData("updatedSince=2026-03-28T22:06:00Z", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T22:06:00.001Z", "Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T22:06Z", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T23:06:00%2B01:00", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T23:06:00+01:00", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T23:06:00.5+01:00", "Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-29T03:36:00+05:30", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T17:06:00-05:00", "Gamma Delta Epsilon Zeta")]
    [InlineData("updatedSince=2026-03-28T22:09:00.001Z", "")]
    [InlineData("missing=owner", "Gamma")]
    [InlineData("missing=deadline", "Gamma")]
    [InlineData("missing=followUp", "Beta Delta")]
    [InlineData("missing=verification", "Delta")]
    [InlineData("missing=verification,owner", "Gamma Delta")]
    [InlineData("missing=followUp&missing=verification", "Beta Delta")]
    [InlineData("gap=missingOwner", "Gamma")]
    [InlineData("gap=missingDeadline", "Gamma")]
    [InlineData("gap=unreadableDeadline", "")]
    [InlineData("gap=unverified", "Delta")]
    [InlineData("gap=followUpPast", "Beta Delta")]
    [InlineData("gap=overdueWithoutReason", "Alfa")]
    [InlineData("gap=pausedWithoutEnd", "")]
    [InlineData("gap=missingOwner,unverified", "Gamma Delta")]
    [InlineData("gap=overdueWithoutReason&gap=unverified", "Alfa Delta")]
    [InlineData("gap=followUpPast&open=true", "Beta")]
    [InlineData("gap=followUpPast&missing=verification", "Delta")]
    [InlineData("q=alfa", "Alfa")]
    [InlineData("q=HR", "Alfa Beta")]
    [InlineData("department=soc&open=true&dueBefore=2026-03-29", "Alfa")]
    [InlineData("status=planned,proposed&owner=Rektor&owner=HR-enheten", "Alfa Theta")]
    [InlineData("tag=introduktion&missing=owner", "Gamma")]
    [InlineData("plan=vof-2026&q=chef", "Zeta")]
    [InlineData("q=hr&overdue=true&priority=high&focusArea=halsa&measureNumber=80&prognosis=red&participant=fackliga-organisationer", "Alfa")]
    [InlineData("plan=soc-2026&department=vof", "")]
    public async Task A_filter_finds(string query, string titles)
    {
        var answer = await host.Admin.GetAsync($"/actions?{query}");

        var expected = titles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, answer.Items("title"));
        Assert.Equal(expected.Length, answer["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("status=klar", "status unknownValue", Statuses)]
    [InlineData("status=Planned", "status unknownValue", Statuses)]
    [InlineData("status=", "status unknownValue", Statuses)]
    [InlineData("status=planned,,done", "status unknownValue", Statuses)]
    [InlineData("priority=hög", "priority unknownValue", "low, normal, high")]
    [InlineData("prognosis=none", "prognosis unknownValue", "green, yellow, red")]
    [InlineData("missing=allt", "missing unknownValue", "owner, deadline, followUp, verification")]
    [InlineData("gap=unowned", "gap unknownValue", "missingOwner, missingDeadline, unreadableDeadline, unverified, followUpPast, overdueWithoutReason, pausedWithoutEnd")]
    [InlineData("gap=", "gap unknownValue", "missingOwner")]
    [InlineData("sort=colour", "sort unknownValue", "key, number, title, status, owner, focusArea, startDate, dueDate, priority, createdAt, updatedAt")]
    [InlineData("sort=--title", "sort unknownValue", "key, number, title")]
    [InlineData("sort=title%20desc", "sort unknownValue", "key, number, title")]
    [InlineData("sort=", "sort unknownValue", "key, number, title")]
    [InlineData("fields=colour", "fields unknownValue", "key, plan, number, title")]
    [InlineData("fields=planStatus", "fields unknownValue", "key, plan, number, title")]
    [InlineData("fields=department", "fields unknownValue", "key, plan, number, title")]
    [InlineData("fields=Title", "fields unknownValue", "key, plan, number, title")]
    [InlineData("colour=red", "colour unknownParameter", Known)]
    [InlineData("Status=planned", "Status unknownParameter", Known)]
    [InlineData("asof=2026-01-01", "asof unknownParameter", Known)]
    [InlineData("open=yes", "open wrongType", "yes")]
    [InlineData("open=1", "open wrongType", "1")]
    [InlineData("open=", "open wrongType", "")]
    [InlineData("overdue=True", "overdue wrongType", "True")]
    [InlineData("dueAfter=2026-02-30", "dueAfter wrongType", "2026-02-30")]
    [InlineData("dueBefore=igår", "dueBefore wrongType", "igår")]
    [InlineData("dueBefore=20260201", "dueBefore wrongType", "20260201")]
    [InlineData("dueWithin=30", "dueWithin wrongType", "30")]
    [InlineData("dueWithin=d", "dueWithin wrongType", "d")]
    [InlineData("dueWithin=-1d", "dueWithin wrongType", "-1d")]
    [InlineData("dueWithin=3y", "dueWithin wrongType", "3y")]
    [InlineData("dueWithin=1.5m", "dueWithin wrongType", "1.5m")]
    [InlineData("dueWithin=", "dueWithin wrongType", "")]
    [InlineData("dueWithin=99999m", "dueWithin tooLong", "5")]
    [InlineData("dueWithin=9999999999w", "dueWithin tooLong", "5")]
    [InlineData("updatedSince=2026-03-28", "updatedSince wrongType", "2026-03-28")]
    [InlineData("updatedSince=2026-03-28T10:00:00", "updatedSince wrongType", "2026-03-28T10:00:00")]
    [InlineData("updatedSince=2026-03-28T25:00:00Z", "updatedSince wrongType", "25:00")]
    [InlineData("updatedSince=Z", "updatedSince wrongType", "Z")]
    [InlineData("updatedSince=", "updatedSince wrongType", "")]
    [InlineData("measureNumber=ett", "measureNumber wrongType", "ett")]
    [InlineData("measureNumber=80,", "measureNumber wrongType", "")]
    [InlineData("q=a&q=b", "q repeatedParameter", "")]
    [InlineData("open=true&open=false", "open repeatedParameter", "")]
    [InlineData("q=%00", "q controlCharacter", "")]
    [InlineData("owner=a%0Ab", "owner controlCharacter", "")]
    [InlineData("measureNumber=1%0A1", "measureNumber controlCharacter, measureNumber wrongType", "")]
    [InlineData("sort=a%0Ab", "sort controlCharacter, sort unknownValue", "")]
    public async Task A_faulty_parameter_is_told_with_what_works(string query, string fault, string detail)
    {
        var answer = await host.Admin.GetAsync($"/actions?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Equal(fault, string.Join(", ", answer.Faults().Distinct()));
        Assert.All(answer["errors"]!.AsArray(), e => Assert.DoesNotContain(e!["detail"]!.ToString(), char.IsControl));
        Assert.Contains(detail, answer["errors"]![0]!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_a_query_are_told_at_once()
    {
        var answer = await host.Admin.GetAsync("/actions?status=klar,done,slut&open=ja&colour=red&shape=round&limit=0&page=x&sort=x,title,-y&fields=z&dueWithin=1&dueAfter=x&updatedSince=x&measureNumber=x&missing=x");

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            [
                "colour unknownParameter", "dueAfter wrongType", "dueWithin wrongType", "fields unknownValue", "limit outOfRange", "measureNumber wrongType", "missing unknownValue",
                "open wrongType", "page outOfRange", "shape unknownParameter", "sort unknownValue", "sort unknownValue", "status unknownValue", "status unknownValue", "updatedSince wrongType",
            ],
            answer.Faults().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tag", 60)]
    [InlineData("owner", 60)]
    [InlineData("status", 60)]
    public async Task Fifty_alternatives_are_enough(string parameter, int count)
    {
        var value = parameter == "status" ? "done" : "x";

        var most = await host.Admin.GetAsync("/actions?" + string.Join('&', Enumerable.Repeat($"{parameter}={value}", 50)));
        var tooMany = await host.Admin.GetAsync("/actions?" + string.Join('&', Enumerable.Repeat($"{parameter}={value}", count)));

        Assert.Equal(200, most.Status);
        Assert.Equal([$"{parameter} tooMany"], tooMany.Faults());
    }

    [Theory]
    [InlineData("key", "Alfa Beta Gamma Delta Epsilon Zeta Eta Theta Iota")]
    [InlineData("-key", "Iota Theta Eta Zeta Epsilon Delta Gamma Beta Alfa")]
    [InlineData("number", "Alfa Zeta Beta Eta Gamma Theta Delta Iota Epsilon")]
    [InlineData("-number", "Epsilon Iota Delta Theta Gamma Eta Beta Zeta Alfa")]
    [InlineData("title", "Alfa Beta Delta Epsilon Eta Gamma Iota Theta Zeta")]
    [InlineData("-title", "Zeta Theta Iota Gamma Eta Epsilon Delta Beta Alfa")]
    [InlineData("status", "Zeta Alfa Theta Beta Gamma Delta Iota Epsilon Eta")]
    [InlineData("-status", "Eta Epsilon Iota Delta Gamma Beta Theta Alfa Zeta")]
    [InlineData("owner", "Epsilon Zeta Beta Alfa Theta Delta Iota Gamma Eta")]
    [InlineData("-owner", "Iota Delta Theta Alfa Beta Zeta Epsilon Eta Gamma")]
    [InlineData("focusArea", "Alfa Epsilon Delta Zeta Beta Gamma Eta Theta Iota")]
    [InlineData("-focusArea", "Zeta Delta Epsilon Alfa Iota Theta Eta Gamma Beta")]
    [InlineData("startDate", "Delta Beta Zeta Alfa Gamma Epsilon Eta Theta Iota")]
    [InlineData("-startDate", "Zeta Beta Delta Iota Theta Eta Epsilon Gamma Alfa")]
    [InlineData("dueDate", "Epsilon Iota Delta Alfa Beta Zeta Gamma Eta Theta")]
    [InlineData("-dueDate", "Zeta Beta Alfa Delta Iota Epsilon Theta Eta Gamma")]
    [InlineData("priority", "Delta Iota Beta Zeta Alfa Eta Gamma Epsilon Theta")]
    [InlineData("-priority", "Eta Alfa Zeta Beta Iota Delta Theta Epsilon Gamma")]
    [InlineData("createdAt", "Zeta Eta Theta Iota Alfa Beta Gamma Delta Epsilon")]
    [InlineData("-createdAt", "Epsilon Delta Gamma Beta Alfa Iota Theta Eta Zeta")]
    [InlineData("updatedAt", "Eta Theta Iota Alfa Beta Gamma Delta Epsilon Zeta")]
    [InlineData("-updatedAt", "Zeta Epsilon Delta Gamma Beta Alfa Iota Theta Eta")]
    [InlineData("priority,-title", "Iota Delta Zeta Beta Eta Alfa Theta Gamma Epsilon")]
    [InlineData("-priority,dueDate", "Alfa Eta Beta Zeta Iota Delta Epsilon Gamma Theta")]
    [InlineData("focusArea,%20-dueDate", "Alfa Epsilon Zeta Delta Beta Iota Theta Eta Gamma")]
    [InlineData("-number,title", "Epsilon Delta Iota Gamma Theta Beta Eta Alfa Zeta")]
    public async Task A_sort_orders(string sort, string titles)
    {
        Assert.Equal(titles, string.Join(' ', (await host.Admin.GetAsync($"/actions?sort={sort}")).Items("title")));
        // The same order when it is read two at a time, with a filter that changes nothing.
        var paged = new List<string?>();
        for (var page = 1; page <= 5; page++) paged.AddRange((await host.Admin.GetAsync($"/actions?sort={sort}&limit=2&page={page}&department=soc,vof")).Items("title"));
        Assert.Equal(titles, string.Join(' ', paged));
    }

    [Theory]
    [InlineData("title", "key title")]
    [InlineData("key", "key")]
    [InlineData("owner,title", "key title owner")]
    [InlineData("title&fields=dueDate,%20isOverdue", "key title dueDate isOverdue")]
    [InlineData("allowedStatuses,warnings,tags", "key tags allowedStatuses warnings")]
    [InlineData("version,_links", "key version _links")]
    [InlineData("title,title", "key title")]
    public async Task Fields_narrow_the_items(string fields, string properties)
    {
        var whole = (await host.Admin.GetAsync("/actions?sort=-dueDate&limit=3")).Must(200)["items"]!.AsArray();
        var narrow = (await host.Admin.GetAsync($"/actions?sort=-dueDate&limit=3&fields={fields}")).Must(200)["items"]!.AsArray();

        Assert.Equal(3, narrow.Count);
        foreach (var (all, some) in whole.Zip(narrow))
        {
            Assert.Equal(properties.Split(' '), some!.Properties());
            Assert.Equal(all!.Without([.. all!.Properties().Except(properties.Split(' '))]), some!.Without());
        }
    }
}
