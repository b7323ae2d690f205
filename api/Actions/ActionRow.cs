using System.Text.Json;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
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

    /// <summary>The columns of a new row, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "plan", "number", "department", "title", "description", "focus_area", "status", "status_reason", "owner", "owner_key", "owner_email", "initiator",
        "participants", "deadline", "start_date", "due_date", "recurrence", "priority", "is_highlighted", "expected_effect", "source", "measure_number",
        "is_trial", "decision_due_date", "completed_on", "verified_on", "follow_up_interval", "next_follow_up_date", "evaluation_responsible",
        "evaluation_due_date", "evaluation_support", "tags", "external_id", "search_text", "created_at", "created_by", "updated_at", "updated_by",
    ];

    /// <summary>The row of a new action; <paramref name="note"/> is what its first follow-up says, by which it is found too.</summary>
    public static object?[] Values(ActionResponse a, string? note) =>
    [
        a.Plan, a.Number, a.Department, a.Title, a.Description, a.FocusArea, a.Status, a.StatusReason, a.Owner, SearchText.Name(a.Owner), a.OwnerEmail, a.Initiator,
        JsonSerializer.Serialize(a.Participants, Json.State), a.Deadline, a.StartDate, a.DueDate, a.Recurrence, a.Priority, a.IsHighlighted, a.ExpectedEffect, a.Source, a.MeasureNumber,
        a.IsTrial, a.DecisionDueDate, a.CompletedOn, a.VerifiedOn, a.FollowUpInterval, a.NextFollowUpDate, a.EvaluationResponsible,
        a.EvaluationDueDate, a.EvaluationSupport, JsonSerializer.Serialize(a.Tags, Json.State), a.ExternalId,
        SearchText.Fold(a.Title, a.Description, a.Owner) + SearchText.Fold(note), a.CreatedAt, a.CreatedBy, a.UpdatedAt, a.UpdatedBy,
    ];

    /// <summary>A new action as its row will show it.</summary>
    public static ActionResponse New(ActionInput input, PlanResponse plan, int number, Db db, DateOnly? verifiedOn) => new()
    {
        Key = $"{plan.Key}-{number}",
        Plan = plan.Key,
        Number = number,
        Department = plan.Department,
        PlanStatus = plan.Status,
        Title = input.Title!,
        Description = input.Description,
        FocusArea = input.FocusArea,
        Status = input.Status!,
        StatusReason = input.StatusReason,
        Owner = input.Owner,
        OwnerEmail = input.OwnerEmail,
        Initiator = input.Initiator,
        Participants = input.Participants!,
        Deadline = input.Deadline,
        StartDate = input.StartDate,
        DueDate = input.DueDate,
        Recurrence = input.Recurrence,
        Priority = input.Priority,
        Prognosis = null,
        IsHighlighted = input.IsHighlighted!.Value,
        ExpectedEffect = input.ExpectedEffect,
        Source = input.Source,
        MeasureNumber = input.MeasureNumber,
        IsTrial = input.IsTrial!.Value,
        DecisionDueDate = input.DecisionDueDate,
        CompletedOn = input.CompletedOn,
        VerifiedOn = verifiedOn,
        FollowUpInterval = input.FollowUpInterval,
        NextFollowUpDate = input.NextFollowUpDate,
        EvaluationResponsible = input.EvaluationResponsible,
        EvaluationDueDate = input.EvaluationDueDate,
        EvaluationSupport = input.EvaluationSupport,
        Tags = input.Tags!,
        ExternalId = input.ExternalId,
        CreatedAt = db.Now,
        CreatedBy = db.Actor,
        UpdatedAt = db.Now,
        UpdatedBy = db.Actor,
        Version = 1,
    };

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
