using ActionPlan.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActionPlan.Pages;

/// <summary>Marks an endpoint that is a page: it takes the cookie of the sign-in form.</summary>
/// <param name="IsEmbedded">True if others' pages may show it; then it never leads to the sign-in form, which they may not.</param>
sealed record WebPage(bool IsEmbedded = false);

/// <summary>What the web pages have in common. They are for people, read only, and outside the contract.</summary>
static class WebPages
{
    /// <summary>The group that every page lies in.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").DeniesByDefault();
        pages.ExcludeFromDescription().WithMetadata(new WebPage());
        pages.AddEndpointFilter(AnswerAsync);
        return pages;
    }

    static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        // A form sends what was left empty, too. Without it the address says what is asked for, and can be passed on.
        if (request.Query.Any(parameter => parameter.Value.Any(string.IsNullOrEmpty)))
        {
            var given = request.Query.SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value ?? "")).Where(p => p.Value.Length > 0);
            return Results.Redirect(UriHelper.BuildRelative(path: request.Path, query: new QueryBuilder(given).ToQueryString()));
        }

        return RequestFilter.Refuse(context) ?? await next(context);
    }
}
