namespace ActionPlan.Http.OpenApi;
static class OpenApiSetup
{
    public static void AddOpenApiDocument(this IServiceCollection services) { _ = services; }
    public static void UseSwaggerPage(this WebApplication app) { _ = app; }
}
