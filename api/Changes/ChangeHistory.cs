using ActionPlan.Http;

namespace ActionPlan.Changes;

/// <summary>The history of one thing, the latest change first.</summary>
static class ChangeHistory
{
    /// <summary>
    /// What to read of <paramref name="rows"/>. A bound key whose department has the thing now sees all of them; one that stands
    /// <paramref name="outside"/> sees those of its own time.
    /// </summary>
    public static Select Select(string rows, string outside, ChangeQuery query, Caller caller, (string Resource, string Key) parent)
    {
        var seen = caller.Scope is null ? rows : $"{rows} and (department = @Scope or left_department = @Scope or not {outside})";
        var kind = caller.Scope is null ? "kind"
            : $"case when {outside} and left_department = @Scope then 'deleted' when {outside} and left_department is not null then 'created' else kind end";
        return new Select(ChangeResponse.Columns(caller.Scope is null ? null : outside), $"change where {seen} {query.Where} {query.KindIs(kind)}", "number desc")
        {
            Wide = ("change", "number"),
            Guard = $"select count(*) from (select 1 from change where {seen} limit 1) found_change",
            Parent = parent,
        }.With("Scope", caller.Scope).With(query.Where);
    }
}
