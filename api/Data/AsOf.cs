using System.Text.RegularExpressions;

namespace ActionPlan.Data;

/// <summary>
/// Turns a statement about how things are into one about how they were after the change <c>@AsOf</c>: the names of the
/// tables come to stand for what the change log says of them, each row as its last change until then left it. A row that
/// was deleted then is not there; one that has been deleted since is.
/// </summary>
static partial class AsOf
{
    static readonly (string Table, string Sql)[] Tables =
    [
        ("change_clock", "select @AsOf as number"),
        ("plan", $"select now.key, past.*, null as deleted_at from plan_row now join plan_state past on past.change_number = {Last("plan", "now.key")} where past.change_kind <> 'deleted'"),
        ("focus_area", $"""
            select now.plan, now.key, past.*, null as deleted_at
            from focus_area_row now join focus_area_state past on past.change_number = {Last("focusArea", "now.plan || '/' || now.key")}
            where past.change_kind <> 'deleted'
            """),
        ("follow_up", $"""
            select now.id, now.action_id, now.plan, now.number, past.*, null as deleted_at
            from follow_up_row now join follow_up_state past on past.change_number = {Last("followUp", "now.key")}
            where past.change_kind <> 'deleted'
            """),
        ("decision", $"""
            select now.id, now.action_id, now.plan, now.number, past.*, null as deleted_at
            from decision_row now join decision_state past on past.change_number = {Last("decision", "now.key")}
            where past.change_kind <> 'deleted'
            """),
        ("action", $"""
            select now.id, now.plan, now.number, now.predecessor_plan, now.predecessor_number, past.*, null as deleted_at,
                   past.own_text || coalesce((select string_agg(follow_up.search_text, '') from follow_up where follow_up.action_id = now.id), '') as search_text
            from action_row now join action_state past on past.change_number = {LastOfAction}
            where past.change_kind <> 'deleted'
            """),
        ("action_participant", Listed("action_participant_state")),
        ("action_tag", Listed("action_tag_state")),
        ("indicator", $"select now.key, past.*, null as deleted_at from indicator_row now join indicator_state past on past.change_number = {Last("indicator", "now.key")} where past.change_kind <> 'deleted'"),
        ("indicator_action", $"select now.key as indicator, past.* from indicator_row now join indicator_action_state past on past.change_number = {Last("indicator", "now.key")}"),
        ("indicator_value", $"""
            select now.indicator, now.unit_key, now.period, past.*, null as deleted_at
            from indicator_value_row now join indicator_value_state past on past.change_number = {Last("indicatorValue", "now.key")}
            where past.change_kind <> 'deleted'
            """),
    ];

    /// <summary>The same statement about the past.</summary>
    public static string Rewrite(string sql)
    {
        var named = Names().Matches(sql).Select(m => m.Value).ToHashSet();
        // Whose text is found by that of its follow-ups too.
        if (named.Contains("action")) named.Add("follow_up");
        // Not materialized: of most rows nothing but the key is looked at.
        var tables = string.Join(", ", Tables.Where(t => named.Contains(t.Table)).Select(t => $"{t.Table} as not materialized ({t.Sql})"));
        if (tables.Length == 0) return sql;
        var rest = sql.TrimStart();
        return rest.StartsWith("with ", StringComparison.Ordinal) ? $"with {tables}, {rest[5..]}" : $"with {tables} {rest}";
    }

    const string LastOfAction = "(select max(number) from change where resource = 'action' and resource_key = now.plan || '-' || now.number and number <= @AsOf)";

    static string Last(string resource, string key) => $"(select max(number) from change where resource = '{resource}' and resource_key = {key} and number <= @AsOf)";

    static string Listed(string view) =>
        $"select now.id as action_id, past.* from action_row now join {view} past on past.change_number = {LastOfAction} where past.change_kind <> 'deleted'";

    [GeneratedRegex(@"\b(change_clock|plan|focus_area|follow_up|decision|action_participant|action_tag|action|indicator_action|indicator_value|indicator)\b")]
    private static partial Regex Names();
}
