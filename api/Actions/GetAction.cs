using System.Globalization;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>GET /actions/{action}</summary>
public static class GetAction
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/actions/{action}", HandleAsync)
        .Describe("Get an action", "One åtgärd, by its key: the plan's key and its number there, such as soc-2015-12.")
        .Requires(Role.Reader)
        .Query(Moment.AsOf);

    static async Task<Results<Ok<ActionResponse>, NotModified, Problem>> HandleAsync(string action, Caller caller, Db db) =>
        await FindAsync(db, action, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("action", action);

    /// <summary>The action, or null when there is none that the caller may see.</summary>
    internal static async Task<ActionResponse?> FindAsync(Db db, string key, Caller caller, bool deleted = false) => TrySplit(key, out var plan, out var number)
        ? await db.FindAsync<ActionResponse>(deleted ? DeletedSql : Sql, new { Plan = plan, Number = number, caller.Scope })
        : null;

    /// <summary>soc-2015-12 is number 12 in soc-2015.</summary>
    internal static bool TrySplit(string key, out string plan, out int number)
    {
        var hyphen = key.LastIndexOf('-');
        plan = hyphen > 0 ? key[..hyphen] : "";
        var digits = key[(hyphen + 1)..];
        number = 0;
        // "012" would be another name for the same action.
        return hyphen > 0 && !digits.StartsWith('0') && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The condition that a row of <paramref name="table"/> is one of these actions; what is no action's key names none.</summary>
    internal static string Named(IReadOnlyList<string> keys, string table, Conditions where)
    {
        var named = new List<string>();
        foreach (var key in keys)
        {
            if (!TrySplit(key, out var plan, out var number)) continue;
            (where.Values[$"Of{named.Count}"], where.Values[$"Number{named.Count}"]) = (plan, number);
            named.Add($"({table}.plan = @Of{named.Count} and {table}.number = @Number{named.Count})");
        }

        return named.Count == 0 ? "1 = 0" : $"({string.Join(" or ", named)})";
    }

    internal const string Sql = $"""
        select {ActionResponse.Columns} from action
        where plan = @Plan and number = @Number and deleted_at is null {Scope.OnRow}
        """;

    /// <summary>The action's id, for lists of what belongs to it.</summary>
    internal const string IdSql = $"select id from action where plan = @Plan and number = @Number and deleted_at is null {Scope.OnRow}";

    const string DeletedSql = $"""
        select {ActionResponse.Columns} from action
        where plan = @Plan and number = @Number and deleted_at is not null {Scope.OnRow}
          and exists (select 1 from plan where plan.key = @Plan and plan.deleted_at is null)
        """;
}
