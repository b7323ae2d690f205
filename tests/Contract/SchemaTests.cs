using System.Data.Common;
using System.Text.RegularExpressions;
using ActionPlan.Data;

namespace ActionPlan.Tests.Contract;

/// <summary>
/// The two schemas are one: every table, column, key, check and index of SQLite's stands in PostgreSQL's and the other way
/// round, each told as a line. What one engine alone has is named here, with its reason.
/// </summary>
public sealed partial class SchemaTests : IAsyncLifetime
{
    static readonly Dictionary<string, string> OnlyOnSqlite = new()
    {
        [@"^(table|column|primary key) action_search"] = "FTS5 keeps its index in tables; PostgreSQL's is an index of action, behind a view of the same name",
        [@"^trigger action_search_(insert|update) "] = "they keep the FTS5 table as action is; an index keeps itself",
    };

    static readonly Dictionary<string, string> OnlyOnPostgres = new()
    {
        [@"^view action_search "] = "it has the name and the columns of SQLite's FTS5 table, so that q is one text of SQL",
        [@"^index action_search_text on action using gin \(search_text gin_trgm_ops\)$"] = "what FTS5's trigram table is to SQLite",
        [@"^index action_by_due_date_desc "] = "nulls are first or last by index; SQLite reads its own both ways with nulls last",
    };

    readonly string folder = Directory.CreateTempSubdirectory("actionplan-").FullName;
    string? server;

