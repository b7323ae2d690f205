namespace ActionPlan.Tests.FollowUps;

public class ListEvaluationsTests(ListEvaluationsTests.PlannedHost host) : IClassFixture<ListEvaluationsTests.PlannedHost>
{
    /// <summary>
    /// It is 1 April 2026. Planned are Alfa (late), Beta (done, today, once evaluated too early) and Delta (vof, in a month); Gamma has
    /// been evaluated, Epsilon was rejected and Zeta has no plan. Zeta was evaluated all the same.
    /// </summary>
    public sealed class PlannedHost : PlanHost
    {
        public Api Vof { get; private set; } = null!;

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            Clock.StopAt("2026-04-01T08:00:00Z");
            await this.ActionAsync("soc-2026", new { title = "Alfa", owner = "HR", evaluationResponsible = "Utvecklaren", evaluationDueDate = "2026-03-01", evaluationSupport = "Högskolan" });
            await this.ActionAsync("soc-2026", new { title = "Beta", status = "done", owner = "Ekonomi", evaluationDueDate = "2026-04-01" });
            await this.ActionAsync("soc-2026", new { title = "Gamma", evaluationDueDate = "2026-03-15" });
            await this.ActionAsync("soc-2026", new { title = "Epsilon", status = "rejected", statusReason = "Nej", evaluationDueDate = "2026-03-15" });
            await this.ActionAsync("soc-2026", new { title = "Zeta" });
            await this.ActionAsync("vof-2026", new { title = "Delta", owner = "hr", evaluationDueDate = "2026-05-01" });
            await this.FollowUpAsync("soc-2026-1", new { note = "Ingen utvärdering", kind = "check", effect = "improved" });
            await this.FollowUpAsync("soc-2026-2", new { note = "B", date = "2026-03-02", kind = "evaluation", effect = "tooEarly" });
            await this.FollowUpAsync("soc-2026-3", new { note = "C", date = "2026-03-03", kind = "evaluation", effect = "improved", author = "Utvecklaren" });
            await this.FollowUpAsync("soc-2026-5", new { note = "Z", date = "2026-03-01", kind = "evaluation" });
            Vof = await WithNewKeyAsync("reader", "vof");
        }
    }

    [Theory]
    [InlineData("", "C B Z")]
    [InlineData("plan=soc-2026", "C B Z")]
    [InlineData("department=vof", "")]
    [InlineData("owner=ekonomi", "B")]
    [InlineData("limit=1&page=2", "B")]
    public async Task Of_those_that_were_made_the_latest_comes_first(string query, string notes)
    {
        Assert.Equal(notes, string.Join(' ', (await host.Admin.GetAsync($"/evaluations?{query}")).Items("note")));
    }

    [Theory]
    [InlineData("due=0d", "Alfa Beta")]
    [InlineData("due=29d", "Alfa Beta")]
    [InlineData("due=30d", "Alfa Beta Delta")]
    [InlineData("due=1m&plan=vof-2026", "Delta")]
    [InlineData("due=1m&department=soc", "Alfa Beta")]
    [InlineData("due=1m&owner=HR", "Alfa Delta")]
    public async Task Of_those_that_are_planned_the_most_urgent_comes_first(string query, string titles)
    {
        var answer = await host.Admin.GetAsync($"/evaluations?{query}");

        Assert.Equal(titles, string.Join(' ', answer.Items("title")));
        Assert.Equal(answer.Items("title").Count(), answer["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task One_says_who_documents_it_when_and_with_what_support()
    {
        var planned = (await host.Admin.GetAsync("/evaluations?due=0d&limit=1")).Must(200)["items"]![0]!;
        var made = (await host.Admin.GetAsync("/evaluations?limit=1")).Must(200)["items"]![0]!;

        Assert.Equal(Body.Spelled(
            """
            {
              "id": null, "action": "soc-2026-1", "plan": "soc-2026", "title": "Alfa", "owner": "HR", "evaluationResponsible": "Utvecklaren",
              "evaluationDueDate": "2026-03-01", "evaluationSupport": "Högskolan", "date": null, "note": null, "author": null, "effect": null, "createdAt": null
            }
            """), planned.Without("_links"));
        Assert.Equal(["create POST", "up GET"], planned.Links());
        Assert.Equal("soc-2026-3 Gamma 2026-03-03 C Utvecklaren improved 2026-03-15", string.Join(' ', new[] { "action", "title", "date", "note", "author", "effect", "evaluationDueDate" }.Select(p => made[p])));
        Assert.Equal($"{host.Address}action-plan/v1/actions/soc-2026-3/follow-ups/{made["id"]}", made.Link("self"));
    }

    [Fact]
    public async Task A_key_bound_to_a_department_sees_its_own_alone()
    {
        Assert.Empty((await host.Vof.GetAsync("/evaluations")).Items("note"));
        var due = await host.Vof.GetAsync("/evaluations?due=1m");
        Assert.Equal(["Delta"], due.Items("title"));
        Assert.Equal(1, due["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Empty((await host.Vof.GetAsync("/evaluations?due=1m&department=soc")).Items("title"));
    }

    [Theory]
    [InlineData("due=x", "due wrongType")]
    [InlineData("effect=improved", "effect unknownParameter")]
    [InlineData("due=1d&due=1d", "due repeatedParameter")]
    public async Task A_faulty_parameter_is_told(string query, string faults)
    {
        var answer = await host.Admin.GetAsync($"/evaluations?{query}");

        answer.MustBeProblem(400);
        Assert.Equal(faults, string.Join(", ", answer.Faults()));
    }
}
