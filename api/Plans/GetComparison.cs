using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}/comparison</summary>
public static class GetComparison
{
    internal static readonly QueryParameter From = Moment.Parameter("from", "The earlier moment: a day (its end in Stockholm) or an instant with zone. The day of the latest presentation unless told, or else when the plan was made.");
    static readonly QueryParameter To = Moment.Parameter("to", "The later moment; now unless told.");

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/comparison", HandleAsync)
        .Describe("Compare a plan with itself at another time",
            "What has come, gone, been done, verified, become overdue or been moved, whose owner or status differs, and which follow-ups were made "
            + "between two moments. Unless told, since the board (nämnd) last saw the plan, or since it was made.")
        .Requires(Role.Reader)
        .Query(From, To);

    static async Task<Results<Ok<ComparisonResponse>, NotModified, Problem>> HandleAsync(string plan, Between between, Faults faults, Caller caller, Db db)
    {
        // Now is all that there is, even where another process's clock, and so the last change, is a little ahead.
        await using var late = between.IsUntilNow ? null : db.At(between.To);
        if (await GetPlan.FindAsync(late ?? db, plan, caller) is not { } compared) return Problem.NotFound("plan", plan);
        var from = between.From ?? await PresentedAsync(db, plan, between.To) ?? Earlier(compared.CreatedAt, between.To);
        if (from > between.To) faults.AddParameter("from", "fromAfterTo");
        if (faults.Count > 0) return Problem.Invalid(faults);

        return TypedResults.Ok(await CompareAsync(late ?? db, plan, from, between.To, between.IsUntilNow, caller));
    }

    /// <summary>What differs between a moment and what <paramref name="late"/> sees, of a plan that the caller may see.</summary>
    internal static async Task<ComparisonResponse> CompareAsync(Db late, string plan, DateTimeOffset from, DateTimeOffset to, bool isUntilNow, Caller caller)
    {
        await using var early = late.At(from);
        var values = new { Plan = plan, caller.Scope, From = from, Until = isUntilNow ? to.AddDays(1) : to };
        var (before, after) = ((await early.QueryAsync<Row>(Sql, values)).ToDictionary(r => r.Key), await late.QueryAsync<Row>(Sql, values));
        var moves = (await late.QueryAsync<(string Action, int Times)>(MovesSql, values)).ToDictionary(m => m.Action, m => m.Times);
        var both = after.Where(row => before.ContainsKey(row.Key)).Select(row => (Old: before[row.Key], New: row)).ToList();
        var remaining = after.Select(row => row.Key).ToHashSet();
        return new ComparisonResponse
        {
            Plan = plan,
            From = from,
            To = to,
            Added = Named(after.Where(row => !before.ContainsKey(row.Key))),
            Removed = Named(before.Values.Where(row => !remaining.Contains(row.Key)).OrderBy(row => row.Number)),
            NewlyDone = Named(after.Where(row => IsDone(row) && !(before.GetValueOrDefault(row.Key) is { } old && IsDone(old)))),
            NewlyVerified = Named(after.Where(row => row.Status == Status.Verified && before.GetValueOrDefault(row.Key)?.Status != Status.Verified)),
            BecameOverdue = Named(after.Where(row => IsLate(row, to) && !(before.GetValueOrDefault(row.Key) is { } old && IsLate(old, from)))),
            DeadlineMoved =
            [
                .. both.Where(row => row.Old.DueDate != row.New.DueDate || moves.ContainsKey(row.New.Key)).Select(row => new MovedDeadline
                {
                    Action = row.New.Key,
                    Title = row.New.Title,
                    From = row.Old.DueDate,
                    To = row.New.DueDate,
                    Days = row.New.DueDate?.DayNumber - row.Old.DueDate?.DayNumber,
                    Times = moves.GetValueOrDefault(row.New.Key),
                }),
            ],
            OwnerChanged = [.. both.Where(row => SearchText.Name(row.Old.Owner) != SearchText.Name(row.New.Owner)).Select(row => Changed(row.New, row.Old.Owner, row.New.Owner))],
            StatusChanged = [.. both.Where(row => row.Old.Status != row.New.Status).Select(row => Changed(row.New, row.Old.Status, row.New.Status))],
            FollowUps = await late.QueryAsync<ComparedFollowUp>(FollowUpsSql, values),
        };
    }

    // What the board saw was the plan at the end of that day; of a day that is not over yet, when it was told of.
    static async Task<DateTimeOffset?> PresentedAsync(Db db, string plan, DateTimeOffset to) =>
        await PresentationRow.FindLatestAsync(db, plan, Caller.Day(to)) is not { } presentation ? null
        : Moment.EndOf(presentation.Date) is var end && end < to ? end
        : Earlier(presentation.CreatedAt, to);

    // The log may be a little ahead of the clock.
    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    static bool IsDone(Row row) => row.Status is Status.Done or Status.Verified;

    static bool IsLate(Row row, DateTimeOffset at) => Status.IsOpen(row.Status) && row.DueDate < Caller.Day(at);

    static IReadOnlyList<ComparedAction> Named(IEnumerable<Row> rows) => [.. rows.Select(row => new ComparedAction { Action = row.Key, Title = row.Title })];

    static ChangedText Changed(Row row, string? from, string? to) => new() { Action = row.Key, Title = row.Title, From = from, To = to };

    const string Sql = $"""
        select plan || '-' || number as key, number, title, status, owner, due_date from action
        where plan = @Plan and deleted_at is null {Scope.OnRow}
        order by number
        """;

    const string MovesSql = $"""
        select resource_key, count(*) from change
        where plan = @Plan and deadline_moved and at > @From and at <= @Until {Scope.OnRow}
        group by resource_key
        """;

    const string FollowUpsSql = $"""
        select id, plan || '-' || number as action, date, kind, effect, prognosis,
               (select title from action where action.id = follow_up.action_id) as title
        from follow_up
        where plan = @Plan and created_at > @From and deleted_at is null {Scope.OnRow}
        order by date, id
        """;

    /// <summary>What is compared of an action.</summary>
    sealed class Row
    {
        public required string Key { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Status { get; init; }
        public string? Owner { get; init; }
        public DateOnly? DueDate { get; init; }
    }

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Between(DateTimeOffset? From, DateTimeOffset To, bool IsUntilNow)
    {
        public static ValueTask<Between?> BindAsync(HttpContext http)
        {
            var today = Caller.Of(http).Today;
            var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            var from = Moment.Of(http, GetComparison.From, today)?.Instant;
            var to = Moment.Of(http, GetComparison.To, today)?.Instant;
            // A day that is not over yet begins and ends the comparison.
            return ValueTask.FromResult<Between?>(new Between(from, to ?? (from > now ? from.Value : now), to is null));
        }
    }
}
