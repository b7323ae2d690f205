using System.Data.Common;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>A service for one test that reaches PostgreSQL through a <see cref="PostgresProxy"/>, with the plans of <see cref="PlanHost"/>.</summary>
public sealed class ProxiedHost : IAsyncDisposable
{
    readonly string database = Postgres.Create();

    ProxiedHost(string options)
    {
        Proxy = new PostgresProxy(database);
        Host = new PlanHostAt($"{Proxy.ConnectionString};{options}");
        Behind = new NpgsqlConnection(database + ";Pooling=false;Timezone=UTC");
    }

    public PostgresProxy Proxy { get; }

    public ApiHost Host { get; }

    /// <summary>A connection past the proxy.</summary>
    public DbConnection Behind { get; }

    /// <summary>Starts it, with <paramref name="options"/> of the connection string.</summary>
    public static async Task<ProxiedHost> StartAsync(string options = "")
    {
        var proxied = new ProxiedHost(options);
        await proxied.Host.InitializeAsync();
        await proxied.Behind.OpenAsync();
        return proxied;
    }

    /// <summary>A new action.</summary>
    public Task<Answer> PostAsync(string title) => Host.Admin.PostAsync("/plans/soc-2026/actions", new { title });

    /// <summary>A single number.</summary>
    public long Number(string sql) => (long)Behind.Rows(sql).Single()[0]!;

    /// <summary>How many statements of the service's wait for a lock.</summary>
    public long Waiting => Number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    /// <summary>Checks that these actions are stored, each once and with its changes, and nothing else.</summary>
    public void MustHold(params string[] titles)
    {
        Assert.Equal(titles.Order(StringComparer.Ordinal), Behind.Rows("select title from action").Select(r => (string)r[0]!).Order(StringComparer.Ordinal));
        Assert.Equal(Number("select number from change_clock"), Number("select count(*) from change"));
        Assert.Equal(Number("select sum(version)::bigint from action"), Number("select count(*) from change where resource = 'action'"));
    }

    public async ValueTask DisposeAsync()
    {
        await Behind.DisposeAsync();
        await Host.DisposeAsync();
        await Proxy.DisposeAsync();
        Postgres.Drop(database);
    }

    sealed class PlanHostAt(string connectionString) : PlanHost(("Database:Engine", "postgresql"), ("ConnectionStrings:ActionPlan", connectionString));
}
