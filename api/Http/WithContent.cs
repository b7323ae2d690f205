namespace ActionPlan.Http;

/// <summary><c>?withContent=true</c> on a DELETE: what lies inside goes too.</summary>
public sealed class WithContent
{
    /// <summary>The parameter.</summary>
    public static readonly QueryParameter Parameter = QueryParameter.Boolean("withContent", "Delete the content too; without it a 409 says what there is.");

    /// <summary>True if the caller asked for it.</summary>
    public required bool IsSet { get; init; }

    /// <summary>Binds an endpoint's parameter of this type.</summary>
    public static ValueTask<WithContent?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<WithContent?>(new WithContent { IsSet = new QueryValues(http).Boolean(Parameter) ?? false });
}
