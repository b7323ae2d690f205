using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;

namespace ActionPlan.Webhooks;

/// <summary>
/// What a new day brings: actions that are due soon or have become overdue, and follow-ups that are due, each an event;
/// and old deliveries that go. Done once a day, in one transaction with the mark that it is done, so that neither a kill
/// nor a second process leaves anything out or makes anything twice.
/// </summary>
public sealed class DailyWork(Database database, TimeProvider clock)
{
    /// <summary>How many days ahead "due soon" looks: as far as owners' and summaries' <c>dueSoon</c>.</summary>
    public const int SoonDays = 30;

    const int KeptDays = 30;

    DateOnly? done;

    /// <summary>Does the day's work, unless it is done.</summary>
    public async Task RunAsync()
    {
        var today = Caller.Day(clock.GetUtcNow());
        if (done == today) return;

        await database.WriteAsync("system", async db =>
        {
            if (await db.ExecuteAsync(MarkSql, new { Today = today }) == 0) return false;
            foreach (var (type, day, condition) in Kinds)
                await db.ExecuteAsync(Sql(day, condition), new { Type = type, db.Now, Today = today, Soon = today.AddDays(SoonDays) });
            await db.ExecuteAsync(ForgetSql, new { Before = db.Now.AddDays(-KeptDays) });
            return true;
        });
        done = today;
    }

    static readonly (string Type, string Day, string Condition)[] Kinds =
    [
        (EventTypes.ActionOverdue, "due_date", $"{Status.OpenSql} and due_date < @Today"),
        (EventTypes.ActionDueSoon, "due_date", $"{Status.OpenSql} and due_date >= @Today and due_date <= @Soon"),
        (EventTypes.FollowUpDue, "next_follow_up_date", $"{Status.FollowedSql} and next_follow_up_date <= @Today"),
    ];

    const string MarkSql = """
        insert into daily_work (id, day) values (1, @Today)
        on conflict (id) do update set day = excluded.day where daily_work.day < excluded.day
        """;

    // The last stays: the next one's number follows from it.
    const string ForgetSql = """
        delete from delivery
        where delivered_at < @Before and resend_at is null
          and number < (select max(number) from delivery as other where other.webhook = delivery.webhook)
        """;

    // An action that was told of with this date is not told of again; with another it is.
    static string Sql(string day, string condition) => $"""
        insert into event (number, after_change, at, type, action, plan, department, day)
        select (select coalesce(max(number), 0) from event) + row_number() over (order by {day}, plan, number),
               (select coalesce(max(number), 0) from change),
               @Now, @Type, plan || '-' || number, plan, department, {day}
        from action
        where deleted_at is null and {condition}
          and not exists (select 1 from event where event.type = @Type and event.action = action.plan || '-' || action.number and event.day = action.{day})
        """;
}
