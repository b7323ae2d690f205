namespace ActionPlan.Tests.Support;

/// <summary>A test of what only PostgreSQL does.</summary>
public sealed class OnPostgresAttribute : FactAttribute
{
    /// <summary>With <paramref name="ownServer"/> the test starts a server of its own, to stop it.</summary>
    public OnPostgresAttribute(bool ownServer = false)
    {
        if (Postgres.Server is null) Skip = "POSTGRESQL names no server";
        else if (ownServer && PostgresCluster.Programs is null) Skip = "No server's programs under /usr/lib/postgresql";
    }
}
