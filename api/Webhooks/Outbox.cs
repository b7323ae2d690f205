using System.Data;
using ActionPlan.Data;
using Dapper;

namespace ActionPlan.Webhooks;

/// <summary>
/// Turns what has been committed into deliveries. A webhook's place in the change log and among the events moves in the same
/// transaction that writes the deliveries for what lies before it: a kill loses none, and a restart makes none twice.
/// </summary>
static class Outbox
{
    const int Batch = 100;

    /// <summary>Makes the deliveries of what comes next, if anything does; false if the webhook has come to the end.</summary>
    public static async Task<bool> FillAsync(Database database, Guid webhook)
    {
        await using var reading = database.Read();
        if (await reading.FindAsync<Place>(PlaceSql, new { Id = webhook }) is not { } place) return false;
        var next = await ReadAsync(reading, place);
        await reading.DisposeAsync();
        return next.Count > 0 && await database.WriteAsync("system", db => WriteAsync(db, webhook, place, next));
    }

    // One statement, and so one moment: a change is never seen without the events before it.
    static Task<IReadOnlyList<Item>> ReadAsync(Db db, Place place)
    {
        var mine = (place.Department is null ? "" : "and department = @Department ") + (place.Plan is null ? "" : "and plan = @Plan");
        var parameters = new DynamicParameters(place);
        return db.QueryAsync<Item>($"""
            select change_number, event_number, type, resource, kind, state, previous
            from (
                select * from (
                    select number as change_number, 0 as event_number, null as type, resource, kind,
                           case when resource = 'action' and kind = 'updated' then state end as state,
                           case when resource = 'action' and kind = 'updated' then {ChangeLog.Before("state")} end as previous
                    from change
                    where number > @LastChange and resource in ('action', 'followUp', 'plan') {mine}
                    order by number limit {Batch}) as changes
                union all
                select * from (
                    select after_change, number, type, 'action', null, null, null
                    from event
                    where number > @LastEvent {mine}
                    order by number limit {Batch}) as events
            ) as happened
            order by change_number, event_number
            limit {Batch}
            """, parameters);
    }

    static async Task<bool> WriteAsync(Db db, Guid webhook, Place place, IReadOnlyList<Item> items)
    {
        // Whoever else came first has written these.
        if (await db.ExecuteAsync(MoveSql, new
        {
            Id = webhook,
            place.LastChange,
            place.LastEvent,
            Change = items[^1].ChangeNumber,
            Event = Math.Max(place.LastEvent, items.Max(item => item.EventNumber)),
        }) == 0) return false;

        foreach (var item in items)
            foreach (var type in item.Types().Where(place.Events.Contains))
                await db.ExecuteAsync(DeliverySql, new { Id = Guid.CreateVersion7(db.Now), Webhook = webhook, Type = type, item.ChangeNumber, item.EventNumber, db.Now });
        return true;
    }

    const string PlaceSql = "select department, plan, events, last_change, last_event from webhook where id = @Id";

    const string MoveSql = """
        update webhook set last_change = @Change, last_event = @Event
        where id = @Id and last_change = @LastChange and last_event = @LastEvent and state = 'active' and deleted_at is null
        """;

    const string DeliverySql = """
        insert into delivery (id, webhook, number, type, change_number, event_number, created_at)
        values (@Id, @Webhook, (select coalesce(max(number), 0) + 1 from delivery where webhook = @Webhook), @Type, @ChangeNumber, @EventNumber, @Now)
        """;

    /// <summary>How far a webhook has come, and what it is told of.</summary>
    sealed class Place
    {
        public string? Department { get; init; }
        public string? Plan { get; init; }
        public required IReadOnlyList<string> Events { get; init; }
        public required long LastChange { get; init; }
        public required long LastEvent { get; init; }
    }

    /// <summary>A change, or an event behind a change.</summary>
    sealed class Item
    {
        public required long ChangeNumber { get; init; }
        public required long EventNumber { get; init; }
        public string? Type { get; init; }
        public required string Resource { get; init; }
        public string? Kind { get; init; }
        public string? State { get; init; }
        public string? Previous { get; init; }

        /// <summary>What it is called, in the order in which it is told.</summary>
        public IEnumerable<string> Types() => (Resource, Kind) switch
        {
            (_, null) => [Type!],
            ("action", Change.Created) => [EventTypes.ActionCreated],
            ("action", Change.Updated) when Status(Previous) != Status(State) => [EventTypes.ActionUpdated, EventTypes.ActionStatusChanged],
            // What was deleted and is back is there again with all it has.
            ("action", Change.Updated or Change.Restored) => [EventTypes.ActionUpdated],
            ("action", Change.Deleted) => [EventTypes.ActionDeleted],
            ("followUp", Change.Created) => [EventTypes.FollowUpCreated],
            ("plan", Change.Updated) => [EventTypes.PlanUpdated],
            _ => [],
        };

        static string? Status(string? state) => Message.Parse(state)["status"]?.ToString();
    }
}
