using System.Text;

namespace ActionPlan.Tests.Imports;

public class ImportPlanTests(PlanHost host) : IClassFixture<PlanHost>
{
    const string Sheet = "Plan för jouren;;\n;;\nÅtgärd;Frågeområde;Klart senast\nSe över schemat;Hälsa & stress;hösten\nAnställ två;Bemanning;2027-03-31\n";

    [Fact]
    public async Task A_whole_plan_is_made_from_one_file_with_its_areas_in_their_order()
    {
        var key = Given.Key("n");

        var answer = await SendAsync($"department=soc&key={key}&periodStart=2027-01-01&periodEnd=2027-12-31", Encoding.UTF8.GetBytes(Sheet));

        Assert.Equal((2, 0, 0), answer.Counts());
        Assert.Equal((key, "halsa-stress bemanning"), (answer["plan"]!.ToString(), string.Join(' ', answer["focusAreas"]!.AsArray())));
        var plan = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);
        Assert.Equal(("Plan för jouren", "soc", "2027-01-01", "draft"), (plan["title"]!.ToString(), plan["department"]!.ToString(), plan["periodStart"]!.ToString(), plan["status"]!.ToString()));
        Assert.Equal(["Hälsa & stress", "Bemanning"], (await host.Admin.GetAsync($"/plans/{key}/focus-areas")).Items("title"));
        Assert.Equal(["Se över schemat|halsa-stress|2027-11-30", "Anställ två|bemanning|2027-03-31"], await host.LinesAsync(key, "title", "focusArea", "dueDate"));
    }

    [Fact]
    public async Task What_the_query_is_silent_about_the_sheet_with_the_plans_facts_tells()
    {
        var key = Given.Key("n");
        var workbook = new XlsxBuilder()
            .Sheet("Åtgärder", ["Nyckel", "Åtgärd", "Status"], ["annan-1", "Ur en annan plan", "Genomförd"])
            .Sheet("Plan", ["Fält", "Värde"], ["key", key], ["department", "soc"], ["title", "Som den var"], ["periodStart", new XlsxBuilder.Day("2026-01-01")], ["periodEnd", "2026-12-31"],
                ["status", "adopted"], ["registryNumber", "SN 1"], ["background", "Varför"]);

        var answer = await host.Admin.SendFileAsync("/imports?title=Ny titel", workbook.ToArray(), Files.Xlsx);

        Assert.Equal((1, 0, 0), answer.Counts());
        Assert.Equal("ignored", answer["columns"]![0]!["use"]!.ToString());
        var plan = (await host.Admin.GetAsync($"/plans/{key}")).Must(200);
        Assert.Equal("Ny titel|2026-01-01|2026-12-31|adopted|SN 1|Varför", string.Join('|', new[] { "title", "periodStart", "periodEnd", "status", "registryNumber", "background" }.Select(name => plan[name])));
        (await host.Admin.SendFileAsync("/imports", workbook.ToArray(), Files.Xlsx)).MustBeProblem(409, "key-taken");
    }

    [Theory]
    [InlineData("excel")]
    [InlineData("rfc4180")]
    public async Task An_exported_workbook_alone_makes_the_plan_again(string dialect)
    {
        var (key, copy) = (Given.Key("n"), Given.Key("n"));
        (await host.Admin.PostAsync("/plans", new { key, department = "soc", title = "Plan", periodStart = "2026-01-01", periodEnd = "2027-12-31", status = "adopted", registryNumber = "SN 1", background = "Varför" })).Must(201);
        await host.ActionAsync(key, new { title = "Mentor", deadline = "hösten 2026" });
        var workbook = (await host.Admin.GetAsync($"/plans/{key}/actions?format=xlsx&dialect={dialect}")).Bytes;

        Assert.Equal((1, 0, 0), (await host.Admin.SendFileAsync($"/imports?key={copy}", workbook, Files.Xlsx)).Counts());

        string[] facts = ["title", "department", "periodStart", "periodEnd", "status", "registryNumber", "background"];
        var (plan, made) = ((await host.Admin.GetAsync($"/plans/{key}")).Must(200), (await host.Admin.GetAsync($"/plans/{copy}")).Must(200));
        Assert.Equal(facts.Select(fact => $"{plan[fact]}"), facts.Select(fact => $"{made[fact]}"));
        Assert.Equal(await host.LinesAsync(key, "title", "deadline", "dueDate"), await host.LinesAsync(copy, "title", "deadline", "dueDate"));
    }

    [Fact]
    public async Task A_dry_run_makes_no_plan_and_neither_does_a_file_with_a_fault()
    {
        var key = Given.Key("n");
        var before = await host.ChangesAsync();

        Assert.Equal((2, 0, 0), (await SendAsync($"department=soc&key={key}&dryRun=true", Encoding.UTF8.GetBytes(Sheet))).Counts());
        Assert.Equal(["4 Frågeområde focusAreaMissing", "5 Frågeområde focusAreaMissing"], (await SendAsync($"department=soc&key={key}&createFocusAreas=false", Encoding.UTF8.GetBytes(Sheet))).RowFaults());

        Assert.Equal(before, await host.ChangesAsync());
        (await host.Admin.GetAsync($"/plans/{key}")).MustBeProblem(404);
    }

    [Theory]
    [InlineData("", "department required", "periodStart keyNeedsPeriod")]
    [InlineData("department=soc", "periodStart keyNeedsPeriod")]
    [InlineData("department=soc&key=Fel%20Nyckel", "key invalidKey")]
    [InlineData("department=finns-inte&key=x1", "department unknownDepartment")]
    [InlineData("department=soc&periodStart=2027-12-31&periodEnd=2027-01-01", "periodStart periodReversed")]
    [InlineData("department=soc&key=x1&periodEnd=snart", "periodEnd wrongType")]
    [InlineData("department=soc&key=x1&plan=soc-2026", "plan unknownParameter")]
    public async Task What_is_wrong_with_the_plan_is_told_by_parameter(string query, params string[] faults)
    {
        var answer = await SendAsync(query, Encoding.UTF8.GetBytes(Sheet));

        answer.MustBeProblem(400, "invalid-input");
        Assert.Equal(faults, answer.Faults());
    }

    [Fact]
    public async Task A_plan_that_was_deleted_is_made_again_and_no_number_of_it_is_given_twice()
    {
        var key = Given.Key("n");
        Assert.Equal((2, 0, 0), (await SendAsync($"department=soc&key={key}", Encoding.UTF8.GetBytes(Sheet))).Counts());
        (await host.Admin.DeleteAsync($"/plans/{key}?withContent=true")).Must(204);

        Assert.Equal((2, 0, 0), (await SendAsync($"department=soc&key={key}", Encoding.UTF8.GetBytes(Sheet))).Counts());

        Assert.Equal([$"{key}-3", $"{key}-4"], await host.LinesAsync(key, "key"));
    }

    [Fact]
    public async Task A_bound_key_makes_plans_in_its_own_department_alone()
    {
        var (own, key) = (await host.WithNewKeyAsync("editor", "vof"), Given.Key("n"));

        Assert.Equal((2, 0, 0), (await own.SendFileAsync($"/imports?key={key}", Encoding.UTF8.GetBytes(Sheet), "text/csv")).Counts());
        Assert.Equal("vof", (await host.Admin.GetAsync($"/plans/{key}")).Must(200)["department"]!.ToString());
        (await own.SendFileAsync("/imports?department=soc&key=x2", Encoding.UTF8.GetBytes(Sheet), "text/csv")).MustBeProblem(400);
    }

    Task<Answer> SendAsync(string query, byte[] csv) => host.Admin.SendFileAsync("/imports?" + query, csv, "text/csv");
}
