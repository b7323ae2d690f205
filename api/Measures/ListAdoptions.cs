using ActionPlan.Data;
using ActionPlan.FollowUps;
using ActionPlan.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.Measures;

/// <summary>GET /measures/{number}/adoptions</summary>
public static class ListAdoptions
{
    static readonly QueryParameter Effect = QueryParameter.Words("effect", "Only those whose latest verdict is one of these, and known.", Effects.All);

    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapGet("/measures/{number}/adoptions", HandleAsync)
        .Describe("List who has adopted a measure",
            "The actions that carry the measure out, proposed and rejected ones aside: in which plan of which municipality, since when, how it goes, and the follow-ups' "
            + "verdicts; by municipality, department and plan. A key bound to a department sees its own in full, and of others what their plan shares (sharing), unless "
            + "it is a draft: with titles the action's title, plan, department, municipality and since; with effects status and verdicts besides. Never keys, owners or texts.")
        .Requires(Role.Reader)
        .Query([.. Paging.Parameters, Effect]);

    static Task<Results<Ok<Page<AdoptionResponse>>, NotModified, Problem>> HandleAsync(
        string number, Paging paging, Filter filter, Caller caller, Db db, HttpContext http)
    {
        var select = new Select(
            "measure, title, action, plan, plan_title, department, department_name, municipality, sharing, start_date, created_at, status, effect, verdict_list, id",
            $"({Sql(caller)}) adoption where true {filter.Where}",
            "municipality collate swedish nulls last, department_name collate swedish, plan_title collate swedish, created_at, id")
        {
            Guard = "select count(*) from measure where number = @Number",
            Parent = ("measure", number),
        };
        return db.ListAsync<AdoptionResponse>(http, paging, select.With("Number", GetMeasure.Read(number)).With("Scope", caller.Scope).With(filter.Where),
            (links, _) => links.Add("up", $"/measures/{number}"));
    }

    static string Sql(Caller caller) => $"""
        select measure_number as measure, action.id, action.title, action.start_date, action.created_at,
               case when {Adoption.Own(caller)} then plan.key || '-' || action.number end as action,
               case when {Adoption.Own(caller)} then plan.key end as plan, plan.title as plan_title, plan.sharing,
               case when {Adoption.Own(caller)} then department.key end as department, department.name as department_name, department.municipality,
               case when {Adoption.Known(caller)} then action.status end as status,
               case when {Adoption.Known(caller)} then {Adoption.EffectSql} end as effect,
               case when {Adoption.Known(caller)} then (
                   select string_agg({Verdict.Sql}, ',' order by follow_up.date desc, follow_up.id desc) from follow_up
                   where follow_up.action_id = action.id and follow_up.effect is not null and follow_up.deleted_at is null) end as verdict_list
        from action join plan on plan.key = action.plan join department on department.key = plan.department
        where action.measure_number = @Number and {Adoption.Seen(caller)}
        """;

    // Bound, not read in the handler, so that its faults are told with all others.
    sealed record Filter(Conditions Where)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext http) =>
            ValueTask.FromResult<Filter?>(new Filter(new Conditions().In("effect", "Effect", new QueryValues(http).All(Effect))));
    }
}
