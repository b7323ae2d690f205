using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.ApiKeys;

/// <summary>GET /api-keys</summary>
public static class ListApiKeys
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/api-keys", HandleAsync)
        .Describe("List API keys", "The keys, revoked ones too, the newest first; a key bound to a department sees those bound there. The keys themselves are never shown.")
        .Requires(Role.Reader)
        .Query(Paging.Parameters);

    static Task<Results<Ok<Page<ApiKeyResponse>>, NotModified, Problem>> HandleAsync(Paging paging, Caller caller, Db db, HttpContext http)
    {
        // When a key was used is no change, but the list shows it: of every key, for two may be used in the same minute.
        var select = new Select(ApiKeyResponse.Columns, $"api_key where true {Scope.On(caller)}", "created_at desc, id")
        {
            Also = $"(select string_agg(coalesce(cast(last_used_at as text), '-'), ' ' order by id) from api_key where true {Scope.On(caller)})",
        };
        return db.ListAsync<ApiKeyResponse>(http, paging, select.With("Scope", caller.Scope), (links, _) => links.Add("create", "/api-keys", "POST", Role.Admin));
    }
}
