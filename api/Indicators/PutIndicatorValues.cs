using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>PUT /indicators/{indicator}/values</summary>
public static class PutIndicatorValues
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPut("/indicators/{indicator}/values", HandleAsync)
        .Describe("Set many values of an indicator",
            "Sets the values that are named, as one by one, and leaves all others alone: a JSON array, or CSV with the columns period, enhet, värde and anmärkning (or their English names; "
            + "with semicolon, comma or tab, decimal comma or point, as UTF-8 or Windows-1252; a row without a value is left out). All or none: if one cannot be taken every fault is told, "
            + "of a CSV in a 422 with row and column. Sent again it changes nothing.")
        .Requires(Role.Editor)
        .TakesRows<IndicatorRowInput>();

    static async Task<Results<Ok<IndicatorRowsResponse>, Problem>> HandleAsync(string indicator, IndicatorRows rows, Faults faults, Caller caller, Db db)
    {
        if (await GetIndicator.FindAsync(db, indicator, caller) is not { } parent) return Problem.NotFound("indicator", indicator);
        if (rows.Refuse(parent.Interval, caller.Today, faults) is { } refused) return refused;
        if (caller.Stale(parent) is { } stale) return stale;

        var known = (await db.QueryAsync<IndicatorValueResponse>(Sql, new { Indicator = indicator })).ToDictionary(value => (value.Period, value.UnitKey));
        var kinds = new List<string?>();
        foreach (var (row, unitKey) in rows.Values)
        {
            var input = Copy.To<IndicatorValueInput>(row);
            kinds.Add((await IndicatorValueRow.PutAsync(db, indicator, row.Period!, input, known.GetValueOrDefault((row.Period!, unitKey)))).Kind);
        }

        return TypedResults.Ok(new IndicatorRowsResponse
        {
            Created = kinds.Count(kind => kind == Change.Created),
            Updated = kinds.Count(kind => kind == Change.Updated),
            Unchanged = kinds.Count(kind => kind is null),
            Skipped = rows.Skipped,
        });
    }

    const string Sql = $"select {IndicatorValueResponse.Columns} from indicator_value where indicator = @Indicator and deleted_at is null";
}
