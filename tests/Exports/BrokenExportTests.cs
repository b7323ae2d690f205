using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActionPlan.Tests.Exports;

/// <summary>A file that does not come to its end: nobody takes it for a whole one, and nothing is held for it.</summary>
public class BrokenExportTests(BrokenExportTests.LongHost host) : IClassFixture<BrokenExportTests.LongHost>
{
    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("flat")]
    [InlineData("ics")]
    public async Task A_fault_after_the_first_bytes_cuts_the_connection(string format)
    {
        await host.ExecuteAsync("update action set tags = '[oops' where number = 15");
        try
        {
            using var client = new HttpClient { BaseAddress = host.Address };
            client.DefaultRequestHeaders.Add("Authorization", "Bearer " + ApiHost.BootstrapKey);
            using var answer = await client.GetAsync(new Uri($"{Settings.BasePath}/plans/soc-2026/actions?format={format}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

            Assert.Equal(200, (int)answer.StatusCode);
            await Assert.ThrowsAsync<HttpIOException>(() => ReadAsync(answer));
        }
        finally
        {
            await host.ExecuteAsync("update action set tags = '[]' where number = 15");
        }
    }

    [Fact]
    public async Task Whoever_hangs_up_leaves_nothing_open_and_no_error_in_the_log()
    {
        host.Errors.Clear();
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {Settings.BasePath}/actions?format=csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ApiHost.BootstrapKey}\r\n\r\n"));
        await client.GetStream().ReadExactlyAsync(new byte[1000]);
        Assert.True(host.Database.IsBeingRead("action"));

        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();

        await Eventually.HoldsAsync(() => !host.Database.IsBeingRead("action"), "the reader has been given back");
        Assert.Equal(15, (await host.Admin.GetAsync("/actions?fields=key&limit=1")).Must(200)["_meta"]!["totalRecords"]!.GetValue<int>());
        Assert.Empty(host.Errors);
    }

    static async Task ReadAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer) > 0)
        {
        }
    }

    /// <summary>With fifteen actions of 800 kB each, which is more than lies between service and client and no zip makes less of, and a log of errors.</summary>
    public sealed class LongHost : PlanHost
    {
        internal System.Collections.Concurrent.ConcurrentQueue<string> Errors { get; } = [];

        protected override void Replace(IServiceCollection services)
        {
            base.Replace(services);
            services.AddSingleton<ILoggerProvider>(new ErrorLog(Errors));
        }

        protected override async Task PrepareAsync()
        {
            await base.PrepareAsync();
            var rows = Enumerable.Range(1, 15).Select(i => new { title = $"Åtgärd {i}", dueDate = "2026-04-01" });
            (await Admin.PostAsync("/plans/soc-2026/imports", rows)).Must(200);
            var noise = new byte[600_000];
            new Random(1).NextBytes(noise);
            await this.ExecuteAsync("update action set expected_effect = @Long", new { Long = Convert.ToBase64String(noise) });
        }
    }

    sealed class ErrorLog(System.Collections.Concurrent.ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) errors.Enqueue(formatter(state, exception) + exception);
        }

        public void Dispose()
        {
        }
    }
}
