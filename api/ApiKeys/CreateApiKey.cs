using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.ApiKeys;

/// <summary>POST /api-keys</summary>
public static class CreateApiKey
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/api-keys", HandleAsync)
        .Describe("Create an API key", "Makes a key. The answer shows it as secret, once; only a hash of it is stored. A bound admin makes only keys bound to the same department.")
        .Requires(Role.Admin)
        .Takes<ApiKeyInput>()
        .AnswersInFull();

    static async Task<Results<Created<ApiKeyResponse>, Problem>> HandleAsync(ApiKeyInput input, Faults faults, Caller caller, Db db)
    {
        input.Department ??= caller.Scope;
        if (caller.Scope is { } scope && scope != input.Department) return Problem.DepartmentMissing(input.Department!, scope);

        if (input.ExpiresAt <= db.Now) faults.AddAt("/expiresAt", "alreadyPast");
        if (input.Department is { } department && !faults.AreAt("/department") && !await db.FindAsync<bool>(DepartmentSql, new { Key = department }))
            faults.AddAt("/department", "unknownDepartment", department);
        if (faults.Count > 0) return Problem.Invalid(faults);

        return TypedResults.Created((string?)null, await AddAsync(db, input, Secret.Create()));
    }

    /// <summary>Stores a key's hash and what it may do.</summary>
    internal static async Task<ApiKeyResponse> AddAsync(Db db, ApiKeyInput input, string secret)
    {
        var key = (await db.FindAsync<ApiKeyResponse>(Sql, new
        {
            Id = Guid.CreateVersion7(db.Now),
            input.Name,
            input.Role,
            input.Department,
            input.ExpiresAt,
            Hash = Secret.Hash(secret),
            HasChecksum = Secret.HasChecksum(secret),
            db.Now,
            db.Actor,
        }))!;

        await db.RecordAsync(Change.Created, key);
        key.Secret = secret;
        return key;
    }

    /// <summary>Does the department exist?</summary>
    internal const string DepartmentSql = "select exists (select 1 from department where key = @Key and deleted_at is null)";

    const string Sql = $"""
        insert into api_key (id, name, role, department, expires_at, hash, has_checksum, created_at, created_by, updated_at, updated_by)
        values (@Id, @Name, @Role, @Department, @ExpiresAt, @Hash, @HasChecksum, @Now, @Actor, @Now, @Actor)
        returning {ApiKeyResponse.Columns}
        """;
}
