using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Actions;

/// <summary>What creating and changing an action share: the checks against other rows, the parameters, and the rows beside it.</summary>
static class ActionRow
{
    /// <summary>The focus area and the measure must be there. A measure gives its title to what has none.</summary>
    public static async Task CheckReferencesAsync(string plan, ActionInput input, Db db, Faults faults)
    {
        var focusArea = faults.AreAt("/focusArea") ? null : input.FocusArea;
        var measure = faults.AreAt("/measureNumber") ? null : input.MeasureNumber;
        if (focusArea is null && measure is null) return;
        var found = (await db.FindAsync<Found>(ReferencesSql, new { Plan = plan, FocusArea = focusArea, MeasureNumber = measure }))!;
        if (focusArea is not null && !found.FocusArea) faults.AddAt("/focusArea", "unknownFocusArea", focusArea, plan);
        if (measure is not null && found.Measure is null) faults.AddAt("/measureNumber", "unknownMeasure", measure);
        if (!faults.AreAt("/title")) input.Title ??= found.Measure;
    }

    /// <summary>The input's values, those made from them, and who writes when.</summary>
    public static DynamicParameters Of(ActionInput input, string plan, int number, Db db)
    {
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new
        {
            Plan = plan,
            Number = number,
            OwnerKey = SearchText.Name(input.Owner),
            SearchText = SearchText.Fold(input.Title, input.Description, input.Owner),
            db.Now,
            db.Actor,
        });
        return parameters;
    }

    /// <summary>What q finds of an action's follow-ups.</summary>
    public const string FollowUpsSql = "coalesce((select string_agg(follow_up.search_text, '' order by date, follow_up.id) from follow_up where action_id = action.id), '')";

    /// <summary>Writes the rows by which participants and tags are found.</summary>
    public static async Task WriteListsAsync(Db db, ActionInput input, string plan, int number, bool isNew)
    {
        var values = new { Plan = plan, Number = number };
        if (!isNew)
        {
            await db.ExecuteAsync("delete from action_participant where action_id = (select id from action where plan = @Plan and number = @Number)", values);
            await db.ExecuteAsync("delete from action_tag where action_id = (select id from action where plan = @Plan and number = @Number)", values);
        }

        foreach (var key in input.Participants!.Select(SearchText.Name).OfType<string>().Distinct())
            await db.ExecuteAsync("insert into action_participant (participant_key, action_id) select @Key, id from action where plan = @Plan and number = @Number", new { Key = key, Plan = plan, Number = number });
        foreach (var key in input.Tags!.Select(SearchText.Name).OfType<string>().Distinct())
            await db.ExecuteAsync("insert into action_tag (tag_key, action_id) select @Key, id from action where plan = @Plan and number = @Number", new { Key = key, Plan = plan, Number = number });
    }

    const string ReferencesSql = """
        select exists (select 1 from focus_area where plan = @Plan and key = @FocusArea and deleted_at is null) as focus_area,
               (select title from measure where number = @MeasureNumber) as measure
        """;

    sealed class Found
    {
        public bool FocusArea { get; init; }
        public string? Measure { get; init; }
    }
}
