using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>/plans/{plan}/embed is the plan in a few figures, for a page of the intranet to show.</summary>
static class EmbedPage
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/plans/{plan}/embed", HandleAsync).Requires(Role.Reader).Query(Moment.AsOf).WithMetadata(new WebPage(IsEmbedded: true));

    static async Task<IResult> HandleAsync(string plan, Caller caller, Db db) =>
        await GetPlan.FindAsync(db, plan, caller) is { } shown && await GetSummary.FindAsync(db, plan, caller) is { } summary
            ? new View<EmbedView>(new EmbedModel(shown, summary))
            : Problem.NotFound("plan", plan);
}

/// <summary>What the embedded summary shows.</summary>
public sealed record EmbedModel(PlanResponse Plan, SummaryResponse Summary);
