using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActionPlan.Tests.Support;

/// <summary>The real service on a real port, with a database of its own. One for each test class.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string BootstrapKey = "a-first-key-for-the-tests-only";

    readonly Dictionary<string, string> settings = new()
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Auth:BootstrapKey"] = BootstrapKey,
        ["Seeds:Load"] = "none",
        ["Limits:RequestsPerMinute"] = "0",
    };

    WebApplication? app;

    /// <summary>A service with other settings than the tests' usual ones.</summary>
    protected internal ApiHost(params IEnumerable<(string Key, string Value)> settings)
    {
        foreach (var (key, value) in settings) this.settings[key] = value;
        Database = this.settings.ContainsKey("ConnectionStrings:ActionPlan") ? TestDatabase.Create() : TestDatabase.CreateFilled(this.settings.GetValueOrDefault("Database:Engine"), this.settings["Seeds:Load"]);
        foreach (var (key, value) in Database.Settings) this.settings.TryAdd(key, value);
    }

    /// <summary>With the usual settings.</summary>
    public ApiHost() : this([])
    {
    }

    /// <summary>The database of its own, which a service whose settings name another leaves empty.</summary>
    public TestDatabase Database { get; }

    /// <summary>The service's clock; set it to stop time.</summary>
    public StoppableClock Clock { get; } = new();

    /// <summary>Where the service listens: <c>http://127.0.0.1:12345</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    /// <summary>With the bootstrap key, an unbound admin's.</summary>
    public Api Admin { get; private set; } = null!;

    /// <summary>Without a key.</summary>
    public Api Anonymous { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await StartAsync();
        await PrepareAsync();
    }

    /// <summary>Starts the service, again on the same database after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        app = Program.Build([.. settings.Select(s => $"--{s.Key}={s.Value}")], Replace);
        await Program.StartAsync(app);
        Address = new Uri(app.Urls.Single());
        Admin = With(BootstrapKey);
        Anonymous = With(null);
    }

    public async Task StopAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>A client that sends <paramref name="key"/>.</summary>
    public Api With(string? key)
    {
        var client = new HttpClient(new Recorder(new SocketsHttpHandler { AllowAutoRedirect = false })) { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new Api(client);
    }

    /// <summary>A client with a new key.</summary>
    public async Task<Api> WithNewKeyAsync(string role, string? department = null, string? name = null)
    {
        var answer = await Admin.PostAsync("/api-keys", new { name = name ?? $"{role} {department}", role, department });
        return With(answer.Must(201)["secret"]!.GetValue<string>());
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Database.Dispose();
    }

    /// <summary>Services that a class of tests has in place of the real ones, or beside them: the clock, for all.</summary>
    protected virtual void Replace(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    /// <summary>What every test of a class needs to be there.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}

/// <summary>The service with the example plan and the catalogue.</summary>
public sealed class DemoHost() : ApiHost([("Seeds:Load", "demo")]);

/// <summary>The service with two departments, <c>soc</c> and <c>vof</c>, and an empty plan each: <c>soc-2026</c>, <c>vof-2026</c>.</summary>
public class PlanHost : ApiHost
{
    /// <summary>With other settings than the tests' usual ones.</summary>
    protected PlanHost(params IEnumerable<(string Key, string Value)> settings) : base(settings)
    {
    }

    /// <summary>For xunit.</summary>
    public PlanHost() : this([])
    {
    }

    protected override async Task PrepareAsync()
    {
        foreach (var (key, name) in new[] { ("soc", "Socialförvaltningen"), ("vof", "Vård- och omsorgsförvaltningen") })
        {
            (await Admin.PostAsync("/departments", new { key, name })).Must(201);
            (await Admin.PostAsync("/plans", new { department = key, title = $"Åtgärdsplan {name}", periodStart = "2026-01-01", periodEnd = "2026-12-31" })).Must(201);
        }
    }
}
