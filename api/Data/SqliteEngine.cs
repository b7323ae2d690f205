using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Data;

/// <summary>The embedded default: one file beside the program.</summary>
public sealed class SqliteEngine(string connectionString) : Engine
{
    // More than enough for the cores of one machine; a burst opens more and closes them again.
    const int KeptOpen = 16;

    static readonly CompareInfo Swedish = CultureInfo.GetCultureInfo("sv-SE").CompareInfo;

    readonly ConcurrentBag<DbConnection> idle = [];
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    FileStream? leading;

    /// <inheritdoc />
    public override string MigrationSuffix => "_sqlite";

    /// <inheritdoc />
    public override string Begin => "begin immediate";

    /// <summary>The busy timeout is short already, and a process that is gone holds nothing.</summary>
    public override string BeginBriefly => Begin;

    /// <inheritdoc />
    public override string ForUpdate => "";

    /// <summary>SQLite has no notion that a page is soon full, and would sort all rows instead.</summary>
    public override string Through(string index) => $"indexed by {index}";

    /// <summary>
    /// What is read whole may have to be sorted whole, which takes half a gigabyte of a million rows: in a file, not in
    /// memory, where all else is sorted so that reading works on a full disk.
    /// </summary>
    public override string Snapshot => "pragma temp_store = file; begin transaction";

    /// <inheritdoc />
    public override string SnapshotEnd => "rollback transaction; pragma temp_store = memory";

    /// <summary>Brings the log into the file, which <see cref="InsertAsync"/> has kept the commit from doing.</summary>
    public override string AfterLong => "pragma wal_checkpoint(passive)";

    /// <inheritdoc />
    public override string AfterCopy => "select 1";

