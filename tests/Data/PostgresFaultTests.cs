using System.Globalization;
using ActionPlan.Data;
using Npgsql;

namespace ActionPlan.Tests.Data;

/// <summary>What goes wrong in PostgreSQL, or on the way there, is a 503 that says when to come back, within a bound.</summary>
public class PostgresFaultTests
{
    const string Impatient = "Timeout=1;Command Timeout=1;Cancellation Timeout=500";

    [OnPostgres]
    public async Task Reads_that_wait_too_long_and_those_that_find_no_connection_left_are_503()
    {
        await using var own = await ProxiedHost.StartAsync($"{Impatient};Maximum Pool Size=4");
        own.Behind.Rows("begin; lock table action in access exclusive mode");

        await MustBe503Async(Enumerable.Range(0, 12).Select(_ => own.Host.Admin.GetAsync("/actions")));

        own.Behind.Rows("rollback");
        (await own.Host.Admin.GetAsync("/actions")).Must(200);
    }

    [OnPostgres]
    public async Task A_network_that_swallows_everything_is_503_and_heals()
    {
        await using var own = await ProxiedHost.StartAsync(Impatient);
        own.Proxy.IsSilent = true;

        await MustBe503Async([
            own.Host.Admin.GetAsync("/actions"), own.Host.Admin.GetAsync("/plans/soc-2026"), own.PostAsync("Borta"),
            own.Host.Anonymous.GetAsync("//readyz"), own.Host.With(ActionPlan.ApiKeys.Secret.Create()).GetAsync("/plans"),
        ]);

        own.Proxy.IsSilent = false;
        await Eventually.HoldsAsync(async () => (await own.Host.Anonymous.GetAsync("//readyz")).Status == 200, "ready again");
        (await own.PostAsync("Tillbaka")).Must(201);
        own.MustHold("Tillbaka");
    }

    [OnPostgres]
    public async Task A_deadlock_and_whatever_else_the_server_ends_a_statement_with_is_503_and_stores_nothing()
    {
        await using var own = await ProxiedHost.StartAsync();
        own.Behind.Rows("create table fault (state text); insert into fault values ('00000')");
        own.Behind.Rows("""
            create function fail() returns trigger language plpgsql as $$
            begin
                execute format('do $do$ begin raise exception using message = ''on purpose'', errcode = %L; end $do$', (select state from fault));
            end $$;
            create trigger fault before insert on action for each row execute function fail()
            """);

        // Deadlock, serialization, cancelled by an administrator, I/O error, damaged page, out of memory, a plan overtaken by a migration.
        foreach (var state in (string[])["40P01", "40001", "57014", "58030", "XX001", "53200", "0A000"])
        {
            own.Behind.Rows($"update fault set state = '{state}'");
            await MustBe503Async([own.PostAsync("Dödläge")]);
        }

        own.Behind.Rows("update fault set state = '53100'");
        (await own.PostAsync("Full disk")).MustBeProblem(507, "disk-full");
        own.Behind.Rows("drop trigger fault on action");
        (await own.PostAsync("Efter")).Must(201);
        own.MustHold("Efter");
    }

    [OnPostgres]
    public async Task A_deadlock_with_another_program_ends_in_one_answer_or_the_other()
    {
        await using var own = await ProxiedHost.StartAsync();
        (await own.PostAsync("Omstridd")).Must(201);
        own.Behind.Rows("begin; update action set priority = 'high'");
        var writing = own.Host.Admin.PatchAsync("/actions/soc-2026-1", new { title = "Ändrad" });
        using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own.Proxy.ConnectionString) { Pooling = false }.ToString());
        await other.OpenAsync();
        while ((long)other.Rows("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").Single()[0]! == 0) await Task.Delay(20);

        var hasWon = true;
        try
        {
            own.Behind.Rows("select number from change_clock for update; commit");
        }
        catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            hasWon = false;
            own.Behind.Rows("rollback");
        }

        if (hasWon) (await writing).MustBeProblem(503, "unavailable");
        else (await writing).Must(200);
        Assert.Equal(hasWon ? "Omstridd" : "Ändrad", (await own.Host.Admin.GetAsync("/actions/soc-2026-1")).Must(200)["title"]!.ToString());
    }

    [OnPostgres]
    public async Task A_start_that_finds_a_table_locked_gives_up_and_stores_nothing()
    {
        var database = Postgres.Create();
        await using (var holder = new NpgsqlConnection(database + ";Pooling=false"))
        {
            await holder.OpenAsync();
            holder.Rows("create table migration (name text primary key not null, digest text not null, applied_at timestamptz not null)");
            holder.Rows("begin; lock table migration in access exclusive mode");
            await using var starting = new Database(Settings.For("postgresql", PostgresEngine.Complete(database)), TimeProvider.System);

            var fault = await Assert.ThrowsAsync<PostgresException>(() => Migrations.ApplyAsync(starting, TimeProvider.System).WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(PostgresErrorCodes.LockNotAvailable, fault.SqlState);
            holder.Rows("rollback");

            // Nothing of the first try is in the way of the next.
            await Migrations.ApplyAsync(starting, TimeProvider.System).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.NotEmpty(holder.Rows("select name from migration"));
        }

        Postgres.Drop(database);
    }

    static async Task MustBe503Async(IEnumerable<Task<Answer>> answers)
    {
        foreach (var answer in await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(30)))
        {
            answer.MustBeProblem(503, "unavailable");
            Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        }
    }
}
