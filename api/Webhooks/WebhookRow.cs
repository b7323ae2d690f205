using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Webhooks;

/// <summary>What creating and changing a webhook share: the checks against settings and other rows, and the parameters.</summary>
static class WebhookRow
{
    /// <summary>The address must be one that may be reached, and the plan be there, among those that the webhook is told of.</summary>
    public static async Task CheckAsync(WebhookInput input, WebhookResponse? current, string? department, Targets targets, Caller caller, Db db, Faults faults)
    {
        if (input.Url is { } url && url != current?.Url && !faults.AreAt("/url") && targets.Refuse(url) is { } code) faults.AddAt("/url", code);
        if (input.Plan is { } plan && plan != current?.Plan && !faults.AreAt("/plan")
            && !await db.FindAsync<bool>(PlanSql, new { Plan = plan, Department = department, caller.Scope }))
            faults.AddAt("/plan", "unknownPlan", plan);
    }

    /// <summary>The input's values, those made from them, and who writes when.</summary>
    public static DynamicParameters Of(WebhookInput input, Guid id, Db db)
    {
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new
        {
            Id = id,
            new Uri(input.Url!).Host,
            PauseReason = input.State == WebhookState.Paused ? PauseReason.Asked : null,
            db.Now,
            db.Actor,
        });
        return parameters;
    }

    const string PlanSql = """
        select exists (
            select 1 from plan
            where key = @Plan and deleted_at is null and (@Department is null or department = @Department) and (@Scope is null or department = @Scope))
        """;
}
