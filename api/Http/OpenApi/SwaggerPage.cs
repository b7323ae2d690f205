using Swashbuckle.AspNetCore.SwaggerUI;

namespace ActionPlan.Http.OpenApi;

/// <summary>Swagger UI at /swagger, from the package's own files, under a content security policy.</summary>
static class SwaggerPage
{
    public static void UseSwaggerPage(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/swagger") && !http.Request.Path.Value!.EndsWith(".json", StringComparison.Ordinal), page =>
        {
            page.Use((http, next) =>
            {
                // The page draws with inline styles and pictures from data: addresses; scripts come from here alone.
                http.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
                return next(http);
            });
            page.UseSwaggerUI(options =>
            {
                options.DocumentTitle = "Åtgärdsplan API";
                options.SwaggerEndpoint("/swagger/openapi.json", "Åtgärdsplan API");
                options.DocExpansion(DocExpansion.List);
                options.EnableTryItOutByDefault();
                options.DefaultModelsExpandDepth(0);
            });
        });
    }
}
