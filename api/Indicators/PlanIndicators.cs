using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Indicators;

/// <summary>The indicators that a report on a plan shows, each with its whole series.</summary>
static class PlanIndicators
{
    /// <summary>
    /// Those tied to the plan's actions, and those of its department that are tied to none; by name, each with its values in the order of
    /// units and periods. Two statements, however many there are; on <see cref="Db.At"/> they are as they stood.
    /// </summary>
    public static async Task<IReadOnlyList<(IndicatorResponse Indicator, IReadOnlyList<IndicatorValueResponse> Values)>> ReadAsync(Db db, PlanResponse plan, Caller caller)
    {
        var parameters = new { Plan = plan.Key, plan.Department };
        var indicators = await db.QueryAsync<IndicatorResponse>($"select {IndicatorResponse.Columns} from indicator where {OfPlan} order by name collate swedish, key", parameters);
        var values = (await db.QueryAsync<IndicatorValueResponse>(
            $"select {IndicatorValueResponse.Columns} from indicator_value where deleted_at is null and indicator in (select key from indicator where {OfPlan}) order by indicator, unit_key, period", parameters))
            .ToLookup(value => value.Indicator);

        foreach (var indicator in indicators) indicator.Show(caller);
        return [.. indicators.Select(indicator => (indicator, (IReadOnlyList<IndicatorValueResponse>)[.. values[indicator.Key]]))];
    }

    const string Tied = """
        select 1 from indicator_action tied join action on action.plan = tied.plan and action.number = tied.number
        where tied.indicator = indicator.key and action.deleted_at is null and action.department = indicator.department
        """;

    const string OfPlan = $"department = @Department and deleted_at is null and (exists ({Tied} and action.plan = @Plan) or not exists ({Tied}))";
}
