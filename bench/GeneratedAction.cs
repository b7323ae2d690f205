using System.Text.Json;
using ActionPlan.Actions;

namespace ActionPlan.Bench;

/// <summary>One generated action: the statement that inserts it, and its values.</summary>
static class GeneratedAction
{
    const int Measures = 101;
    static readonly DateOnly Today = new(2026, 9, 1);

    public const string Sql = """
        insert into action (id, plan, number, department, title, description, focus_area, status, status_reason, owner, owner_key,
            participants, tags, deadline, due_date, priority, prognosis, is_highlighted, measure_number, completed_on, verified_on,
            next_follow_up_date, search_text, created_at, created_by, updated_at, updated_by)
        values (@Id, @Plan, @Number, @Department, @Title, @Description, @FocusArea, @Status, @StatusReason, @Owner, @OwnerKey,
            @Participants, @Tags, @Deadline, @DueDate, @Priority, @Prognosis, @Highlighted, @MeasureNumber, @CompletedOn, @VerifiedOn,
            @NextFollowUpDate, @SearchText, @CreatedAt, 'bench', @UpdatedAt, 'bench')
        """;

    public static Dictionary<string, object?> Row(Random random, Vocabulary words, int id, string plan, string department, int number, DateOnly start, string[] participants, string[] tags)
    {
        DateOnly? due = words.Chance(15) ? null : start.AddDays(random.Next(30, 720));
        var status = Status(random, due ?? start.AddYears(2));
        var (title, description, owner) = (words.Title(), words.Description(), words.Owner());
        var created = start.ToDateTime(TimeOnly.MinValue).AddMilliseconds(random.NextInt64(86_400_000L * 60));
        return new()
        {
            ["Id"] = id,
            ["Plan"] = plan,
            ["Number"] = number,
            ["Department"] = department,
            ["Title"] = title,
            ["Description"] = description,
            ["FocusArea"] = words.Chance(10) ? null : words.One(Vocabulary.FocusAreas).Key,
            ["Status"] = status,
            ["StatusReason"] = status is "paused" or "cancelled" or "rejected" ? "Väntar på beslut om budget" : null,
            ["Owner"] = owner,
            ["OwnerKey"] = SearchText.Name(owner),
            ["Participants"] = JsonSerializer.Serialize(participants, Http.Json.State),
            ["Tags"] = JsonSerializer.Serialize(tags, Http.Json.State),
            ["Deadline"] = Text(due),
            ["DueDate"] = Text(due),
            ["Priority"] = words.One<string?>([null, null, "low", "normal", "normal", "high"]),
            ["Prognosis"] = words.One<string?>([null, null, null, "green", "green", "yellow", "red"]),
            ["Highlighted"] = words.Chance(5) ? 1 : 0,
            ["MeasureNumber"] = words.Chance(30) ? random.Next(1, Measures + 1) : null,
            ["CompletedOn"] = status is "done" or "verified" ? Text(due ?? start.AddDays(200)) : null,
            ["VerifiedOn"] = status is "verified" ? Text(due?.AddDays(90) ?? start.AddDays(300)) : null,
            ["NextFollowUpDate"] = words.Chance(30) ? Text(start.AddDays(random.Next(30, 900))) : null,
            ["SearchText"] = SearchText.Fold(title, description, owner),
            ["CreatedAt"] = Http.Json.Instant(created),
            ["UpdatedAt"] = Http.Json.Instant(created.AddSeconds(random.Next(0, 86_400 * 200))),
        };
    }

    // What is due in the past is mostly over; what is to come is mostly not.
    static string Status(Random random, DateOnly due) => (due < Today, random.Next(100)) switch
    {
        (true, < 45) => "done",
        (true, < 75) => "verified",
        (true, < 87) => "cancelled",
        (true, < 93) => "inProgress",
        (true, < 97) => "planned",
        (true, _) => "paused",
        (false, < 40) => "planned",
        (false, < 70) => "inProgress",
        (false, < 80) => "proposed",
        (false, < 88) => "done",
        (false, < 94) => "paused",
        (false, _) => "rejected",
    };

    static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd");
}