    public async Task InitializeAsync()
    {
        if (BothEngines.WhyNot is not null) return;
        server = BothEngines.CreateDatabase();
        await BothEngines.MigrateAsync("postgresql", PostgresEngine.Complete(server));
        await BothEngines.MigrateAsync("sqlite", SqliteEngine.Complete("Data Source=test.db", folder));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, true);
        if (server is not null) Postgres.Drop(server);
        return Task.CompletedTask;
    }

    [BothEnginesFact]
    public void Both_engines_have_the_same_tables_columns_keys_checks_and_indexes()
    {
        var (sqlite, postgres) = (Sqlite(), Postgresql());

        Assert.Contains("column action.title text not null", sqlite);
        Assert.Contains("foreign key action (plan, department) references plan (key, department) on update cascade", sqlite);
        Assert.Contains("index action_open on action (plan, number) where deleted_at is null and status in 'proposed', 'planned', 'inProgress', 'paused'", sqlite);
        Assert.Empty((string[])[
            .. Without(sqlite.Except(postgres), OnlyOnSqlite).Select(line => "SQLite alone: " + line),
            .. Without(postgres.Except(sqlite), OnlyOnPostgres).Select(line => "PostgreSQL alone: " + line),
        ]);
        Assert.Equal(sqlite.Count, sqlite.Distinct().Count());
    }

    [BothEnginesFact]
    public void Every_exception_is_still_one()
    {
        var (sqlite, postgres) = (Sqlite(), Postgresql());

        Assert.Equal([], OnlyOnSqlite.Keys.Where(pattern => !sqlite.Except(postgres).Any(line => Regex.IsMatch(line, pattern))));
        Assert.Equal([], OnlyOnPostgres.Keys.Where(pattern => !postgres.Except(sqlite).Any(line => Regex.IsMatch(line, pattern))));
    }

    [BothEnginesFact]
    public void Keys_and_indexes_sort_by_code_on_both_whatever_the_language_of_the_database()
    {
        using var connection = Behind.Open(server!);

        // What a library sorts must be rebuilt when the library changes, and nobody would know.
        Assert.Equal([], connection.Rows("""
            select distinct t.relname || '.' || a.attname
            from pg_index i join pg_class t on t.oid = i.indrelid join pg_attribute a on a.attrelid = t.oid and a.attnum = any (i.indkey)
            where t.relnamespace = 'public'::regnamespace and a.attcollation not in (0, '"C"'::regcollation)
            """).Select(row => row[0]));
    }

    [BothEnginesFact]
    public void What_PostgreSQL_numbers_by_itself_goes_on_after_a_copy()
    {
        using var connection = Behind.Open(server!);

        var numbered = connection.Rows("select table_name::text, column_name::text from information_schema.columns where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval%')");

        Assert.NotEmpty(numbered);
        var after = new PostgresEngine(PostgresEngine.Complete(server!)).AfterCopy;
        Assert.All(numbered, column => Assert.Contains($"pg_get_serial_sequence('{column[0]}', '{column[1]}')", after, StringComparison.Ordinal));
    }

    static IEnumerable<string> Without(IEnumerable<string> lines, Dictionary<string, string> exceptions) =>
        lines.Where(line => !exceptions.Keys.Any(pattern => Regex.IsMatch(line, pattern)));

    List<string> Sqlite()
    {
        using var connection = Behind.Open(Path.Combine(folder, "test.db"));
        var lines = new List<string>();
        foreach (var (table, sql) in Pairs(connection, "select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite_%'"))
        {
            lines.Add("table " + table);
            foreach (var column in connection.Rows($"select name, lower(type), \"notnull\", dflt_value from pragma_table_xinfo('{table}')"))
                lines.Add(Column(table, (string)column[0]!, (string)column[1]!, (long)column[2]! == 1, column[3] as string));
            if (Names(connection, $"select name from pragma_table_xinfo('{table}') where pk > 0 order by pk") is { Length: > 0 } key) lines.Add($"primary key {table} ({key})");
            foreach (var (name, _) in Pairs(connection, $"select name, origin from pragma_index_list('{table}') where origin = 'u'"))
                lines.Add($"unique {table} ({Names(connection, $"select name from pragma_index_info('{name}') order by seqno")})");
            foreach (var reference in connection.Rows($"""
                select "table", group_concat("from", ', '), group_concat("to", ', '), on_update, on_delete
                from (select * from pragma_foreign_key_list('{table}') order by id, seq) group by id
                """))
                lines.Add(Plain($"foreign key {table} ({reference[1]}) references {reference[0]} ({reference[2]}) on update {reference[3]} on delete {reference[4]}"));
            lines.AddRange(Checks(sql).Select(check => $"check {table} {Expression(check)}"));
        }

        lines.AddRange(Pairs(connection, "select name, sql from sqlite_schema where type = 'index' and sql is not null").Select(index => Index(index.Value)));
        lines.AddRange(Pairs(connection, "select type || ' ' || name, type from sqlite_schema where type in ('view', 'trigger')").Select(other => other.Key + " "));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    List<string> Postgresql()
    {
        using var connection = Behind.Open(server!);
        const string tables = "from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'";
        var lines = new List<string>();
        lines.AddRange(connection.Rows($"select 'table ' || relname {tables}").Select(row => (string)row[0]!));
        lines.AddRange(connection.Rows($"""
            select t.relname::text, a.attname::text, format_type(a.atttypid, null), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
            from pg_attribute a join pg_class t on t.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attnum > 0 and not a.attisdropped and t.oid in (select oid {tables})
            """).Select(row => Column((string)row[0]!, (string)row[1]!, (string)row[2]!, row[3] is 1L, row[4] as string)));
        foreach (var row in connection.Rows($"select t.relname::text, c.contype::text, pg_get_constraintdef(c.oid) from pg_constraint c join pg_class t on t.oid = c.conrelid where t.oid in (select oid {tables})"))
        {
            var (table, kind, text) = ((string)row[0]!, (string)row[1]!, ((string)row[2]!).Replace("\"", ""));
            lines.Add(kind switch
            {
                "c" => $"check {table} {Expression(Checks(text).Single())}",
                "f" => Plain(Regex.Replace(text, @"^FOREIGN KEY (.*) REFERENCES (\w+)", $"foreign key {table} $1 references $2 ")),
                _ => Regex.Replace(text, @"^[A-Z ]+", match => $"{match.Value.ToLowerInvariant()}{table} "),
            });
        }

        lines.AddRange(connection.Rows("select pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid in (select oid " + tables + ") and not exists (select 1 from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u'))")
            .Select(row => Index((string)row[0]!)));
        lines.AddRange(connection.Rows("select 'view ' || viewname || ' ' from pg_views where schemaname = 'public' union all select 'trigger ' || tgname || ' ' from pg_trigger where not tgisinternal").Select(row => (string)row[0]!));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    // SQLite's integers have 64 bits whatever they are called.
    static string Column(string table, string name, string type, bool isRequired, string? otherwise) =>
        $"column {table}.{name} {type switch { "bigint" => "integer", "timestamp with time zone" => "timestamptz", _ => type }}{(isRequired ? " not null" : "")}{(otherwise is null ? "" : " default " + Expression(otherwise))}";

    static string Index(string sql)
    {
        var text = Spaces().Replace(sql.Replace("\"", "").Replace("public.", "").Replace("USING btree ", ""), " ").Trim();
        text = Regex.Replace(text, "^create ", "", RegexOptions.IgnoreCase);
        return Regex.Match(text, "^(.*?) where (.*)$", RegexOptions.IgnoreCase) is { Success: true } partial
            ? $"{Words(partial.Groups[1].Value)} where {Expression(partial.Groups[2].Value)}"
            : Words(text);
    }

    static string Plain(string reference) => Regex.Replace(Words(reference), " on (update|delete) no action", "");

    // What stands in the brackets of each check, comments taken away.
    static IEnumerable<string> Checks(string sql)
    {
        sql = Comment().Replace(sql, "");
        foreach (Match start in Regex.Matches(sql, @"\bcheck\s*\(", RegexOptions.IgnoreCase))
        {
            var (end, depth) = (start.Index + start.Length, 1);
            for (; depth > 0; end++) depth += sql[end] == '(' ? 1 : sql[end] == ')' ? -1 : 0;
            yield return sql[(start.Index + start.Length)..(end - 1)];
        }
    }

    // One spelling of what each engine spells its own way; brackets do not matter in what we write.
    static string Expression(string sql)
    {
        var text = Words(Regex.Replace(sql, @"::[a-z ]+(\[\])?", "").Replace("\"", ""));
        // To PostgreSQL the date of a date is a cast that does nothing: its type takes no other day anyway.
        text = Regex.Replace(text, @"\bdate\((\w+)\)", "$1");
        text = Regex.Replace(text, @"= any \(array\[([^\]]*)\]\)", "in $1");
        text = Spaces().Replace(text.Replace("(", " ").Replace(")", " ").Replace(" ,", ","), " ").Trim();
        return Regex.Replace(text, @"^not (\w+) is distinct from", "$1 is not distinct from");
    }

    // In lower case, but for what stands between quotes.
    static string Words(string sql) => Spaces().Replace(Regex.Replace(sql, "'[^']*'|[A-Z]+", match => match.Value[0] == '\'' ? match.Value : match.Value.ToLowerInvariant()), " ").Trim();

    static string Names(DbConnection connection, string sql) => string.Join(", ", connection.Rows(sql).Select(row => row[0]));

    static IEnumerable<(string Key, string Value)> Pairs(DbConnection connection, string sql) => connection.Rows(sql).Select(row => ((string)row[0]!, (string)row[1]!));

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
