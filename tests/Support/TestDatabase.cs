using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using ActionPlan.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>
/// A database of a test's own: a file in a temporary folder or, where POSTGRESQL names a server, a database there. What
/// a test cannot say for both engines in one text stands here; what <see cref="Behind"/> and <see cref="ChangeRows"/>
/// do with an open connection, there.
/// </summary>
public abstract class TestDatabase : IDisposable
{
    static readonly ConcurrentDictionary<(string Engine, string Seeds), Lazy<TestDatabase>> Templates = new();

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var template in Templates.Values) template.Value.Dispose();
    };

    /// <summary>The engine that this run is about: the value of <c>Database__Engine</c>.</summary>
    public static string UsualEngine => Postgres.Server is null ? "sqlite" : "postgresql";

    /// <summary>The value of <c>Database__Engine</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>How the service finds it.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>True until a service has begun to fill it.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>How much has been written of actions, in bytes, also by a transaction that is still open.</summary>
    public abstract long Written { get; }

    /// <summary>Starts a transaction that lets nobody else write until it ends: what a backup or another program may do.</summary>
    public abstract string Hold { get; }

    /// <summary>The settings with which a host in this process uses it.</summary>
    public IEnumerable<(string Key, string Value)> Settings => [("Database:Engine", Engine), ("ConnectionStrings:ActionPlan", ConnectionString)];

    /// <summary>The environment in which a process of its own uses it.</summary>
    public IEnumerable<(string Name, string Value)> Environment => Settings.Select(s => (s.Key.Replace(":", "__"), s.Value));

    /// <summary>A new one, empty.</summary>
    public static TestDatabase Create(string? engine = null) => (engine ?? UsualEngine) == "postgresql" ? new OnServer(Postgres.Create(), isOwn: true) : new InFile();

    /// <summary>A new one as the first start leaves it, but for the first key. Made once and copied, which takes a tenth of the time.</summary>
    public static TestDatabase CreateFilled(string? engine, string seeds) => Templates.GetOrAdd((engine ?? UsualEngine, seeds), of => new(() =>
    {
        var template = Create(of.Engine);
        Task.Run(() => template.FillAsync(of.Seeds)).GetAwaiter().GetResult();
        return template;
    })).Value.Copy();

    /// <summary>One that a test makes itself, and removes: a file, or what a connection string says is on a server.</summary>
    public static TestDatabase At(string place) => place.Contains("Host=", StringComparison.Ordinal) ? new OnServer(place) : new InFile(place);

    /// <summary>See <see cref="At"/>.</summary>
    public static implicit operator TestDatabase(string place) => At(place);

    /// <summary>A connection of its own, with nothing of the service's.</summary>
    public abstract DbConnection Open();

    /// <summary>True if the text lies anywhere in what is stored, also where no column shows it.</summary>
    public abstract bool Holds(string text);

    /// <summary>Makes each update of a column fail in a way that nobody has thought of, until it is taken back.</summary>
    public abstract IDisposable FailOnUpdate(string table, string column);

    /// <summary>True while a statement of the service's is at work on <paramref name="table"/>.</summary>
    public abstract bool IsBeingRead(string table);

    public abstract void Dispose();

    /// <summary>Another with the same content, while nobody uses this one.</summary>
    protected abstract TestDatabase Copy();

    async Task FillAsync(string seeds)
    {
        var completed = Engine == PostgresEngine.Name ? PostgresEngine.Complete(ConnectionString) : SqliteEngine.Complete(ConnectionString, "/");
        var settings = ActionPlan.Settings.For(Engine, completed, seeds);
        // Time never goes back, and tests stop it long ago.
        var clock = new StoppableClock();
        clock.StopAt("2020-01-01T00:00:00Z");
        await using var database = new Database(settings, clock);
        await Migrations.ApplyAsync(database, clock);
        await Seeding.LoadAsync(database, settings);
    }

    sealed class InFile : TestDatabase
    {
        readonly string? folder;
        readonly string file;

        public InFile(string file) => this.file = file;

        public InFile()
        {
            folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
            file = Path.Combine(folder, "test.db");
        }

        public override string Engine => "sqlite";

        public override string ConnectionString => $"Data Source={file}";

        public override bool IsEmpty => !File.Exists(file);

        public override long Written => new FileInfo(file + "-wal") is { Exists: true, Length: var length } ? length : 0;

        public override string Hold => "begin immediate";

        public override DbConnection Open()
        {
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
            // Text is compared in indexes and orders that name the collation, never here.
            connection.CreateCollation("swedish", string.CompareOrdinal);
            connection.Open();
            return connection;
        }

        // All files: the log holds what the main file does not yet, and pages that are free hold what was.
        public override bool Holds(string text) => Directory.GetFiles(Path.GetDirectoryName(file)!).Where(path => !path.EndsWith("-worker", StringComparison.Ordinal) && !path.EndsWith("-start", StringComparison.Ordinal)).Any(path =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.ToArray().AsSpan();
            return bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
        });

        public override IDisposable FailOnUpdate(string table, string column)
        {
            Behind.Run(this, $"create trigger fault before update of {column} on {table} begin select no_such_function(); end");
            return new Undo(this, "drop trigger fault");
        }

        // What is written meanwhile cannot be moved into the file for as long as someone reads from before it.
        public override bool IsBeingRead(string table)
        {
            using var connection = Open();
            connection.Rows("update readiness set checked_at = '2026-01-01T00:00:00.000Z'");
            return (long)connection.Rows("pragma wal_checkpoint(truncate)").Single()[0]! == 1;
        }

        protected override TestDatabase Copy()
        {
            var copy = new InFile();
            File.Copy(file, copy.file);
            return copy;
        }

        public override void Dispose()
        {
            if (folder is not null) Directory.Delete(folder, true);
        }
    }

    sealed class OnServer(string connectionString, bool isOwn = false) : TestDatabase
    {
        public override string Engine => "postgresql";

        public override string ConnectionString => connectionString;

        public override bool IsEmpty => Behind.Number(this, "select count(*) from pg_tables where schemaname = 'public'") == 0;

        public override long Written => Behind.Number(this, "select pg_relation_size('action')");

        public override string Hold => "begin; lock table change_clock in exclusive mode";

        public override DbConnection Open()
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timezone = "UTC" }.ToString());
            connection.Open();
            return connection;
        }

        public override bool Holds(string text)
        {
            using var connection = Open();
            return connection.Rows("select tablename from pg_tables where schemaname = 'public'")
                .Any(table => connection.Rows($"select cast(t as text) from {table[0]} t").Any(row => ((string)row[0]!).Contains(text, StringComparison.Ordinal)));
        }

        public override IDisposable FailOnUpdate(string table, string column)
        {
            Behind.Run(this, $"""
                create function fault() returns trigger language plpgsql as 'begin perform no_such_function(); end';
                create trigger fault before update of {column} on {table} for each row execute function fault()
                """);
            return new Undo(this, $"drop trigger fault on {table}; drop function fault");
        }

        public override bool IsBeingRead(string table) => Behind.Number(this, $"""
            select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%from {table}%'
            """) > 0;

        protected override TestDatabase Copy() => new OnServer(Postgres.Create(connectionString), isOwn: true);

        public override void Dispose()
        {
            if (isOwn) Postgres.Drop(ConnectionString);
        }
    }

    sealed class Undo(TestDatabase database, string sql) : IDisposable
    {
        public void Dispose() => Behind.Run(database, sql);
    }
}
