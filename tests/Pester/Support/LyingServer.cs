using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

/// <summary>
/// A server that asks much of its client, by the last word of the path: text and escaped are large, endless has no end, integrations is a
/// list of empty pages, and all else a large list.
/// </summary>
public sealed class LyingServer : IDisposable
{
    private const int Length = 29 * 1024 * 1024;
    private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly byte[] list = List();
    private readonly byte[] text = Text("x");
    private readonly byte[] escaped = Text("line\\n\\u00e9");

    public LyingServer()
    {
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public string Address => "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is SocketException || exception is ObjectDisposedException)
        {
            // The server was closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var reader = new StreamReader(stream, Encoding.ASCII);
                while (await reader.ReadLineAsync() is string request && request.Length > 0)
                {
                    while ((await reader.ReadLineAsync())?.Length > 0) { }
                    await AnswerAsync(stream, request.Split(' ')[1]);
                }
            }
            catch (Exception exception) when (exception is IOException || exception is ObjectDisposedException)
            {
                // The client has heard enough.
            }
        }
    }

    private async Task AnswerAsync(Stream stream, string target)
    {
        var path = target.Split('?')[0];
        var body =
            path.EndsWith("integrations", StringComparison.Ordinal) ? EmptyPage(target)
            : path.EndsWith("text", StringComparison.Ordinal) ? text
            : path.EndsWith("escaped", StringComparison.Ordinal) ? escaped
            : path.EndsWith("endless", StringComparison.Ordinal) ? null
            : list;
        var length = body is null ? "Transfer-Encoding: chunked" : "Content-Length: " + body.Length;
        await WriteAsync(stream, Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n"));
        if (body is not null)
        {
            await WriteAsync(stream, body);
            return;
        }

        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");
        while (true)
        {
            await WriteAsync(stream, chunk);
        }
    }

    // Fifteen of them, each with a new cursor but for the last.
    private static byte[] EmptyPage(string target)
    {
        var start = target.IndexOf("cursor=", StringComparison.Ordinal);
        var page = start < 0 ? 1 : int.Parse(target.Substring(start + "cursor=".Length).Split('&')[0]);
        return Encoding.ASCII.GetBytes(page < 15 ? "{\"items\":[],\"cursor\":\"" + (page + 1) + "\"}" : "{\"items\":[]}");
    }

    private static Task WriteAsync(Stream stream, byte[] bytes) => stream.WriteAsync(bytes, 0, bytes.Length);

    private static byte[] List()
    {
        var json = new StringBuilder("{\"items\":[");
        for (var number = 0; json.Length < Length - 300; number++)
        {
            json.Append(number == 0 ? string.Empty : ",")
                .Append("{\"id\":\"conn_")
                .Append(number)
                .Append("\",\"name\":\"Connection ")
                .Append(number)
                .Append(
                    " of the list\",\"state\":\"READY\",\"createdAt\":\"2026-01-01T00:00:00.000Z\",\"settings\":{\"a\":1,\"b\":[1,2,3]}}"
                );
        }

        return Encoding.ASCII.GetBytes(json.Append("]}").ToString());
    }

    private static byte[] Text(string part)
    {
        var json = new StringBuilder("{\"id\":\"c1\",\"name\":\"", Length);
        while (json.Length < Length - 100)
        {
            json.Append(part);
        }

        return Encoding.ASCII.GetBytes(json.Append("\"}").ToString());
    }
}
