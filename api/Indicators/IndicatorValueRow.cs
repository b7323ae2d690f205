using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Indicators;

/// <summary>What the operations on values share: how one is named and found, and how it is written.</summary>
static class IndicatorValueRow
{
    /// <summary>The query parameter that names a unit.</summary>
    public static readonly QueryParameter Unit = new("unit", "The unit (verksamhet); left out, the whole. Case, hyphens and spaces do not matter.", "Barn och ungdom") { MaxLength = 100 };

    /// <summary>Adds a fault if a period in an address is none of this interval.</summary>
    public static void Check(string period, string interval, Faults faults)
    {
        if (ReportingPeriod.Of(period, interval) is null) faults.AddParameter("period", "periodDoesNotFit", period, interval, ReportingPeriod.Example(interval));
    }

    /// <summary>The value, or null if there is none.</summary>
    public static Task<IndicatorValueResponse?> FindAsync(Db db, string indicator, string period, string unitKey) =>
        db.FindAsync<IndicatorValueResponse>(FindSql, new { Indicator = indicator, Period = period, UnitKey = unitKey });

    /// <summary>Makes a value what the input says, with a change row if that is another than it was: the value, and what was done.</summary>
    public static async Task<(IndicatorValueResponse Value, string? Kind)> PutAsync(Db db, string indicator, string period, IndicatorValueInput input, IndicatorValueResponse? current)
    {
        if (current is not null && current.Value == input.Value && current.Unit == input.Unit && current.Note == input.Note) return (current, null);
        var kind = current is null ? Change.Created : Change.Updated;
        var value = (await db.FindAsync<IndicatorValueResponse>(PutSql,
            new { Indicator = indicator, Period = period, UnitKey = IndicatorValueInput.KeyOf(input.Unit), input.Unit, input.Value, input.Note, db.Now, db.Actor }))!;
        await db.RecordAsync(kind, value);
        return (value, kind);
    }

    const string FindSql = $"""
        select {IndicatorValueResponse.Columns} from indicator_value
        where indicator = @Indicator and period = @Period and unit_key = @UnitKey and deleted_at is null
        """;

    // One that was deleted is new again; the version goes on counting, so no ETag ever returns.
    const string PutSql = $"""
        insert into indicator_value (indicator, period, unit_key, unit, value, note, created_at, created_by, updated_at, updated_by)
        values (@Indicator, @Period, @UnitKey, @Unit, @Value, @Note, @Now, @Actor, @Now, @Actor)
        on conflict (indicator, unit_key, period) do update set
            unit = excluded.unit, value = excluded.value, note = excluded.note, version = indicator_value.version + 1,
            created_at = case when indicator_value.deleted_at is null then indicator_value.created_at else excluded.created_at end,
            created_by = case when indicator_value.deleted_at is null then indicator_value.created_by else excluded.created_by end,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = null
        returning {IndicatorValueResponse.Columns}
        """;

    /// <summary>The unit that a query names. Bound, so that its faults are told with all others.</summary>
    public sealed record UnitOfQuery(string? Text, string Key)
    {
        public static ValueTask<UnitOfQuery?> BindAsync(HttpContext http)
        {
            var text = new QueryValues(http).One(Unit);
            return ValueTask.FromResult<UnitOfQuery?>(new UnitOfQuery(text, IndicatorValueInput.KeyOf(text)));
        }
    }
}
