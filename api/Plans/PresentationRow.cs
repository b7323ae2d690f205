using ActionPlan.Data;

namespace ActionPlan.Plans;

/// <summary>What happens to presentations when something happens to their plan, with a change row each; and which was the latest.</summary>
static class PresentationRow
{
    /// <summary>Hides those of a plan.</summary>
    public static Task HideAsync(Db db, string plan) => WriteAsync(db, Change.Deleted, "deleted_at = @Now", plan);

    /// <summary>Tells whoever follows a department that a plan has come there, with these.</summary>
    public static Task MoveAsync(Db db, string plan, string? leaving) => WriteAsync(db, Change.Updated, "department = department", plan, leaving);

    /// <summary>When a plan, one that the caller may see, was presented last, on <paramref name="day"/> or earlier; null if it never was.</summary>
    public static Task<PresentationResponse?> FindLatestAsync(Db db, string plan, DateOnly day) =>
        db.FindAsync<PresentationResponse>(LatestSql(""), new { Plan = plan, Day = day });

    /// <summary>The same of a day before <paramref name="day"/>, as far as was known at an instant.</summary>
    public static Task<PresentationResponse?> FindBeforeAsync(Db db, string plan, DateOnly day, DateTimeOffset known) =>
        db.FindAsync<PresentationResponse>(LatestSql("and created_at <= @Known"), new { Plan = plan, Day = day.AddDays(-1), Known = known });

    static async Task WriteAsync(Db db, string kind, string set, string plan, string? leaving = null)
    {
        var written = await db.QueryAsync<PresentationResponse>(
            $"update presentation set {set} where plan = @Plan and deleted_at is null returning {PresentationResponse.Columns}", new { Plan = plan, db.Now });
        // What an update returns comes in no order of its own; the change log shall tell the same on every engine.
        foreach (var presentation in written.OrderBy(p => p.Id)) await db.RecordAsync(kind, presentation, leaving: leaving);
    }

    static string LatestSql(string known) => $"""
        select {PresentationResponse.Columns} from presentation
        where plan = @Plan and date <= @Day {known} and deleted_at is null
        order by date desc, id desc limit 1
        """;
}
