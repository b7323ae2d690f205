using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Departments;

/// <summary>DELETE /departments/{department}</summary>
public static class DeleteDepartment
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapDelete("/departments/{department}", HandleAsync)
        .Describe("Delete a department",
            "Hides the department; its history stays readable. One that has plans, indicators or working keys is a 409 unless withContent=true: "
            + "then its plans and indicators are deleted and its keys revoked too.")
        .Requires(Role.Admin)
        .Query(WithContent.Parameter);

    static async Task<Results<NoContent, Problem>> HandleAsync(string department, WithContent withContent, Caller caller, Db db)
    {
        var current = await GetDepartment.FindAsync(db, department, caller);
        if (current is null) return Problem.NotFound("department", department);
        if (caller.Stale(current) is { } stale) return stale;

        var plans = await db.QueryAsync<PlanResponse>(PlansSql, new { Key = department });
        var keys = await db.QueryAsync<ApiKeys.ApiKeyResponse>(KeysSql, new { Key = department });
        var indicators = await db.QueryAsync<string>(IndicatorsSql, new { Key = department });
        if (plans.Count + keys.Count + indicators.Count > 0 && !withContent.IsSet)
            return Problem.HasContent(department, Language.Text.Of("Content.department", plans.Count, keys.Count, indicators.Count));

        foreach (var plan in plans) await DeletePlan.HideAsync(db, plan);
        foreach (var indicator in indicators) await Indicators.IndicatorRow.HideAsync(db, indicator);
        foreach (var key in keys) await ApiKeys.DeleteApiKey.RevokeAsync(db, key);

        var hidden = await db.FindAsync<DepartmentResponse>(Sql, new { Key = department, db.Now, db.Actor });
        await db.RecordAsync(Change.Deleted, hidden!);
        return TypedResults.NoContent();
    }

    const string PlansSql = $"select {PlanResponse.Columns} from plan where department = @Key and deleted_at is null order by key";

    const string IndicatorsSql = "select key from indicator where department = @Key and deleted_at is null order by key";

    const string KeysSql = $"select {ApiKeys.ApiKeyResponse.Columns} from api_key where department = @Key and revoked_at is null order by created_at, id";

    const string Sql = $"""
        update department set deleted_at = @Now, version = version + 1, updated_at = @Now, updated_by = @Actor
        where key = @Key
        returning {DepartmentResponse.Columns}
        """;
}
