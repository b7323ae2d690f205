using ActionPlan.ApiKeys;
using ActionPlan.Commands;
using ActionPlan.Data;
using ActionPlan.Http;
using ActionPlan.Http.OpenApi;
using ActionPlan.Pages;
using ActionPlan.Webhooks;
using Microsoft.AspNetCore.HttpOverrides;

namespace ActionPlan;

/// <summary>The service: its services, its pipeline, its start.</summary>
public static class Program
{
    /// <summary>Runs the service, or the command that the arguments name.</summary>
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Console.Out, Console.Error);

    /// <summary>Builds the service; nothing is opened or listened to yet.</summary>
    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = Hosting.CreateBuilder(args);
        var services = builder.Services;

        services.AddSingleton(Settings.From(builder.Configuration, builder.Environment));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddSingleton<KeyRing>().AddHostedService(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<Targets>().AddSingleton<Sender>().AddSingleton<DailyWork>();
        services.AddSingleton<Dispatcher>().AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Metrics>();
        services.AddSingleton<Health>();
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto);
        services.AddSwedishAndEnglish();
        services.AddOpenApiDocument();
        services.AddPages();
        Authentication.Register(services);
        replace?.Invoke(services);

        var app = builder.Build();
        app.UseProtocol();
        app.UseSwaggerPage();
        app.UseRouting();
        app.UseAuthentication();
        app.Use(app.Services.GetRequiredService<RateLimits>().InvokeAsync);
        app.UseAuthorization();
        Routes.Map(app);
        return app;
    }

    /// <summary>Brings the database to this version, fills it for the first time, and starts listening.</summary>
    /// <exception cref="SettingException">The database cannot be used by this program, or the address not be listened to.</exception>
    public static async Task StartAsync(WebApplication app)
    {
        await Preparation.RunAsync(app.Services);
        await app.ListenAsync();
    }
}
