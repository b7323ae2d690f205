using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace ActionPlan.Tests.Support;

/// <summary>What becomes of a commit and of its connection.</summary>
public enum CommitFate
{
    /// <summary>It passes.</summary>
    Delivered,

    /// <summary>The connection breaks before the server has seen it.</summary>
    Lost,

    /// <summary>The server has committed, and the connection breaks before it can say so.</summary>
    Unanswered,

    /// <summary>The connection breaks, and the server sees the commit only after <see cref="PostgresProxy.DeliverLate"/>.</summary>
    Late,
}

/// <summary>
/// Stands between the service and PostgreSQL, reads what passes (the frontend/backend protocol, version 3), and fails
/// exactly where a test wants it: in the moment of a commit.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    const int CancelRequest = 80877102, SslRequest = 80877103, EncryptionRequest = 80877104;

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly NpgsqlConnectionStringBuilder server;
    readonly ConcurrentDictionary<Link, bool> links = new();
    readonly TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConcurrentQueue<string> trips = new();
    readonly Task accepting;
    int fate;

    public PostgresProxy(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ToString();
        accepting = AcceptAsync();
    }

    /// <summary>How to reach the server through here.</summary>
    public string ConnectionString { get; }

    /// <summary>What becomes of the next commit that stores a change; those after it pass again.</summary>
    public CommitFate NextCommit
    {
        get => (CommitFate)Volatile.Read(ref fate);
        set => Volatile.Write(ref fate, (int)value);
    }

    /// <summary>While true, connections are taken and nothing passes, neither new nor old: a network that swallows everything.</summary>
    public bool IsSilent { get; set; }

    /// <summary>While true, connections are closed as soon as they are made.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Makes it <see cref="IsClosed"/> together with the commit that does not pass.</summary>
    public bool ClosesAfterCommit { get; set; }

    /// <summary>How many connections were closed at once.</summary>
    public int Refused { get; private set; }

    /// <summary>What went to the server and was waited for, each with its statements: the round trips.</summary>
    public IReadOnlyList<string> Trips => [.. trips];

    /// <summary>Lets a commit pass that is <see cref="CommitFate.Late"/>.</summary>
    public void DeliverLate() => late.TrySetResult();

    /// <summary>Breaks every connection there is.</summary>
    public void Cut()
    {
        foreach (var link in links.Keys) link.Break();
    }

    public async ValueTask DisposeAsync()
    {
        late.TrySetResult();
        listener.Stop();
        await accepting;
        Cut();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                if (!IsClosed)
                {
                    _ = new Link(this, client).RunAsync();
                    continue;
                }

                client.Dispose();
                Refused++;
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    sealed class Link(PostgresProxy proxy, TcpClient client) : IDisposable
    {
        readonly TcpClient server = new() { NoDelay = true };
        readonly Dictionary<string, string> prepared = [];
        readonly List<string> statements = [];
        readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        volatile bool isMute;
        string bound = "";

        public async Task RunAsync()
        {
            proxy.links[this] = true;
            try
            {
                await server.ConnectAsync(proxy.server.Host!, proxy.server.Port);
                client.NoDelay = true;
                await Task.WhenAny(ToServerAsync(), ToClientAsync());
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // The server is down.
            }
            finally
            {
                Break();
            }
        }

        public void Break()
        {
            proxy.links.TryRemove(this, out _);
            Dispose();
        }

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }

        async Task ToServerAsync()
        {
            try
            {
                var (from, to) = (client.GetStream(), server.GetStream());
                await StartAsync(from, to);

                // Whole trips are passed on, so that a commit can be stopped before any of it has gone.
                using var trip = new MemoryStream();
                var head = new byte[5];
                while (true)
                {
                    await from.ReadExactlyAsync(head);
                    var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
                    await from.ReadExactlyAsync(body);
                    trip.Write(head);
                    trip.Write(body);
                    Note((char)head[0], body);
                    if ((char)head[0] is 'P' or 'B' or 'D' or 'E' or 'C') continue;

                    while (proxy.IsSilent) await Task.Delay(20);
                    if (!await PassAsync(to, trip.ToArray())) return;
                    if (statements.Count > 0) proxy.trips.Enqueue(string.Join("; ", statements));
                    statements.Clear();
                    trip.SetLength(0);
                }
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two has gone.
            }
        }

        async Task<bool> PassAsync(NetworkStream to, byte[] trip)
        {
            var fate = statements.Any(s => s.StartsWith("update change_clock", StringComparison.Ordinal))
                ? (CommitFate)Interlocked.Exchange(ref proxy.fate, (int)CommitFate.Delivered)
                : CommitFate.Delivered;

            if (fate != CommitFate.Delivered && proxy.ClosesAfterCommit) proxy.IsClosed = true;
            if (fate == CommitFate.Lost) return false;
            isMute = fate != CommitFate.Delivered;
            if (fate == CommitFate.Late)
            {
                client.Dispose();
                await proxy.late.Task;
            }

            await to.WriteAsync(trip);
            if (fate == CommitFate.Delivered) return true;
            await committed.Task.WaitAsync(TimeSpan.FromSeconds(10));
            return false;
        }

        // Before it starts, a client may ask for encryption, which the server answers with a single letter, or only to cancel.
        static async Task StartAsync(NetworkStream from, NetworkStream to)
        {
            var head = new byte[8];
            int code;
            do
            {
                await from.ReadExactlyAsync(head);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head) - 8];
                await from.ReadExactlyAsync(body);
                await to.WriteAsync((byte[])[.. head, .. body]);
                code = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
            }
            while (code is SslRequest or EncryptionRequest or CancelRequest);
        }

        async Task ToClientAsync()
        {
            try
            {
                var (from, to) = (server.GetStream(), client.GetStream());
                var buffer = new byte[64 * 1024];
                while (await from.ReadAsync(buffer) is > 0 and var count)
                {
                    while (proxy.IsSilent) await Task.Delay(20);
                    if (!isMute) await to.WriteAsync(buffer.AsMemory(0, count));
                    // ReadyForQuery, outside any transaction.
                    else if (buffer.AsSpan(0, count).EndsWith("Z\0\0\0\u0005I"u8)) committed.TrySetResult();
                }
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two has gone.
            }

            // With a late commit the client has gone long before.
            if (isMute) await committed.Task;
        }

        void Note(char type, byte[] body)
        {
            switch (type)
            {
                case 'P':
                    prepared[Word(body, 0)] = Word(body, 1);
                    break;
                case 'B':
                    bound = prepared[Word(body, 1)];
                    break;
                case 'E':
                    statements.Add(bound);
                    break;
                case 'Q':
                    statements.Add(Word(body, 0));
                    break;
            }
        }

        // Texts in a message end in a zero byte.
        static string Word(byte[] body, int index) => Encoding.UTF8.GetString(body).Split('\0')[index];
    }
}
