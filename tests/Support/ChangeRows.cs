using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ActionPlan.Tests.Support;

/// <summary>Checks the change log of a database with nothing of the service's own code.</summary>
public static class ChangeRows
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks that the numbers run from 1 without a gap, that time never goes back, and that each digest is made from its row and the one before.</summary>
    public static void MustBeWhole(this DbConnection connection)
    {
        var rows = connection.Rows("select number, at, actor, reason, department, plan, resource, resource_key, kind, state, digest from change order by number");
        var (digest, at) = ("", "");
        foreach (var (row, number) in rows.Select((r, i) => (r, i + 1L)))
        {
            Assert.Equal(number, row[0]);
            Assert.True(string.CompareOrdinal(at, (string)row[1]!) <= 0, $"Change {number} is before the one before it.");
            object?[] content = [digest, .. row[..9], Hash((string)row[9]!)];
            (digest, at) = (Hash(JsonSerializer.Serialize(content, Relaxed)), (string)row[1]!);
            Assert.True(digest == (string)row[10]!, $"The digest of change {number} is wrong.");
        }

        Assert.Equal(new object?[] { (long)rows.Count, digest }, connection.Rows("select number, digest from change_clock").Single());
    }

    /// <summary>Checks that every row has a change row for each of its versions, that the last says what the row says, and that all indexes agree.</summary>
    public static void MustHoldNothingByHalves(this DbConnection connection)
    {
        Assert.Empty(connection.Rows($"""
            with stored (resource, key, title, version) as (
                select 'action', plan || '-' || number, title, version from action
                union all select 'plan', key, title, version from plan
                union all select 'focusArea', plan || '/' || key, title, version from focus_area
                union all select 'department', key, name, version from department
                union all select 'indicator', key, name, version from indicator
                union all select 'indicatorValue', indicator || '/' || period || case when unit_key = '' then '' else '/' || unit_key end, null, version from indicator_value
                union all select 'apiKey', cast(id as text), name, version from api_key
            ), newest (number, changes) as (
                select max(number), count(*) from change where resource not in ('measure', 'followUp', 'presentation') group by resource, resource_key
            ), last (resource, key, title, version, changes) as (
                select resource, resource_key, coalesce({connection.State("title")}, {connection.State("name")}), {connection.State("version")}, changes
                from newest join change using (number)
            )
            select * from stored full join last using (resource, key)
            where stored.title is distinct from last.title or cast(stored.version as text) is distinct from last.version or stored.version is distinct from last.changes
            """));
        Assert.All(connection.Rows("select tags, (select count(*) from action_tag where action_id = id) from action"),
            row => Assert.Equal((long)JsonSerializer.Deserialize<string[]>((string)row[0]!)!.Length, row[1]));
        Assert.Empty(connection.Rows("select action_id from action_tag where action_id not in (select id from action)"));
        if (connection is SqliteConnection)
        {
            Assert.Equal("ok", connection.Rows("pragma integrity_check").Single()[0]);
            Assert.Empty(connection.Rows("pragma foreign_key_check"));
            connection.Rows("insert into action_search (action_search) values ('integrity-check')");
        }

        Assert.Equal(connection.Rows("select count(*) from action").Single()[0], connection.Rows("select count(*) from action_search").Single()[0]);
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
