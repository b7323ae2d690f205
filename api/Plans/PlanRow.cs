using ActionPlan.Data;
using ActionPlan.Http;
using Dapper;

namespace ActionPlan.Plans;

/// <summary>What creating and changing a plan share: the checks against other rows, and the parameters.</summary>
static class PlanRow
{
    /// <summary>Department and predecessor must be there, and be such as the caller may see, if they are new to the plan.</summary>
    public static async Task CheckAsync(PlanInput input, PlanResponse? current, Caller caller, Db db, Faults faults)
    {
        var department = input.Department == current?.Department || faults.AreAt("/department") ? null : input.Department;
        var predecessor = input.Predecessor == current?.Predecessor || faults.AreAt("/predecessor") ? null : input.Predecessor;
        if (department is null && predecessor is null) return;

        var found = (await db.FindAsync<Found>(Sql, new { Department = department, Predecessor = predecessor, caller.Scope }))!;
        if (department is not null && !found.Department) faults.AddAt("/department", "unknownDepartment", department);
        if (predecessor is not null && !found.Predecessor) faults.AddAt("/predecessor", "unknownPlan", predecessor);
        else if (predecessor is not null && predecessor == input.Key) faults.AddAt("/predecessor", "ownPredecessor");
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
