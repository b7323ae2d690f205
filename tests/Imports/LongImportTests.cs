using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Imports;

public class LongImportTests(LongImportTests.HastyHost host) : IClassFixture<LongImportTests.HastyHost>
{
    [Fact]
    public async Task While_a_large_file_is_imported_reads_go_on_and_other_writes_are_made_or_told_to_come_again()
    {
        var plan = await host.PlanAsync();
        var importing = host.Admin.ImportAsync(plan, "Åtgärd\n" + string.Concat(Enumerable.Range(1, 4000).Select(i => $"Åtgärd {i}\n")));

        var (told, written) = (0, 0);
        while (!importing.IsCompleted)
        {
            (await host.Admin.GetAsync("/plans/vof-2026/actions")).Must(200);
            var answer = await host.Admin.PostAsync("/plans/vof-2026/actions", new { title = "Under tiden" });
            if (answer.Status == 201) written++;
            else
            {
                answer.MustBeProblem(503);
                Assert.Contains("Retry-After", answer.Headers.Keys);
                told++;
            }
        }

        Assert.Equal((4000, 0, 0), (await importing).Counts());
        Assert.True(told > 0);
        Assert.Equal(written, (await host.Admin.GetAsync("/plans/vof-2026/actions?limit=1")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
    }

    /// <summary>The service, with the four seconds that a write waits for a long one cut to a moment, so that none is long enough to wait for.</summary>
    public sealed class HastyHost : PlanHost
    {
        protected override void Replace(IServiceCollection services) => services.AddSingleton<TimeProvider>(new HastyClock());
    }

    sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(4) ? TimeSpan.FromMilliseconds(10) : dueTime, period);
    }
}
