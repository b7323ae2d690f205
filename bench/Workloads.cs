using ActionPlan.Data;
using Dapper;

namespace ActionPlan.Bench;

/// <summary>The requests that are measured, on the actions and plans that a database holds.</summary>
sealed class Workloads
{
    const string Base = Settings.BasePath;

    readonly (string Plan, int Actions)[] plans;

    public Workloads(string database)
    {
        using var connection = new SqliteEngine(SqliteEngine.Complete($"Data Source={database}", Environment.CurrentDirectory)).OpenAsync().GetAwaiter().GetResult();
        plans = [.. connection.Query<(string, int)>("select plan, max(number) from action join plan on plan.key = plan where plan.status = 'adopted' group by 1")];
    }

    /// <summary>One action, by its key.</summary>
    public Workload Get => new("GET one", 200, (random, _) => ("GET", $"{Base}/actions/{Action(random)}", null));

    /// <summary>Fifty of a plan's open actions by due date: what a plan's page shows.</summary>
    public Workload List => new("GET list of 50", 200, (random, _) => ("GET", $"{Base}/plans/{Plan(random)}/actions?open=true&sort=dueDate&limit=50", null));

    /// <summary>A new action.</summary>
    public Workload Post => new("POST", 201, (random, number) => ("POST", $"{Base}/plans/{Plan(random)}/actions",
        $$"""{"title":"Införa mentorsprogram {{number}}","description":"Mentorn är en erfaren kollega i samma arbetsgrupp.","owner":"HR-enheten","status":"planned","dueDate":"2027-{{1 + number % 12:00}}-15","priority":"high","focusArea":"kompetens","tags":["introduktion"],"participants":["Fackliga organisationer"]}"""));

    /// <summary>Another description and another date: the search index and one more follow.</summary>
    public Workload Patch => new("PATCH", 200, (random, number) => ("PATCH", $"{Base}/actions/{Action(random)}",
        $$"""{"description":"Flyttad för {{number}}:e gången.","dueDate":"2028-{{1 + number % 12:00}}-{{1 + number % 28:00}}"}"""));

    public IReadOnlyList<Workload> All => [Get, List, Post, Patch];

    string Plan(Random random) => plans[random.Next(plans.Length)].Plan;

    string Action(Random random)
    {
        var (plan, actions) = plans[random.Next(plans.Length)];
        return $"{plan}-{random.Next(1, actions + 1)}";
    }
}
