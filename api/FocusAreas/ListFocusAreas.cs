using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FocusAreas;

/// <summary>GET /plans/{plan}/focus-areas</summary>
public static class ListFocusAreas
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/focus-areas", HandleAsync)
        .Describe("List the focus areas of a plan", "The plan's sections (frågeområden), in the plan's order.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Moment.AsOf]);

    static Task<Results<Ok<Page<FocusAreaResponse>>, NotModified, Problem>> HandleAsync(string plan, Paging paging, Caller caller, Db db, HttpContext http)
    {
        var select = new Select(FocusAreaResponse.Columns, "focus_area where plan = @Plan and deleted_at is null", "position, key")
        {
            Guard = Select.PlanGuard,
            Parent = ("plan", plan),
        };
        return db.ListAsync<FocusAreaResponse>(http, paging, select.With("Plan", plan).With("Scope", caller.Scope),
            (links, isClosed) =>
            {
                links.Add("up", $"/plans/{plan}");
                if (!isClosed) links.Add("create", $"/plans/{plan}/focus-areas", "POST", Role.Editor);
            });
    }
}
