namespace ActionPlan.Tests.Support;

/// <summary>A service for one test alone, because the test stops its clock, breaks its database or needs other settings.</summary>
public sealed class OwnHost : IAsyncDisposable
{
    OwnHost(ApiHost host) => Host = host;

    public ApiHost Host { get; }

    public static Task<OwnHost> StartAsync(params IEnumerable<(string Key, string Value)> settings) => StartAsync(new ApiHost(settings));

    public static async Task<OwnHost> StartAsync(ApiHost host)
    {
        await host.InitializeAsync();
        return new OwnHost(host);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
