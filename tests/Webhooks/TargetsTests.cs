using System.Net;
using System.Net.Sockets;
using ActionPlan.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace ActionPlan.Tests.Webhooks;

public class TargetsTests
{
    public static TheoryData<string> Inside =>
    [
        "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1./", "https://127.255.255.254/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/",
        "https://017700000001/", "https://0/", "https://0.0.0.0/", "https://localhost/", "https://LOCALHOST./", "https://a.localhost/", "https://[::1]/", "https://[0:0:0:0:0:0:0:1]/",
        "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::10.0.0.1]/",
        "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/", "https://[2001:0:1::1]/", "https://[2001:db8::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd12:3456::1]/",
        "https://[fec0::1]/", "https://[ff02::1]/", "https://10.0.0.1/", "https://10.255.255.255/", "https://167772161/", "https://0xa.0.0.1/", "https://012.0.0.1/", "https://172.16.0.1/", "https://172.31.255.255/",
        "https://192.168.1.1/", "https://192.168.257/", "https://0xC0A80101/", "https://169.254.169.254/", "https://169.254.43518/", "https://0251.0376.0251.0376/", "https://100.64.0.1/", "https://100.127.255.255/",
        "https://192.0.0.8/", "https://192.0.2.1/", "https://198.18.0.1/", "https://198.51.100.1/", "https://203.0.113.1/", "https://224.0.0.1/", "https://239.255.255.250/", "https://240.0.0.1/", "https://255.255.255.255/",
        "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://256.256.256.256/", "https://1.2.3.4.5/", "https://0x7f.example.0x1/", "https://user@example.se/", "https://user:pass@example.se/", "https://@127.0.0.1/",
        "https:///etc/passwd", "file:///etc/passwd", "gopher://example.se/", "ftp://example.se/", "javascript:alert(1)", "//example.se/", "example.se", "https://", "https://example.se\\@127.0.0.1/",
        "https://exa mple.se/", "https://example.se/#fragment", "http://example.se/", "http://93.184.216.34/", "http://127.0.0.1/", "http://localhost:5080/",
    ];

    [Theory]
    [MemberData(nameof(Inside))]
    public void Every_spelling_of_an_address_inside_is_refused(string url)
    {
        Assert.NotNull(With().Refuse(url));
    }

    [Theory]
    [InlineData("https://example.se/")]
    [InlineData("https://example.se:8443/in?key=7&x=å")]
    [InlineData("https://EXAMPLE.se./in")]
    [InlineData("https://räksmörgås.example/in")]
    [InlineData("https://93.184.216.34/")]
    [InlineData("https://[2606:2800:220:1::1]/")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.128.0.1/")]
    [InlineData("https://10.example.se/")]
    public void A_public_address_is_let_through(string url)
    {
        Assert.Null(With().Refuse(url));
    }

    [Theory]
    [InlineData("https://10.20.3.4/", true)]
    [InlineData("http://10.20.3.4/", true)]
    [InlineData("http://[::ffff:10.20.3.4]/", true)]
    [InlineData("http://169089796/", true)]
    [InlineData("http://intranet.example.se/", true)]
    [InlineData("https://[fd00:1::2]/", true)]
    [InlineData("https://10.21.3.4/", false)]
    [InlineData("http://93.184.216.34/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("https://224.0.0.1/", false)]
    public void Networks_that_are_configured_are_reached_and_no_others(string url, bool isReached)
    {
        Assert.Equal(isReached, With("10.20.0.0/16, fd00:1::/32").Refuse(url) is null);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://[::1]/")]
    [InlineData("https://2130706433/")]
    public void The_machine_itself_is_reached_only_where_that_is_configured(string url)
    {
        Assert.NotNull(With("0.0.0.0/0, ::/0").Refuse(url));
        Assert.Null(With(loopback: "true").Refuse(url));
    }

    [Fact]
    public async Task A_name_is_asked_for_once_and_what_it_answered_is_what_is_connected_to()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        // The first answer is one that may be reached, any later one is not.
        using var sender = new Sender(With(loopback: "true")) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "10.0.0.1") }) };
        var url = receiver.Url.Replace("127.0.0.1", "receiver.example");

        var first = await SendAsync(sender, url);
        var second = await SendAsync(sender, url);

        Assert.Equal((204, null), (first.Status, first.Error));
        Assert.Equal((null, "notAllowed"), (second.Status, second.Error));
        Assert.Equal(2, asked);
        Assert.Single(receiver.All);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_name_that_leads_inside_is_not_followed(string address)
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new Sender(With()) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }) };

        Assert.Equal("notAllowed", (await SendAsync(sender, receiver.Url.Replace("http://127.0.0.1", "https://receiver.example"))).Error);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told()
    {
        using var sender = new Sender(With(loopback: "true")) { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound), Timeout = TimeSpan.FromMilliseconds(300) };
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;

        Assert.Equal("unknownHost", (await SendAsync(sender, "https://nowhere.example/")).Error);
        Assert.Equal("timeout", (await SendAsync(sender, $"http://127.0.0.1:{port}/")).Error);
        closed.Stop();
        Assert.Equal("unreachable", (await SendAsync(sender, $"http://127.0.0.1:{port}/")).Error);
    }

    static Task<Outcome> SendAsync(Sender sender, string url) => sender.SendAsync(url, Guid.NewGuid(), DateTimeOffset.UtcNow, "{}", [SigningSecret.Create()], CancellationToken.None);

    static Targets With(string networks = "", string loopback = "false") => new(Settings.From(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Webhooks:AllowedNetworks"] = networks, ["Webhooks:AllowLoopback"] = loopback }).Build(),
        new HostingEnvironment { ContentRootPath = Path.GetTempPath(), EnvironmentName = "Production" }));
}
