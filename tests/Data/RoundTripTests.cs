using ActionPlan.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Data;

/// <summary>How often the service waits for PostgreSQL in one request.</summary>
public sealed class RoundTripTests
{
    [OnPostgres]
    public async Task A_single_read_and_a_list_of_50_are_one_round_trip_each_and_a_write_is_five()
    {
        await using var own = await ProxiedHost.StartAsync();
        // It looks for webhooks after each write, at the same time as the next request.
        await own.Host.Services.GetRequiredService<Dispatcher>().StopAsync(CancellationToken.None);
        for (var i = 0; i < 60; i++) (await own.PostAsync($"Åtgärd {i}")).Must(201);

        await MustBeAsync(["select"], () => own.Host.Admin.GetAsync("/actions/soc-2026-7"), 200);
        await MustBeAsync(["with"], () => own.Host.Admin.GetAsync("/plans/soc-2026/actions?limit=50&sort=-dueDate"), 200);
        await MustBeAsync(["with"], () => own.Host.Admin.GetAsync("/actions?limit=50&q=åtgärd"), 200);
        await MustBeAsync(["begin", "select", "insert", "insert", "update"], () => own.PostAsync("Ny"), 201);

        // What is asked of a key is believed for half a second, and its use is written once a minute: a request in whose
        // time that falls tells nothing.
        async Task MustBeAsync(string[] expected, Func<Task<Answer>> send, int status)
        {
            var seen = "";
            for (var attempt = 0; attempt < 100; attempt++)
            {
                var before = own.Proxy.Trips.Count;
                (await send()).Must(status);
                var trips = own.Proxy.Trips.Skip(before).ToList();
                seen = string.Join(", ", trips.Select(t => t.Trim().Split(' ', '\n')[0]));
                // The first uses find statements that are not prepared yet.
                if (attempt >= 10 && seen == string.Join(", ", expected)) return;
            }

            Assert.Fail($"Expected {string.Join(", ", expected)}; the last was {seen}");
        }
    }
}
