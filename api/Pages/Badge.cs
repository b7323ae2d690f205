using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;

namespace ActionPlan.Pages;

/// <summary>/plans/{plan}/badge.svg says how a plan stands in one picture: "Åtgärdsplan 12 av 60 klara, 3 försenade".</summary>
static class Badge
{
    const int Padding = 8;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/plans/{plan}/badge.svg", HandleAsync).Requires(Role.Reader).Query(Moment.AsOf).WithMetadata(new WebPage(IsEmbedded: true));

    static async Task<IResult> HandleAsync(string plan, Caller caller, Db db, HttpContext http)
    {
        if (await GetSummary.FindAsync(db, plan, caller) is not { } summary) return Problem.NotFound("plan", plan);

        var svg = Draw(summary);
        var tag = caller.Tag("badge", svg);
        if (caller.Holds(tag)) return new NotModified(tag);
        http.Response.Headers.ETag = tag;
        return Results.Text(svg, "image/svg+xml", System.Text.Encoding.UTF8);
    }

    // Numbers alone come from outside, so there is nothing to escape.
    static string Draw(SummaryResponse summary)
    {
        const string name = "Åtgärdsplan";
        var done = summary.ByStatus.Done + summary.ByStatus.Verified;
        var counted = summary.Total - summary.ByStatus.Cancelled - summary.ByStatus.Rejected;
        var state = $"{done} av {counted} klara{(summary.Overdue == 0 ? "" : summary.Overdue == 1 ? ", 1 försenad" : $", {summary.Overdue} försenade")}";
        var colour = summary.Overdue > 0 ? "#9a3412" : "#14532d";
        var (left, right) = (Width(name), Width(state));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="24" role="img" aria-label="{name}: {state}">
            <title>{name}: {state}</title>
            <rect width="{left}" height="24" fill="#333"/>
            <rect x="{left}" width="{right}" height="24" fill="{colour}"/>
            <g fill="#fff" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="12">
            <text x="{Padding}" y="16" textLength="{left - (2 * Padding)}">{name}</text>
            <text x="{left + Padding}" y="16" textLength="{right - (2 * Padding)}">{state}</text>
            </g>
            </svg>

            """.ReplaceLineEndings("\n");
    }

    // About what Verdana takes; textLength makes it true wherever another font stands in.
    static int Width(string text) => (2 * Padding) + (int)Math.Ceiling(text.Sum(c => c is 'l' or 'i' or ',' or ' ' or '1' or 'f' or 't' or 'r' ? 5.2 : char.IsUpper(c) ? 8.5 : 7.4));
}
