using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Webhooks;

/// <summary>PATCH /webhooks/{webhook}</summary>
public static class PatchWebhook
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/webhooks/{webhook}", HandleAsync)
        .Describe("Change a webhook",
            "Changes what the merge patch names and nothing else. state=paused makes messages wait; state=active sends what has waited, in order. "
            + "A webhook whose key has stopped working cannot be made active: make a new one.")
        .Requires(Role.Admin)
        .Merges<WebhookInput>();

    static async Task<Results<Ok<WebhookResponse>, Problem>> HandleAsync(
        string webhook, Patch<WebhookInput> patch, Faults faults, Caller caller, Targets targets, Db db)
    {
        var current = await GetWebhook.FindAsync(db, webhook, caller);
        if (current is null) return Problem.NotFound("webhook", webhook);
        if (caller.Stale(current) is { } stale) return stale;

        var wanted = patch.ApplyTo(current);
        wanted.Check(faults);
        await WebhookRow.CheckAsync(wanted, current, current.Department, targets, caller, db, faults);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var assignments = Copy.Assignments(current, wanted);
        if (assignments.Length == 0) return TypedResults.Ok(current);
        if (wanted.State != current.State)
        {
            if (wanted.State == WebhookState.Active && !await db.FindAsync<bool>(KeyWorksSql, new { current.Id, db.Now })) return Problem.Conflict("key-stopped");
            assignments += "pause_reason = @PauseReason, ";
        }

        var parameters = WebhookRow.Of(wanted, current.Id, db);
        var changed = await db.FindAsync<WebhookResponse>(
            $"""
            update webhook set {assignments} host = @Host, version = version + 1, updated_at = @Now, updated_by = @Actor
            where id = @Id
            returning {WebhookResponse.Columns}
            """,
            parameters);

        // Whoever mends something wants to see at once whether it helped, and has 24 hours anew.
        await db.ExecuteAsync(RetrySql, parameters);
        await db.RecordAsync(Change.Updated, changed!);
        return TypedResults.Ok(changed!);
    }

    const string KeyWorksSql = $"select exists (select 1 from webhook where id = @Id and {WebhookResponse.KeyWorks})";

    const string RetrySql = """
        update delivery set tries = 0, first_attempt_at = null, next_attempt_at = null
        where webhook = @Id and (delivered_at is null or resend_at is not null)
        """;
}
