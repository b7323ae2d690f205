using ActionPlan.Http;

namespace ActionPlan.FollowUps;

/// <summary>Which of the follow-ups that were made a list shows.</summary>
public sealed class FollowUpFilter
{
    static readonly QueryParameter Kind = QueryParameter.Words("kind", "Only follow-ups of these kinds.", FollowUpKind.All);
    static readonly QueryParameter Effect = QueryParameter.Words("effect", "Only follow-ups with these verdicts.", Effects.All);
    static readonly QueryParameter Prognosis = QueryParameter.Words("prognosis", "Only follow-ups that set these prognoses.", ["green", "yellow", "red"]);
    static readonly QueryParameter Date = QueryParameter.Date("date", "Only follow-ups of this day.");
    static readonly QueryParameter DateAfter = QueryParameter.Date("dateAfter", "Only follow-ups after this day.");
    static readonly QueryParameter DateBefore = QueryParameter.Date("dateBefore", "Only follow-ups before this day.");

    /// <summary>The query parameters.</summary>
    public static readonly IReadOnlyList<QueryParameter> Parameters = [Kind, Effect, Prognosis, Date, DateAfter, DateBefore];

    FollowUpFilter(HttpContext http)
    {
        var query = new QueryValues(http);
        Where.In("kind", "Kind", query.All(Kind)).In("effect", "Effect", query.All(Effect)).In("prognosis", "Prognosis", query.All(Prognosis));
        if (query.Date(Date) is { } day) Where.Add("date = @Date", "Date", day);
        if (query.Date(DateAfter) is { } after) Where.Add("date > @DateAfter", "DateAfter", after);
        if (query.Date(DateBefore) is { } before) Where.Add("date < @DateBefore", "DateBefore", before);
    }

    /// <summary>The conditions.</summary>
    public Conditions Where { get; } = new();

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<FollowUpFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<FollowUpFilter?>(new FollowUpFilter(http));
}
