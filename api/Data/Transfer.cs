using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Data;

/// <summary>
/// Moves an installation from one database to another, whole history included, in one transaction: interrupted, or if a
/// single value differs afterwards, it leaves the target as empty as it was.
/// </summary>
public static class Transfer
{
    /// <summary>Every table that holds what people have written, in an order in which references find their rows.</summary>
    public static readonly IReadOnlyList<(string Name, string Key)> Tables =
    [
        ("measure", "number"), ("department", "key"), ("plan", "key"), ("focus_area", "plan, key"), ("action", "id"),
        ("action_participant", "participant_key, action_id"), ("action_tag", "tag_key, action_id"), ("follow_up", "id"), ("decision", "id"), ("presentation", "id"),
        ("indicator", "key"), ("indicator_action", "indicator, plan, number"), ("indicator_value", "indicator, unit_key, period"),
        ("api_key", "id"), ("idempotency_key", "caller, key"),
        ("event", "number"), ("daily_work", "id"), ("webhook", "id"), ("delivery", "id"), ("calendar_feed", "id"),
        ("change", "number"), ("change_clock", "id"),
    ];

    /// <summary>Copies everything; returns each table's name, number of rows and checksum, which are the same on both sides.</summary>
    /// <exception cref="SettingException">The target is not empty, or the copy differs.</exception>
    public static async Task<IReadOnlyList<(string Table, long Rows, string Checksum)>> CopyAsync(Engine from, Engine to)
    {
        await using var source = await from.OpenAsync();
        await using var target = await to.OpenAsync();
        await source.ExecuteAsync(from.Snapshot);
        await target.ExecuteAsync(to.Begin);
        // Locks the row that every write takes first: of two copies, or a copy and a service, one waits and then finds the other's rows.
        await target.ExecuteAsync("delete from change_clock");
        await MustBeEmptyAsync(target);

        var copied = new List<(string, long, string)>();
        foreach (var (table, key) in Tables) await CopyAsync(source, target, table, key);
        await RelinkPlansAsync(source, target);
        await target.ExecuteAsync(to.AfterCopy);

        foreach (var (table, key) in Tables)
        {
            var (rows, checksum) = await SumAsync(source, table, key);
            if (await SumAsync(target, table, key) != (rows, checksum)) throw new SettingException("copy", $"{table} differs after copying; nothing was stored");
            copied.Add((table, rows, checksum));
        }

        await target.ExecuteAsync("commit transaction");
        await source.ExecuteAsync("rollback transaction");
        return copied;
    }

    static async Task MustBeEmptyAsync(DbConnection target)
    {
        foreach (var (table, _) in Tables.Where(t => t.Name != "change_clock"))
            if (await target.ExecuteScalarAsync<bool>($"select exists (select 1 from {table})"))
                throw new SettingException("--to", $"the target is not empty: it has rows in {table}");
    }

    static async Task CopyAsync(DbConnection source, DbConnection target, string table, string key)
    {
        var types = await TypesAsync(target, table);
        await using var reader = await source.ExecuteReaderAsync($"select * from {table} order by {key}");
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();

        await using var insert = target.CreateCommand();
        insert.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))})";
        foreach (var column in columns)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = column;
            insert.Parameters.Add(parameter);
        }

        while (await reader.ReadAsync())
        {
            for (var i = 0; i < columns.Length; i++)
            {
                // A plan may follow one that comes later; the link is set when all are there.
                var isLink = table == "plan" && columns[i] == "predecessor";
                insert.Parameters[i].Value = isLink || reader.IsDBNull(i) ? DBNull.Value : Convert(reader.GetValue(i), types[columns[i]]);
            }

            await insert.ExecuteNonQueryAsync();
        }
    }

    static async Task RelinkPlansAsync(DbConnection source, DbConnection target)
    {
        foreach (var link in await source.QueryAsync<(string Key, string Predecessor)>("select key, predecessor from plan where predecessor is not null"))
            await target.ExecuteAsync("update plan set predecessor = @Predecessor where key = @Key", new { link.Key, link.Predecessor });
    }

    static async Task<Dictionary<string, Type>> TypesAsync(DbConnection connection, string table)
    {
        await using var reader = await connection.ExecuteReaderAsync($"select * from {table} limit 0");
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => connection is PreparedConnection ? typeof(object) : reader.GetFieldType(i));
    }

    // SQLite keeps dates, instants and ids as text and booleans as numbers; PostgreSQL has types for them.
    static object Convert(object value, Type type) => type switch
    {
        _ when type == typeof(object) => value switch { DateOnly or DateTime or Guid => Canonical(value), bool flag => flag ? 1L : 0L, _ => value },
        _ when type == typeof(bool) => value is bool ? value : (long)value != 0,
        _ when type == typeof(DateOnly) => value is DateOnly ? value : DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ when type == typeof(DateTime) => value is DateTime ? value : DateTime.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        _ when type == typeof(Guid) => value is Guid ? value : Guid.Parse((string)value),
        _ when type == typeof(string) => value,
        _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
    };

    static async Task<(long Rows, string Checksum)> SumAsync(DbConnection connection, string table, string key)
    {
        await using var reader = await connection.ExecuteReaderAsync($"select * from {table} order by {key}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // By name: a column that a later migration added may stand elsewhere on the other engine.
        var columns = Enumerable.Range(0, reader.FieldCount).OrderBy(reader.GetName, StringComparer.Ordinal).ToArray();
        var rows = 0L;
        while (await reader.ReadAsync())
        {
            rows++;
            foreach (var i in columns) hash.AppendData(Encoding.UTF8.GetBytes((reader.IsDBNull(i) ? "-" : "+" + Canonical(reader.GetValue(i))) + "\0"));
        }

        return (rows, System.Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    static string Canonical(object value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => Json.Instant(new DateTimeOffset(instant, TimeSpan.Zero)),
        bool flag => flag ? "1" : "0",
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