    /// <inheritdoc />
    public override string Place => new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <summary>Completes a connection string: a relative file lies in <paramref name="folder"/>, no pool but ours.</summary>
    /// <exception cref="SettingException">The text is no connection string, or names no file.</exception>
    public static string Complete(string connectionString, string folder)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException fault)
        {
            throw new SettingException("ConnectionStrings__ActionPlan", fault.Message);
        }

        if (Path.GetFileName(builder.DataSource).Length == 0 || builder.DataSource.StartsWith(':') || builder.Mode == SqliteOpenMode.Memory)
            throw new SettingException("ConnectionStrings__ActionPlan", "Data Source must name a file");

        builder.DataSource = Path.GetFullPath(builder.DataSource, folder);
        builder.Pooling = false;
        builder.ForeignKeys = true;
        builder.DefaultTimeout = 1;
        return builder.ToString();
    }

    /// <summary>Makes the folder of the file.</summary>
    public static void CreateFolder(string connectionString) =>
        Directory.CreateDirectory(Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!);

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(bool create = false)
    {
        var connection = new PreparedConnection(create ? connectionString : connectionString + ";Mode=ReadWrite");
        try
        {
            connection.CreateCollation("swedish", Compare);
            connection.Open();
            // FULL: with NORMAL a power cut loses writes that were acknowledged.
            await connection.ExecuteAsync("pragma busy_timeout = 2000; pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<DbConnection> RentAsync() => idle.TryTake(out var connection) ? connection : await OpenAsync();

    /// <inheritdoc />
    public override ValueTask ReturnAsync(DbConnection connection)
    {
        if (idle.Count >= KeptOpen) return connection.DisposeAsync();
        idle.Add(connection);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// By way of a table in memory. A full-text index writes what it has gathered whenever a statement begins, so that a
    /// statement for each row costs it three times as much as one for all.
    /// </summary>
    public override async Task InsertAsync(DbConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns);
        // Room for the index pages that each chunk of a long transaction comes back to; else they go to the log every time.
        await connection.ExecuteAsync($"pragma cache_size = -32768; pragma wal_autocheckpoint = 0; create temp table if not exists new_{table} as select {names} from {table} limit 0");
        // Past the library, which looks up the name of every parameter for every row.
        var database = ((SqliteConnection)connection).Handle!;
        SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_prepare_v2(database, $"insert into new_{table} values ({string.Join(", ", columns.Select(_ => "?"))})", out var insert), database);
        using (insert)
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++) SqliteException.ThrowExceptionForRC(Bind(insert, i + 1, row[i]), database);
                SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_step(insert), database);
                SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_reset(insert), database);
            }

        await connection.ExecuteAsync($"insert into {table} ({names}) select {names} from new_{table} order by rowid; delete from new_{table}");
    }

    static int Bind(SQLitePCL.sqlite3_stmt statement, int column, object? value) => value switch
    {
        null => SQLitePCL.raw.sqlite3_bind_null(statement, column),
        string text => SQLitePCL.raw.sqlite3_bind_text(statement, column, text),
        bool answer => SQLitePCL.raw.sqlite3_bind_int(statement, column, answer ? 1 : 0),
        int number => SQLitePCL.raw.sqlite3_bind_int(statement, column, number),
        long number => SQLitePCL.raw.sqlite3_bind_int64(statement, column, number),
        DateOnly day => SQLitePCL.raw.sqlite3_bind_text(statement, column, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTimeOffset instant => SQLitePCL.raw.sqlite3_bind_text(statement, column, Http.Json.Instant(instant)),
        Guid id => SQLitePCL.raw.sqlite3_bind_text(statement, column, id.ToString()),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>A file beside the database, held open until the connection closes: who starts later waits, however long the first one works.</summary>
    public override async Task LockForStartAsync(DbConnection connection)
    {
        var path = Place + "-start";
        while (true)
        {
            try
            {
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
                connection.Disposed += (_, _) => held.Dispose();
                return;
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Again);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It cannot be made: then nothing can be written either, which the first write tells.
                return;
            }
        }
    }

    /// <summary>A file beside the database that one process alone holds open; the system closes it when the process ends.</summary>
    public override Task<bool> LeadsAsync()
    {
        try
        {
            leading ??= new FileStream(Place + "-worker", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another holds it, or there is no room for it: then nothing could be written either.
        }

        return Task.FromResult(leading is not null);
    }

    /// <summary>Microsoft.Data.Sqlite looks at a token only before a statement; a running one stops on interrupt alone.</summary>
    public override IDisposable? InterruptOn(DbConnection connection, CancellationToken aborted)
    {
        if (!aborted.CanBeCanceled) return null;
        var handle = ((SqliteConnection)connection).Handle;
        return aborted.UnsafeRegister(_ => SQLitePCL.raw.sqlite3_interrupt(handle), null);
    }

    /// <inheritdoc />
    public override DatabaseFaultException? Fault(Exception exception) => exception is not SqliteException fault
        ? null
        : fault.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_FULL => new DatabaseFaultException(true, fault),
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_NOMEM
                or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT
                or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_PROTOCOL
                => new DatabaseFaultException(false, fault),
            _ => null,
        };

    /// <inheritdoc />
    public override Utf8Row Utf8(DbDataReader reader) => new Row((SqliteDataReader)reader);

    // Both engines ask ICU, which finds some texts equal that are not (a soft hyphen counts for nothing). PostgreSQL then
    // looks at their UTF-8, and so do we: a list has one order, whoever wrote its rows first.
    static int Compare(string a, string b) => Swedish.Compare(a, b) switch
    {
        0 when a != b => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
        var order => order,
    };

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (leading is not null) await leading.DisposeAsync();
        while (idle.TryTake(out var connection)) await connection.DisposeAsync();
    }

    // Everything is kept here in the form it is shown in; SQLite writes its numbers as text when asked for the bytes.
    // Past the library's own way to them, which guards the statement anew for each of the forty values of a row: half of an export's time.
    sealed class Row(SqliteDataReader reader) : Utf8Row
    {
        readonly nint statement = reader.Handle!.DangerousGetHandle();

        public override ReadOnlySpan<byte> this[int column]
        {
            get
            {
                var blob = sqlite3_column_blob(statement, column);
                return blob == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), blob), sqlite3_column_bytes(statement, column));
            }
        }

        [DllImport("e_sqlite3"), SuppressGCTransition]
        static extern nint sqlite3_column_blob(nint statement, int column);

        [DllImport("e_sqlite3"), SuppressGCTransition]
        static extern int sqlite3_column_bytes(nint statement, int column);
    }
}
