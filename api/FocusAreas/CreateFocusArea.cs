using System.Globalization;
using System.Text;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionPlan.FocusAreas;

/// <summary>POST /plans/{plan}/focus-areas</summary>
public static class CreateFocusArea
{
    /// <summary>Address and rights.</summary>
    public static void Configure(IEndpointRouteBuilder api) => api
        .MapPost("/plans/{plan}/focus-areas", HandleAsync)
        .Describe("Add a focus area to a plan", "Adds a section. Without a key it gets one from its title: halsa-och-stress.")
        .Requires(Role.Editor)
        .Takes<FocusAreaInput>();

    static async Task<Results<Created<FocusAreaResponse>, Problem>> HandleAsync(string plan, FocusAreaInput input, Caller caller, Db db)
    {
        if (await GetPlan.FindAsync(db, plan, caller) is not { } parent) return Problem.NotFound("plan", plan);
        if (parent.Status == PlanStatus.Closed) return Problem.PlanClosed(plan);

        input.Key ??= Slug(input.Title!);
        if (input.Key.Length == 0) return Problem.Invalid("/key", "keyNotDerivable");

        return await AddAsync(db, plan, input) is { } area
            ? TypedResults.Created((string?)null, area)
            : Problem.KeyTaken(input.Key);
    }

    /// <summary>Writes the row and the change; null if the key is taken.</summary>
    internal static async Task<FocusAreaResponse?> AddAsync(Db db, string plan, FocusAreaInput input)
    {
        var area = await db.FindAsync<FocusAreaResponse>(Sql,
            new { Plan = plan, input.Key, input.Title, input.Introduction, input.Position, db.Now, db.Actor });
        if (area is not null) await db.RecordAsync(Change.Created, area);
        return area;
    }

    /// <summary>A key from a heading: å and ä become a, ö becomes o, all else but letters and digits a hyphen.</summary>
    internal static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.ToLowerInvariant().Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString(0, Math.Min(slug.Length, 60)).Trim('-');
    }

    const string Sql = $"""
        insert into focus_area (plan, key, title, introduction, position, created_at, created_by, updated_at, updated_by)
        values (@Plan, @Key, @Title, @Introduction,
            coalesce(@Position, (select case when max(position) >= 10000 then 10000 else coalesce(max(position), 0) + 1 end from focus_area where plan = @Plan and deleted_at is null)),
            @Now, @Actor, @Now, @Actor)
        on conflict (plan, key) do update set
            title = excluded.title, introduction = excluded.introduction, position = excluded.position, version = focus_area.version + 1,
            created_at = excluded.created_at, created_by = excluded.created_by,
            updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = null
        where focus_area.deleted_at is not null
        returning {FocusAreaResponse.Columns}
        """;
}
