using ActionPlan.Http;
using ActionPlan.Meta;

namespace ActionPlan.Pages;

/// <summary>The host's front door: a small page for a browser, the API's facts for everything else.</summary>
static class HomePage
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", Answer).ExcludeFromDescription();

    static IResult Answer(HttpContext http)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
            return Results.Content(Html, "text/html; charset=utf-8");
        }

        var info = new ApiInfoResponse();
        info.Show(Caller.Of(http));
        return Results.Json(info, Json.Options);
    }

    const string Html = $$"""
        <!doctype html>
        <html lang="sv">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Åtgärdsplan API</title>
          <link rel="icon" href="data:,">
          <style>
            body { font: 1.125rem/1.6 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem; }
            h1 { font-size: 1.75rem; line-height: 1.2; }
            a { color: #00557f; }
            code { background: #f0f3f5; padding: .1em .3em; border-radius: .2em; }
          </style>
        </head>
        <body>
          <main>
            <h1>Åtgärdsplan API</h1>
            <p>Här håller förvaltningen sin åtgärdsplan: vad som ska göras, vem som ansvarar, till när, hur det går och om det hjälpte.</p>
            <ul>
              <li><a href="/swagger">Prova API:et i webbläsaren (Swagger UI)</a></li>
              <li><a href="{{Settings.BasePath}}/openapi.json">Kontraktet som OpenAPI 3.1 (openapi.json)</a></li>
              <li><a href="{{Settings.BasePath}}/api-info">Fakta om API:et (api-info)</a></li>
            </ul>
            <p>Anrop behöver en nyckel: <code>Authorization: Bearer ap_…</code>. Den som driver tjänsten skapar nycklar.</p>
          </main>
        </body>
        </html>
        """;
}
