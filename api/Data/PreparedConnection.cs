using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Data;

/// <summary>
/// A connection that keeps its statements prepared between uses: parsing and planning a statement costs SQLite more than
/// running it, and Dapper makes a new command each time. Commands are told apart by their text alone, so values belong in
/// parameters. Like any connection, for one user at a time.
/// </summary>
sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Lists have as many texts as there are combinations of filters; those in daily use fit.
    const int LargestCache = 100;

    readonly Dictionary<string, SqliteCommand> idle = [];

    /// <summary>What Dapper asks for: a command that finds its prepared self once it is told its text.</summary>
    protected override DbCommand CreateDbCommand() => new Command(this);

    SqliteCommand Take(string text)
    {
        if (idle.Remove(text, out var known)) return known;
        var command = base.CreateCommand();
        command.CommandText = text;
        return command;
    }

    void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (idle.Count == LargestCache) Forget();
        if (State != ConnectionState.Open || !idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    void Forget()
    {
        foreach (var command in idle.Values) command.Dispose();
        idle.Clear();
    }

    /// <summary>One use of a prepared command: everything is its own, save that disposing gives it back.</summary>
    sealed class Command(PreparedConnection connection) : DbCommand
    {
        SqliteCommand? inner;

        SqliteCommand Inner => inner ?? throw new InvalidOperationException("a command needs its text first");

        [AllowNull]
        public override string CommandText
        {
            get => inner?.CommandText ?? "";
            set
            {
                if (inner is not null) connection.Return(inner);
                inner = connection.Take(value ?? "");
            }
        }

        public override int CommandTimeout { get => Inner.CommandTimeout; set => Inner.CommandTimeout = value; }
        public override CommandType CommandType { get => Inner.CommandType; set => Inner.CommandType = value; }
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }
        protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
        protected override DbParameterCollection DbParameterCollection => Inner.Parameters;
        protected override DbTransaction? DbTransaction { get => Inner.Transaction; set => Inner.Transaction = (SqliteTransaction?)value; }

        public override void Cancel() => Inner.Cancel();
        public override void Prepare() => Inner.Prepare();
        public override int ExecuteNonQuery() => Inner.ExecuteNonQuery();
        public override object? ExecuteScalar() => Inner.ExecuteScalar();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Inner.ExecuteReader(behavior);
        protected override DbParameter CreateDbParameter() => Inner.CreateParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing && inner is not null) connection.Return(inner);
            inner = null;
            base.Dispose(disposing);
        }
    }
}
