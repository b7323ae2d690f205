using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Plans;

/// <summary>What creating and changing a plan share: the checks against other rows, and the parameters.</summary>
static class PlanRow
{
    /// <summary>Department and predecessor must be there, and be such as the caller may see.</summary>
    public static async Task CheckAsync(PlanInput input, Caller caller, Db db, Faults faults)
    {
        var found = (await db.FindAsync<Found>(Sql, new { input.Department, input.Predecessor, caller.Scope }))!;
        if (input.Department is not null && !found.Department) faults.AddAt("/department", "unknownDepartment", input.Department);
        if (input.Predecessor is not null && !found.Predecessor) faults.AddAt("/predecessor", "unknownPlan", input.Predecessor);
        else if (input.Predecessor is not null && input.Predecessor == input.Key) faults.AddAt("/predecessor", "ownPredecessor");
    }

    /// <summary>The input's values, and who writes them when.</summary>
    public static DynamicParameters Of(PlanInput input, Db db)
    {
        var parameters = new DynamicParameters(input);
        parameters.AddDynamicParams(new { db.Now, db.Actor });
        return parameters;
    }

    const string Sql = """
        select exists (select 1 from department where key = @Department and deleted_at is null and (@Scope is null or key = @Scope)) as department,
               exists (select 1 from plan where key = @Predecessor and deleted_at is null and (@Scope is null or department = @Scope)) as predecessor
        """;

    sealed class Found
    {
        public bool Department { get; init; }
        public bool Predecessor { get; init; }
    }
}
