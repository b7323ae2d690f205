using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Indicators;

/// <summary>GET /indicators/{indicator}/values</summary>
public static class ListIndicatorValues
{
    static readonly QueryParameter Unit = QueryParameter.Texts("unit", "Only values of this unit, or without a name of the whole; case, hyphens and spaces do not matter. Repeat for several.", "Barn och ungdom");
    static readonly QueryParameter From = Bound("from", "Only this period or later; a year for its first.");
    static readonly QueryParameter To = Bound("to", "Only this period or earlier; a year for its last.");
    static readonly QueryParameter Sort = new("sort", "period, or -period for the latest first.", "-period") { Known = ["period", "-period"] };

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/indicators/{indicator}/values", HandleAsync)
        .Describe("List the values of an indicator", "The values of all units, period by period, the earliest first; in a period the whole first.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Unit, From, To, Sort, Moment.AsOf]);

    static async Task<Results<Ok<Page<IndicatorValueResponse>>, NotModified, Problem>> HandleAsync(
        string indicator, Paging paging, Filter filter, Faults faults, Caller caller, Db db, HttpContext http)
    {
        if (await GetIndicator.FindAsync(db, indicator, caller) is not { } parent) return Problem.NotFound("indicator", indicator);
        foreach (var (parameter, period) in new[] { (From, filter.From), (To, filter.To) })
        {
            if (period is not null && (ReportingPeriod.Of(period, Interval.Yearly) ?? ReportingPeriod.Of(period, parent.Interval)) is null && faults.All(f => f.Parameter != parameter.Name))
                faults.AddParameter(parameter.Name, "periodDoesNotFit", period, parent.Interval, ReportingPeriod.Example(parent.Interval));
        }

        if (faults.Count > 0) return Problem.Invalid(faults);
        var select = new Select(IndicatorValueResponse.Columns, $"indicator_value where indicator = @Indicator and deleted_at is null {filter.Where}", filter.Order);
        return await db.ListAsync<IndicatorValueResponse>(http, paging, select.With("Indicator", indicator).With(filter.Where), (links, _) => links.Add("up", $"/indicators/{indicator}"));
    }

    static QueryParameter Bound(string name, string description) => new(name, description, "2015-08") { MaxLength = ReportingPeriod.MaxLength, Pattern = ReportingPeriod.Pattern };

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where, string? From, string? To, string Order)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http)
        {
            var query = new QueryValues(http);
            var (from, to) = (query.One(ListIndicatorValues.From), query.One(ListIndicatorValues.To));
            var where = new Conditions().In("unit_key", "UnitKey", [.. query.All(Unit).Select(IndicatorValueInput.KeyOf)]);
            if (from is not null) where.Add("period >= @From", "From", from);
            // Every sign of a period comes before the tilde, so a year holds its parts.
            if (to is not null) where.Add("period <= @To", "To", to + "~");
            var direction = query.One(Sort)?.StartsWith('-') == true ? "desc" : "asc";
            return ValueTask.FromResult<Filter?>(new Filter(where, from, to, $"period {direction}, unit_key {direction}"));
        }
    }
}
