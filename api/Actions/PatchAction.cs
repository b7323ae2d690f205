using ActionPlan.Data;
using ActionPlan.Deadlines;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Actions;

/// <summary>PATCH /actions/{action}</summary>
public static class PatchAction
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPatch("/actions/{action}", HandleAsync)
        .Describe("Change an action",
            "Changes what the merge patch names and nothing else; null clears. The status moves only where allowedStatuses says; "
            + "pausing, cancelling, rejecting and reopening need statusReason.")
        .Requires(Role.Editor)
        .Merges<ActionInput>();

    static async Task<Results<Ok<ActionResponse>, Problem>> HandleAsync(string action, Patch<ActionInput> patch, Faults faults, Caller caller, Db db)
    {
        var current = await GetAction.FindAsync(db, action, caller);
        if (current is null) return Problem.NotFound("action", action);
        if (caller.Stale(current) is { } stale) return stale;
        if (current.PlanStatus == PlanStatus.Closed) return Problem.PlanClosed(current.Plan);

        var wanted = patch.ApplyTo(current);
        var isMove = wanted.Status != current.Status && !faults.AreAt("/status");
        if (isMove && Status.MovesFrom(current.Status) is var allowed && !allowed.Contains(wanted.Status!)) return Problem.MoveNotAllowed(current.Status, wanted.Status!, allowed);
        // Only a wording asks for the plan's period.
        var plan = patch.Names("deadline") ? await GetPlan.FindAsync(db, current.Plan, caller) : null;
        Settle(wanted, current, patch, new Period(plan?.PeriodStart, plan?.PeriodEnd), caller.Today, faults);
        if (wanted.FocusArea != current.FocusArea || wanted.MeasureNumber != current.MeasureNumber || wanted.Title is null)
            await ActionRow.CheckReferencesAsync(current.Plan, wanted, db, faults);
        return faults.Count > 0 ? Problem.Invalid(faults) : TypedResults.Ok(await ChangeAsync(db, current, wanted, patch.Names("statusReason") ? wanted.StatusReason : null));
    }

    /// <summary>Completes what a patch asks for by what follows from it, and adds every fault that can be told without the database.</summary>
    internal static void Settle(ActionInput wanted, ActionResponse current, Patch<ActionInput> patch, Period period, DateOnly today, Faults faults)
    {
        var isMove = wanted.Status != current.Status && !faults.AreAt("/status");
        if (isMove) Move(current, wanted, patch, faults, today);
        if (wanted.CompletedOn is null && current.CompletedOn is not null && wanted.Status == current.Status && !faults.AreAt("/completedOn")) faults.AddAt("/completedOn", "required");
        Deadline.Settle(wanted, current, patch, period);
        // What was verified is awaited no more; opened again, it is.
        var isAwaitedAnew = wanted.FollowUpInterval != current.FollowUpInterval || (isMove && Status.IsFinal(current.Status) && Status.IsOpen(wanted.Status!));
        if (isAwaitedAnew && !patch.Names("nextFollowUpDate")) wanted.NextFollowUpDate ??= FollowUpInterval.Next(wanted.FollowUpInterval, today);
        wanted.Check(faults);
    }

    /// <summary>Writes what differs, with a change row; the action as it stands then.</summary>
    internal static async Task<ActionResponse> ChangeAsync(Db db, ActionResponse current, ActionInput wanted, string? reason)
    {
        var assignments = Copy.Assignments(current, wanted);
        if (current.Status == Status.Verified && wanted.Status != Status.Verified) assignments += "verified_on = null, ";
        if (assignments.Length == 0) return current;
        if (wanted.Owner != current.Owner) assignments += "owner_key = @OwnerKey, ";
        if (wanted.Title != current.Title || wanted.Description != current.Description || wanted.Owner != current.Owner) assignments += $"search_text = @SearchText || {ActionRow.FollowUpsSql}, ";

        var changed = (await db.FindAsync<ActionResponse>(
            $"""
            update action set {assignments} version = version + 1, updated_at = @Now, updated_by = @Actor
            where plan = @Plan and number = @Number
            returning {ActionResponse.Columns}
            """,
            ActionRow.Of(wanted, current.Plan, current.Number, db)))!;

        if (!wanted.Participants!.SequenceEqual(current.Participants) || !wanted.Tags!.SequenceEqual(current.Tags)) await ActionRow.WriteListsAsync(db, wanted, current.Plan, current.Number, false);
        await db.RecordAsync(Change.Updated, changed, reason, movesDeadline: changed.DueDate != current.DueDate);
        return changed;
    }

    /// <summary>What comes with a change of status: a reason of its own, and no day of completion once it is open again.</summary>
    static void Move(ActionResponse current, ActionInput wanted, Patch<ActionInput> patch, Faults faults, DateOnly today)
    {
        // A reason that was given for an earlier move is none for this one.
        var needsReason = Status.NeedsReason(wanted.Status!) || Status.IsFinal(current.Status);
        if (needsReason && (!patch.Names("statusReason") || wanted.StatusReason is null) && !faults.AreAt("/statusReason")) faults.AddAt("/statusReason", "reasonRequired", wanted.Status);

        if (wanted.Status == Status.Done) wanted.CompletedOn ??= today;
        else if (!patch.Names("completedOn")) wanted.CompletedOn = null;
    }
}
