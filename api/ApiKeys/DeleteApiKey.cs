using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.ApiKeys;

/// <summary>DELETE /api-keys/{key}</summary>
public static class DeleteApiKey
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/api-keys/{key}", HandleAsync)
        .Describe("Revoke an API key", "The key stops working, in every process within a second. It stays in the list, marked as revoked.")
        .Requires(Role.Admin);

    static async Task<Results<NoContent, Problem>> HandleAsync(string key, Caller caller, Db db, KeyRing keys, HttpContext http)
    {
        var current = await GetApiKey.FindAsync(db, key, caller);
        if (current is null) return Problem.NotFound("apiKey", key);
        if (caller.Stale(current) is { } stale) return stale;

        if (current.RevokedAt is null) await RevokeAsync(db, current);
        // Before the answer but after the commit: until then another request would only learn the old again.
        http.Response.OnStarting(() =>
        {
            keys.Forget();
            return Task.CompletedTask;
        });
        return TypedResults.NoContent();
    }

    /// <summary>Marks a key as revoked.</summary>
    internal static async Task RevokeAsync(Db db, ApiKeyResponse key)
    {
        var revoked = await db.FindAsync<ApiKeyResponse>(Sql, new { key.Id, db.Now, db.Actor });
        await db.RecordAsync(Change.Deleted, revoked!);
    }

    const string Sql = $"""
        update api_key set revoked_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where id = @Id
        returning {ApiKeyResponse.Columns}
        """;
}
