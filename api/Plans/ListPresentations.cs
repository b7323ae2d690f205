using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Plans;

/// <summary>GET /plans/{plan}/presentations</summary>
public static class ListPresentations
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/plans/{plan}/presentations", HandleAsync)
        .Describe("List when a plan was presented", "The occasions when the nämnd saw the plan (redovisningar), the latest first.")
        .Requires(Role.Reader)
        .Query(Paging.Parameters);

    static Task<Results<Ok<Page<PresentationResponse>>, NotModified, Problem>> HandleAsync(string plan, Paging paging, Caller caller, Db db, HttpContext http)
    {
        var select = new Select(PresentationResponse.Columns, "presentation where plan = @Plan and deleted_at is null", "date desc, id desc")
        {
            Guard = Select.PlanGuard,
            Parent = ("plan", plan),
        };
        return db.ListAsync<PresentationResponse>(http, paging, select.With("Plan", plan).With("Scope", caller.Scope),
            (links, isClosed) =>
            {
                links.Add("up", $"/plans/{plan}");
                if (!isClosed) links.Add("create", $"/plans/{plan}/presentations", "POST", Role.Editor);
            });
    }
}
