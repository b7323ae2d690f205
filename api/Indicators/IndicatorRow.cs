using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Indicators;

/// <summary>What creating, changing and hiding an indicator share: the checks against other rows, the parameters, and the rows beside it.</summary>
static class IndicatorRow
{
    /// <summary>The department and the actions must be there, and be such as the caller may see, if they are new to the indicator.</summary>
    public static async Task CheckAsync(IndicatorInput input, IndicatorResponse? current, Caller caller, Db db, Faults faults)
    {
        var isKnown = current is not null || (input.Department is not null && !faults.AreAt("/department")
            && await db.FindAsync<bool>(DepartmentSql, new { input.Department, caller.Scope }));
        if (!isKnown && input.Department is not null && !faults.AreAt("/department")) faults.AddAt("/department", "unknownDepartment", input.Department);

        // Of a department that is not there, or not to be seen, nothing is told.
        if (!isKnown || faults.AreAt("/actions") || input.Actions!.Except(current?.Actions ?? []).ToList() is not { Count: > 0 } named) return;
        var found = await KeysAsync(db, input.Department!, named);
        for (var i = 0; i < input.Actions!.Count; i++)
            if (named.Contains(input.Actions[i]) && !found.Contains(input.Actions[i]) && !faults.AreAt($"/actions/{i}")) faults.AddAt($"/actions/{i}", "unknownActionOf", input.Actions[i], input.Department);
    }

    /// <summary>The input's values, and who writes them when.</summary>
    public static DynamicParameters Of(IndicatorInput input, Db db)
    {
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new { db.Now, db.Actor });
        return parameters;
    }

    /// <summary>Ties an indicator to these actions and no others.</summary>
    public static async Task TieAsync(Db db, string indicator, IReadOnlyList<string> actions)
    {
        await db.ExecuteAsync("delete from indicator_action where indicator = @Indicator", new { Indicator = indicator });
        foreach (var action in actions)
        {
            GetAction.TrySplit(action, out var plan, out var number);
            await db.ExecuteAsync("insert into indicator_action (indicator, plan, number) values (@Indicator, @Plan, @Number)", new { Indicator = indicator, Plan = plan, Number = number });
        }
    }

    /// <summary>Hides an indicator and its values, each with a change row of its own.</summary>
    public static async Task HideAsync(Db db, string indicator)
    {
        var values = new { Key = indicator, db.Now, db.Actor };
        // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
        foreach (var value in (await db.QueryAsync<IndicatorValueResponse>(HideValuesSql, values)).OrderBy(v => v.Period, StringComparer.Ordinal).ThenBy(v => v.UnitKey, StringComparer.Ordinal))
            await db.RecordAsync(Change.Deleted, value);
        await db.RecordAsync(Change.Deleted, (await db.FindAsync<IndicatorResponse>(HideSql, values))!);
    }

    /// <summary>Those of the keys that are keys of a department's actions.</summary>
    public static async Task<HashSet<string>> KeysAsync(Db db, string department, IReadOnlyList<string> keys)
    {
        var where = new Conditions().Add("department = @Department", "Department", department);
        where.Add(GetAction.Named(keys, "action", where));
        return [.. await db.QueryAsync<string>($"select plan || '-' || number from action where deleted_at is null {where}", new DynamicParameters(where.Values))];
    }

    const string DepartmentSql = "select exists (select 1 from department where key = @Department and deleted_at is null and (@Scope is null or key = @Scope))";

    const string HideValuesSql = $"""
        update indicator_value set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where indicator = @Key and deleted_at is null
        returning {IndicatorValueResponse.Columns}
        """;

    const string HideSql = $"""
        update indicator set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where key = @Key
        returning {IndicatorResponse.Columns}
        """;
}
