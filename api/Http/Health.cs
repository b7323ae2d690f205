using ActionPlan.Data;

namespace ActionPlan.Http;

/// <summary>The two questions of an operator's probe; neither needs a key.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok\n")).ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    /// <summary>200 when the database answers, is migrated and takes a write, else 503: only a write tells of a full disk.</summary>
    static async Task<IResult> ReadyAsync(Database database, TimeProvider clock)
    {
        try
        {
            var isReady = await database.WriteAsync("system", async db =>
            {
                await db.ExecuteAsync("update readiness set checked_at = @Now", new { Now = clock.GetUtcNow() });
                return await Migrations.AreAppliedAsync(db, database.Engine);
            });
            if (isReady) return Results.Text("ready\n");
        }
        catch (DatabaseFaultException)
        {
            // Told below; the log has it from the requests that failed.
        }

        return Problem.Of(new DatabaseFaultException(false, new InvalidOperationException("not ready")));
    }
}
