using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.ApiKeys;

/// <summary>GET /api-keys/{key}</summary>
public static class GetApiKey
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/api-keys/{key}", HandleAsync)
        .Describe("Get an API key", "What a key may do, when it was used, and whether it still works; never the key itself.")
        .Requires(Role.Reader);

    static async Task<Results<Ok<ApiKeyResponse>, NotModified, Problem>> HandleAsync(string key, Caller caller, Db db) =>
        await FindAsync(db, key, caller) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound("apiKey", key);

    /// <summary>The key, or null when there is none that the caller may see.</summary>
    internal static async Task<ApiKeyResponse?> FindAsync(Db db, string id, Caller caller) => Guid.TryParseExact(id, "D", out var known)
        ? await db.FindAsync<ApiKeyResponse>(Sql, new { Id = known, caller.Scope })
        : null;

    const string Sql = $"select {ApiKeyResponse.Columns} from api_key where id = @Id {Scope.OnRow}";
}
