using System.Security.Cryptography;

namespace ActionPlan.Pages;

/// <summary>The pages' looks: one file inside the program, at an address that changes with it.</summary>
static class Stylesheet
{
    static readonly byte[] Css = Read();

    /// <summary>Where it is.</summary>
    public static readonly string Address = $"/style.{Convert.ToHexStringLower(SHA256.HashData(Css).AsSpan(0, 6))}.css";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Address, (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Css, "text/css; charset=utf-8");
    }).ExcludeFromDescription();

    static byte[] Read()
    {
        using var resource = typeof(Stylesheet).Assembly.GetManifestResourceStream("style.css")!;
        var css = new byte[resource.Length];
        resource.ReadExactly(css);
        return css;
    }
}
