namespace ActionPlan.Tests.Imports;

public class LongImportTests(PlanHost host) : IClassFixture<PlanHost>
{
    [Fact]
    public async Task While_a_large_file_is_imported_reads_go_on_and_other_writes_are_made_or_told_to_come_again()
    {
        var plan = await host.PlanAsync();
        var importing = host.Admin.ImportAsync(plan, "Åtgärd\n" + string.Concat(Enumerable.Range(1, 6000).Select(i => $"Åtgärd {i}\n")));

        var (reads, written) = (0, 0);
        while (!importing.IsCompleted)
        {
            (await host.Admin.GetAsync("/plans/vof-2026/actions")).Must(200);
            var answer = await host.Admin.PostAsync("/plans/vof-2026/actions", new { title = "Under tiden" });
            if (answer.Status == 201) written++;
            else
            {
                answer.MustBeProblem(503);
                Assert.Contains("Retry-After", answer.Headers.Keys);
            }
            reads++;
        }

        Assert.Equal((6000, 0, 0), (await importing).Counts());
        Assert.True(reads > 0);
        Assert.Equal(written, (await host.Admin.GetAsync("/plans/vof-2026/actions?limit=1")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    [Fact]
    public async Task Of_two_files_imported_at_once_each_row_has_a_number_of_its_own()
    {
        var plan = await host.PlanAsync();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(file =>
            host.Admin.ImportAsync(plan, "Nr;Åtgärd\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"{file}-{i};Åtgärd {i}\n")))));

        Assert.All(both, answer => Assert.Equal((300, 0, 0), answer.Counts()));
        Assert.Equal(Enumerable.Range(1, 600).Select(number => $"{plan}-{number}"), (await host.Admin.GetAsync($"/plans/{plan}/actions?limit=1000")).Items("key"));
    }
}
