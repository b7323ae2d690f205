using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Deadlines;

/// <summary>GET /deadlines</summary>
public static class GetDeadline
{
    static readonly QueryParameter Wanted = new("text", "The wording, as somebody would write it.", "hösten/vintern 2015") { IsRequired = true, MaxLength = 200 };
    static readonly QueryParameter Plan = new("plan", "The plan whose period gives a year that is left out.", "soc-2015") { MaxLength = 40 };

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/deadlines", HandleAsync)
        .Describe("Get how a wording is read",
            "The dates that a deadline in Swedish words would give an action, so that a form can show them before anything is saved. "
            + "A wording that is not understood, or may mean several things, gives a warning and no date.")
        .Requires(Role.Reader)
        .Query(Wanted, Plan);

    static async Task<Results<Ok<DeadlineResponse>, NotModified, Problem>> HandleAsync(Question question, Faults faults, Caller caller, Db db)
    {
        var plan = question.Plan is null ? null : await GetPlan.FindAsync(db, question.Plan, caller);
        if (question.Plan is not null && plan is null) faults.AddParameter(Plan.Name, "unknownPlan", question.Plan);
        if (faults.Count > 0) return Problem.Invalid(faults);

        var reading = Wording.Read(question.Text!, new Period(plan?.PeriodStart, plan?.PeriodEnd));
        return TypedResults.Ok(new DeadlineResponse
        {
            Text = question.Text!,
            StartDate = reading.StartDate,
            DueDate = reading.DueDate,
            Recurrence = reading.Recurrence,
            Approximate = reading.IsApproximate,
            Warnings = reading.Warning is { } warning ? [warning.Text()] : [],
            Plan = question.Plan,
        });
    }

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Question(string? Text, string? Plan)
    {
        public static ValueTask<Question?> BindAsync(HttpContext http)
        {
            var query = new QueryValues(http);
            var text = query.One(Wanted);
            if (string.IsNullOrWhiteSpace(text)) Faults.Of(http).AddParameter(Wanted.Name, "required");
            return ValueTask.FromResult<Question?>(new Question(text, query.One(GetDeadline.Plan)));
        }
    }
}
