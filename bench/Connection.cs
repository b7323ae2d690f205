using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActionPlan.Bench;

/// <summary>
/// One kept-open HTTP/1.1 connection on a bare socket: the client shares the machine with the server, so it must cost little.
/// </summary>
sealed class Connection : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] buffer = new byte[16 * 1024];
    int length;

    public static async Task<Connection> OpenAsync(int port)
    {
        var connection = new Connection();
        await connection.socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>The last answer as it came.</summary>
    public string Answer => Encoding.UTF8.GetString(buffer, 0, length);

    /// <summary>Sends a request and reads its answer to the end; the status.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        length = 0;
        do
        {
            if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("the server closed the connection");
            length += read;
        }
        while (!IsComplete(buffer.AsSpan(0, length)));
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    public void Dispose() => socket.Dispose();

    static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var field = answer[..head].IndexOf("Content-Length: "u8);
        if (field < 0) return answer[..head].IndexOf("chunked"u8) < 0 || answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(field + 16)..];
        return answer.Length == head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }
}
