using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Data;

/// <summary>
/// Everything that is SQLite's own: how a connection is opened, which faults are the database's.
/// </summary>
public static class Sqlite
{
    static readonly CompareInfo Swedish = CultureInfo.GetCultureInfo("sv-SE").CompareInfo;

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

        if (builder.DataSource.Length == 0 || builder.DataSource.StartsWith(':') || builder.Mode == SqliteOpenMode.Memory)
            throw new SettingException("ConnectionStrings__ActionPlan", "Data Source must name a file");

        builder.DataSource = Path.GetFullPath(builder.DataSource, folder);
        builder.Pooling = false;
        builder.ForeignKeys = true;
        builder.DefaultTimeout = 1;
        return builder.ToString();
    }

    /// <summary>Opens a connection with the settings and the collation that every statement counts on.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static DbConnection Open(string connectionString)
    {
        var connection = new PreparedConnection(connectionString);
        try
        {
            connection.CreateCollation("swedish", Swedish.Compare);
            connection.Open();

            using var command = connection.CreateCommand();
            // FULL: with NORMAL a power cut loses writes that were acknowledged.
            command.CommandText = "pragma busy_timeout = 2000; pragma journal_mode = wal; pragma synchronous = full";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a table be read through an index: SQLite has no notion that a page is soon full, and would sort all rows instead.</summary>
    public static string Through(string index) => $"indexed by {index}";

    /// <summary>Tells a fault of the database itself (disk, lock, file) from a fault of a statement; null for the latter.</summary>
    public static DatabaseFaultException? Fault(Exception exception) => exception is not SqliteException fault
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
}
