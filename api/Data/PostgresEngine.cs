using System.Data.Common;
using Dapper;
using Npgsql;

namespace ActionPlan.Data;

/// <summary>PostgreSQL, for installations that outgrow one machine: several processes on one database.</summary>
public sealed class PostgresEngine : Engine
{
    /// <summary>The value of <c>Database__Engine</c>.</summary>
    public const string Name = "postgresql";

    // Any number that no other program on the same database uses.
    const long MigrationLock = 5_112_021;

    readonly NpgsqlDataSource source;

    /// <summary>Takes the completed connection string; opens nothing yet.</summary>
    public PostgresEngine(string connectionString)
    {
        source = NpgsqlDataSource.Create(connectionString);
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        Place = $"{address.Host}:{address.Port}/{address.Database ?? address.Username}".ToLowerInvariant();
    }

    /// <inheritdoc />
    public override string MigrationSuffix => "_postgres";

    /// <inheritdoc />
    public override string Begin => "begin transaction";

    /// <inheritdoc />
    public override string ForUpdate => " for update";

    /// <summary>The planner counts with the limit itself.</summary>
    public override string Through(string index) => "";

    /// <inheritdoc />
    public override string Snapshot => "begin transaction isolation level repeatable read";

    /// <inheritdoc />
    public override string AfterCopy => "select setval(pg_get_serial_sequence('action', 'id'), (select coalesce(max(id), 0) + 1 from action), false)";

    /// <inheritdoc />
    public override string Place { get; }

    /// <summary>Completes a connection string: statements in use are prepared, and a connection is not reset between requests.</summary>
    /// <exception cref="SettingException">The text is no connection string, or names no host.</exception>
    public static string Complete(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(builder.Host)) throw new SettingException("ConnectionStrings__ActionPlan", "must name a Host");

            // We leave nothing behind in a session that a reset would have to clear, and it would cost a round trip.
            builder.NoResetOnClose = true;
            if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 100;
            if (!builder.ContainsKey("Timeout")) builder.Timeout = 3;
            // Instants that become text, in an ETag, read the same in every process.
            builder.Timezone = "UTC";
            return builder.ToString();
        }
        catch (ArgumentException fault)
        {
            throw new SettingException("ConnectionStrings__ActionPlan", fault.Message);
        }
    }

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(bool create = false) => await source.OpenConnectionAsync();

    /// <inheritdoc />
    public override async ValueTask<DbConnection> RentAsync() => await source.OpenConnectionAsync();

    /// <inheritdoc />
    public override ValueTask ReturnAsync(DbConnection connection) => connection.DisposeAsync();

    /// <summary>The lock lasts as long as the connection.</summary>
    public override Task LockForMigrationAsync(DbConnection connection) =>
        connection.ExecuteAsync("select pg_advisory_lock(@MigrationLock)", new { MigrationLock });

    /// <summary>Npgsql cancels a running statement by itself.</summary>
    public override IDisposable? InterruptOn(DbConnection connection, CancellationToken aborted) => null;

    /// <inheritdoc />
    public override DatabaseFaultException? Fault(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } fault => new DatabaseFaultException(true, fault),
        // Classes: connection, resources, intervention (a restart), transaction (a deadlock, a replica); then a lock that did not come.
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['4', '0', ..] or ['2', '5', ..] or ['5', '5', ..] } fault
            when fault.SqlState != PostgresErrorCodes.QueryCanceled => new DatabaseFaultException(false, fault),
        PostgresException => null,
        NpgsqlException fault => new DatabaseFaultException(false, fault),
        // A connection that the server closed under a statement.
        ObjectDisposedException or InvalidOperationException { Source: "Npgsql" } => new DatabaseFaultException(false, exception),
        _ => null,
    };

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
