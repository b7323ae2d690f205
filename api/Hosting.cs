using System.Globalization;
using System.Net.Sockets;
using ActionPlan.Pages;
using Microsoft.AspNetCore.Localization;

namespace ActionPlan;

/// <summary>How the process is set up: defaults that a plain start needs, limits, languages.</summary>
static class Hosting
{
    // Beyond, the connection is cut; what an operation takes is less, and told in its answer.
    const int LargestBody = 32 * 1024 * 1024;

    /// <summary>A builder whose settings come, the strongest first, from the command line, the environment, and the defaults here.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Started from source, the data lies beside the project; published, beside the program. Never in the current folder.
            ContentRootPath = SourceFolder() ?? AppContext.BaseDirectory,
        });

        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["urls"] = "http://localhost:5080",
                ["Logging:LogLevel:Default"] = "Information",
                // A line per request more than halves the throughput.
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:ActionPlan.Http.Authentication"] = "Warning",
            },
        });
        // Its line for each request would hold the addresses of calendars, which are secret.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            // Fifty alternatives for each filter fit; beyond, Kestrel answers before there is a problem to write.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        });
        return builder;
    }

    /// <summary>Swedish unless English is asked for; numbers and dates are written the same in both.</summary>
    public static void AddSwedishAndEnglish(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("sv"));
        options.SupportedCultures = [CultureInfo.InvariantCulture];
        options.SupportedUICultures = [CultureInfo.GetCultureInfo("sv"), CultureInfo.GetCultureInfo("en")];
        // A browser names more languages than the three that are looked at otherwise, English often last.
        // The pages are Swedish, whatever else the browser would take.
        options.RequestCultureProviders = [new CustomRequestCultureProvider(http => Task.FromResult(View.IsWanted(http) ? new ProviderCultureResult("sv") : null)), new AcceptLanguageHeaderRequestCultureProvider { MaximumAcceptLanguageHeaderValuesToTry = 20 }];
        options.ApplyCurrentCultureToResponseHeaders = true;
    });

    /// <summary>Starts the service's background work and listens.</summary>
    /// <exception cref="SettingException">The address is none, or is not free, or needs a certificate that is not there.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new SettingException("ASPNETCORE_URLS", fault.Message);
        }
    }

    // bin/Debug/net10.0 lies three folders below the project.
    static string? SourceFolder()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
        return File.Exists(Path.Combine(folder, "api.csproj")) ? folder : null;
    }
}
