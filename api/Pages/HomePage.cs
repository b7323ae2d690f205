using ActionPlan.Http;
using ActionPlan.Meta;

namespace ActionPlan.Pages;

/// <summary>/ is the host's front door: a small page for a browser, the API's facts for everything else.</summary>
static class HomePage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/", Answer).AllowsEveryone();

    static IResult Answer(HttpContext http)
    {
        if (View.IsWanted(http)) return new View<HomeView>(null);

        var info = new ApiInfoResponse();
        info.Show(Caller.Of(http));
        return Results.Json(info, Json.Options);
    }
}
