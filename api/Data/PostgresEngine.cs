using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace ActionPlan.Data;

/// <summary>PostgreSQL, for installations that outgrow one machine: several processes on one database.</summary>
public sealed class PostgresEngine : Engine
{
    /// <summary>The value of <c>Database__Engine</c>.</summary>
    public const string Name = "postgresql";

    // Any number that no other program on the same database uses.
    const long StartLock = 5_112_021, WorkLock = 5_112_022;

    readonly NpgsqlDataSource source;
    // For connections of their own: what goes back to a pool keeps its session, and so its locks.
    readonly string unpooled;
    NpgsqlConnection? leading;
    bool leads;

    /// <summary>Takes the completed connection string; opens nothing yet.</summary>
    public PostgresEngine(string connectionString)
    {
        source = NpgsqlDataSource.Create(connectionString);
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        Place = $"{address.Host}:{address.Port}/{address.Database ?? address.Username}".ToLowerInvariant();
        unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
    }

    /// <inheritdoc />
    public override string MigrationSuffix => "_postgres";

    /// <inheritdoc />
    public override string Begin => "begin transaction";

    /// <summary>A process that stands still in the middle of a write, or is cut off, loses its turn: all others wait for it.</summary>
    public override string BeginBriefly => "begin transaction; set local lock_timeout = '4s'; set local idle_in_transaction_session_timeout = '10s'";

    /// <inheritdoc />
    public override string ForUpdate => " for update";

    /// <summary>The planner counts with the limit itself.</summary>
    public override string Through(string index) => "";

    /// <inheritdoc />
    public override string Snapshot => "begin transaction isolation level repeatable read";

    /// <inheritdoc />
    public override string SnapshotEnd => "rollback transaction";

    /// <summary>Nothing: the server looks after itself.</summary>
    public override string AfterLong => "select 1";

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
            // A client is to be told within some ten seconds, whatever the server or the network does.
            if (!builder.ShouldSerialize("Timeout")) builder.Timeout = 3;
            if (!builder.ShouldSerialize("Command Timeout")) builder.CommandTimeout = 8;
            if (!builder.ShouldSerialize("Cancellation Timeout")) builder.CancellationTimeout = 1000;
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
    public override async Task<DbConnection> OpenAsync(bool create = false)
    {
        if (!create) return await RentAsync();

        // Migrations and copies may take as long as they need.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(unpooled) { CommandTimeout = 0 }.ToString());
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<DbConnection> RentAsync()
    {
        try
        {
            return await source.OpenConnectionAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Nobody cancels this: it is a time limit of the library's own, or what it did not wrap.
            throw new NpgsqlException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public override ValueTask ReturnAsync(DbConnection connection) => connection.DisposeAsync();

    /// <inheritdoc />
    public override async Task InsertAsync(DbConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        await using var import = await ((NpgsqlConnection)connection).BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)");
        foreach (var row in rows)
        {
            await import.StartRowAsync();
            foreach (var value in row)
                await (value switch
                {
                    null => import.WriteNullAsync(),
                    string text => import.WriteAsync(text, NpgsqlDbType.Text),
                    int number => import.WriteAsync(number, NpgsqlDbType.Integer),
                    long number => import.WriteAsync(number, NpgsqlDbType.Bigint),
                    bool flag => import.WriteAsync(flag, NpgsqlDbType.Boolean),
                    DateOnly day => import.WriteAsync(day, NpgsqlDbType.Date),
                    DateTimeOffset instant => import.WriteAsync(instant.UtcDateTime, NpgsqlDbType.TimestampTz),
                    Guid id => import.WriteAsync(id, NpgsqlDbType.Uuid),
                    _ => throw new ArgumentException($"no column takes a {value.GetType()}", nameof(rows)),
                });
        }

        await import.CompleteAsync();
    }

    /// <summary>Another that starts may take long; a table that someone else holds is not waited for, since all requests would wait behind.</summary>
    public override Task LockForStartAsync(DbConnection connection) =>
        connection.ExecuteAsync("select pg_advisory_lock(@StartLock); set lock_timeout = '4s'", new { StartLock });

    /// <summary>The lock lasts as long as a connection that is used for nothing else; asking on it tells whether it still stands.</summary>
    public override async Task<bool> LeadsAsync()
    {
        try
        {
            if (leading is null)
            {
                leading = new NpgsqlConnection(unpooled);
                await leading.OpenAsync();
            }

            return leads = await leading.ExecuteScalarAsync<bool>(leads ? "select true" : "select pg_try_advisory_lock(@WorkLock)", new { WorkLock });
        }
        catch
        {
            leads = false;
            if (leading is not null) await leading.DisposeAsync();
            leading = null;
            throw;
        }
    }

    /// <summary>Npgsql cancels a running statement by itself.</summary>
    public override IDisposable? InterruptOn(DbConnection connection, CancellationToken aborted) => null;

    /// <inheritdoc />
    public override DatabaseFaultException? Fault(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } fault => new DatabaseFaultException(true, fault),
        PostgresException fault => IsOfTheServer(fault.SqlState) ? new DatabaseFaultException(false, fault) : null,
        NpgsqlException or TimeoutException or SocketException or IOException and not BadHttpRequestException => new DatabaseFaultException(false, exception),
        // A connection that the server closed under a statement.
        ObjectDisposedException or InvalidOperationException { Source: "Npgsql" } => new DatabaseFaultException(false, exception),
        _ => null,
    };

    /// <inheritdoc />
    public override Utf8Row Utf8(DbDataReader reader) => new Row((NpgsqlDataReader)reader);

    // By the first two characters, the class. A statement that a client cancelled is another exception; here it was an
    // administrator, or a limit. A prepared statement that no longer fits (0A) is one that a migration has overtaken.
    static bool IsOfTheServer(string state) => state[..2] is
        "08" // connection
        or "28" or "3D" // a password or a name that has been changed
        or "53" or "54" or "57" or "58" or "XX" // resources, limits, intervention such as a restart, disk, damage
        or "25" or "40" or "55" // a transaction that was ended, a deadlock, a lock that did not come
        or "0A";

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (leading is not null) await leading.DisposeAsync();
        await source.DisposeAsync();
    }

    sealed class Row(NpgsqlDataReader reader) : Utf8Row
    {
        readonly Type[] types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
        byte[] buffer = new byte[1024];

        public override ReadOnlySpan<byte> this[int column] => reader.IsDBNull(column) ? default : types[column] switch
        {
            var type when type == typeof(string) => Text(column),
            var type when type == typeof(DateOnly) => Written(reader.GetFieldValue<DateOnly>(column), "yyyy-MM-dd"),
            var type when type == typeof(DateTime) => Written(reader.GetDateTime(column), "yyyy-MM-ddTHH:mm:ss.fffZ"),
            var type when type == typeof(bool) => reader.GetBoolean(column) ? "1"u8 : "0"u8,
            _ => Written(reader.GetInt32(column), default),
        };

        // What is sent is UTF-8 already.
        ReadOnlySpan<byte> Text(int column)
        {
            var length = (int)reader.GetBytes(column, 0, null, 0, 0);
            if (length > buffer.Length) buffer = new byte[2 * length];
            reader.GetBytes(column, 0, buffer, 0, length);
            return buffer.AsSpan(0, length);
        }

        ReadOnlySpan<byte> Written<T>(T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
        {
            value.TryFormat(buffer, out var length, format, CultureInfo.InvariantCulture);
            return buffer.AsSpan(0, length);
        }
    }
}
