using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ActionPlan.Meta;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace ActionPlan.Http.OpenApi;

/// <summary>
/// The contract: openapi.json, and openapi.v2.json for connectors, made by Swashbuckle from signatures, docstrings, rules and <see cref="Operation"/>,
/// and completed here to what the national REST API profile asks (RAP: DOK, UFN, VER).
/// </summary>
static class OpenApiDocumentation
{
    const string Name = "v1";

    /// <summary>Stands in links and examples where no public address is configured.</summary>
    public const string PlaceholderHost = "https://atgardsplan.example";

    /// <summary>Registers the generator.</summary>
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, Info());
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "api.xml"));
            options.SupportNonNullableReferenceTypes();
            options.CustomSchemaIds(SchemaName);
            options.SchemaFilter<SchemaCompletion>();
            options.OperationFilter<OperationCompletion>();
            options.DocumentFilter<DocumentCompletion>();
        });
    }

    /// <summary>Serves the contract at its place, without a key.</summary>
    public static void MapOpenApi(this IEndpointRouteBuilder app)
    {
        var settings = app.ServiceProvider.GetRequiredService<Settings>();
        Map("/openapi.json", document => document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        Map("/openapi.v2.json", ConnectorDocument.SerializeAsync);

        // Swagger UI is to call the host it was opened at.
        app.MapGet("/swagger/openapi.json", async Task<IResult> (HttpContext http) =>
            TypedResults.Text(await Generate(http, Caller.Host(http)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1), "application/json", Encoding.UTF8)).ExcludeFromDescription();

        void Map(string path, Func<OpenApiDocument, Task<string>> write)
        {
            byte[]? contract = null;
            app.MapGet(Settings.BasePath + path, async (HttpContext http) =>
            {
                contract ??= Encoding.UTF8.GetBytes(await write(Generate(http, settings.PublicBaseUrl ?? PlaceholderHost)) + "\n");
                var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(contract).AsSpan(0, 8))}\"");
                return TypedResults.Bytes(contract, "application/json; charset=utf-8", entityTag: tag);
            }).ExcludeFromDescription();
        }
    }

    /// <summary>What a type is called in the contract: <c>ActionResponse</c> is Action, a page of them ActionList.</summary>
    public static string SchemaName(Type type) => type switch
    {
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Page<>) => SchemaName(type.GetGenericArguments()[0]) + "List",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Patch<>) => SchemaName(type.GetGenericArguments()[0]).Replace("Input", "Patch"),
        _ when type == typeof(ProblemBody) => "Problem",
        _ => type.Name.EndsWith("Response", StringComparison.Ordinal) ? type.Name[..^"Response".Length] : type.Name,
    };

    static OpenApiDocument Generate(HttpContext http, string host)
    {
        // One contract, whoever asks for it first.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sv");
        var document = http.RequestServices.GetRequiredService<ISwaggerProvider>().GetSwagger(Name, host);
        document.Servers = [new OpenApiServer
        {
            Url = host + Settings.BasePath,
            Description = "Produktion (production)",
            Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(false) },
        }];
        return document;
    }

    static OpenApiInfo Info() => new()
    {
        Title = "Åtgärdsplan API",
        Version = ApiInfoResponse.Version,
        Summary = "Förvaltningens åtgärdsplan: vad som ska göras, av vem, till när och om det hjälpte.",
        Description = """
            **Översikt.** Här håller en kommunal förvaltning sin åtgärdsplan: planer med frågeområden och åtgärder, ansvariga,
            tidsangivelser, status och en katalog med 101 insatser. Avsikten är att andra verktyg på intranätet (Sitevision,
            SharePoint, Power Automate, Power BI, Excel) och skript ska kunna läsa och skriva planen på samma villkor.

            **Begränsningar.** En lista ger högst 1000 poster per sida, ett anrop får ha högst 1 MB innehåll, och varje nyckel
            har ett tak för antalet anrop per minut. Fritext får inte innehålla uppgifter om klienter.

            **Overview.** A municipal department keeps its action plan here: plans with focus areas and actions, owners, deadlines,
            statuses, and a catalogue of 101 measures. The intent is that other intranet tools and scripts read and write the plan
            on the same terms.

            **Limitations.** A list has at most 1000 items per page, a request at most 1 MB of body, and each key a number of
            requests per minute. Free text must not hold clients' data.
            """.ReplaceLineEndings("\n"),
        TermsOfService = new Uri(PlaceholderHost + "/villkor"),
        Contact = new OpenApiContact
        {
            Name = "Åtgärdsplan API",
            Email = "api@atgardsplan.example",
            Url = new Uri(PlaceholderHost + "/kontakt"),
        },
        License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
        Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-sla"] = new JsonNodeExtension(new JsonObject
            {
                ["availability"] = "Bestäms av den som driver installationen (set by whoever runs the installation)",
                ["responseTime"] = "Ingen utfästelse; mätvärden står i README (no promise; README has measurements)",
                ["support"] = "Ges av den som driver installationen (given by whoever runs the installation)",
            }),
            ["x-limitations"] = new JsonNodeExtension(new JsonArray(
                "Högst 1000 poster per sida (at most 1000 items per page)",
                "Högst 1 MB innehåll per anrop (at most 1 MB of body per request)",
                "Högst 6000 anrop per minut och nyckel om inget annat är inställt (at most 6000 requests per minute and key unless configured otherwise)")),
        },
    };
}
