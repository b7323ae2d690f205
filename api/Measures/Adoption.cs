using ActionPlan.Http;

namespace ActionPlan.Measures;

/// <summary>
/// Who has adopted a measure: an action that carries it out, decided on and not turned down. And what a key bound to a department
/// is told of it: all of its own, and of others what their plan shares, if it is no draft. Every count, filter and order is made
/// of these conditions, so none tells more than the list does.
/// </summary>
static class Adoption
{
    /// <summary>Conditions on the table action: it adopts a measure, and the caller is told so.</summary>
    public static string Seen(Caller caller) => $"action.deleted_at is null and action.status not in ('proposed', 'rejected') and {Shares(caller, "<> 'none'")}";

    /// <summary>Condition on the table action: the caller is told how it went.</summary>
    public static string Known(Caller caller) => Shares(caller, "= 'effects'");

    /// <summary>Condition on the table action: it belongs to whoever asks.</summary>
    public static string Own(Caller caller) => caller.Scope is null ? "true" : "action.department = @Scope";

    /// <summary>The latest verdict on the row of the table action at hand.</summary>
    public const string EffectSql = """
        (select follow_up.effect from follow_up where follow_up.action_id = action.id and follow_up.effect is not null and follow_up.deleted_at is null
         order by follow_up.date desc, follow_up.id desc limit 1)
        """;

    static string Shares(Caller caller, string sharing) => caller.Scope is null ? "true"
        : $"({Own(caller)} or exists (select 1 from plan where plan.key = action.plan and plan.sharing {sharing} and plan.status <> 'draft'))";
}
