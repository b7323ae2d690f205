using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ActionPlan.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ActionPlan.Pages;

/// <summary>What all pages are answered with.</summary>
static class View
{
    /// <summary>True if a browser asks for what lies outside the contract: then errors are pages too.</summary>
    public static bool IsWanted(HttpContext http) => !http.Request.Path.StartsWithSegments(Settings.BasePath)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters as they are; signs that mean something in HTML never are.</summary>
    public static void AddPages(this IServiceCollection services) => services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
}

/// <summary>A Razor component, rendered here, as an answer: Swedish, without a script, and with an ETag of its own.</summary>
sealed class View<TComponent>(object? model, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult where TComponent : IComponent
{
    /// <inheritdoc />
    public int? StatusCode => status;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext http)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sv");
        var caller = Caller.Of(http);
        var html = Encoding.UTF8.GetBytes(await RenderAsync(http, caller));
        var embedders = http.GetEndpoint()?.Metadata.GetMetadata<WebPage>()?.IsEmbedded == true ? http.RequestServices.GetRequiredService<Settings>().EmbedOrigins : "'none'";

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors {embedders}";
        // A form says where it was sent from only if the page lets it.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentLanguage = "sv";
        if (status == StatusCodes.Status200OK)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(html).AsSpan(0, 16))}\"";
            headers.ETag = tag;
            if (caller.Holds(tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = html.Length;
        await http.Response.Body.WriteAsync(html);
    }

    async Task<string> RenderAsync(HttpContext http, Caller caller)
    {
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CascadingValue<Caller>>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Value"] = caller,
            ["IsFixed"] = true,
            ["ChildContent"] = (RenderFragment)(builder =>
            {
                builder.OpenComponent<TComponent>(0);
                if (model is not null) builder.AddComponentParameter(1, "Model", model);
                builder.CloseComponent();
            }),
        }))).ToHtmlString());
    }
}
