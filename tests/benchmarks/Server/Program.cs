// A server that costs little: prepared answers over bare sockets, in a process of its own.
//   GET  /connections?limit=&cursor=       100 pages of 1,000 connections
//   GET  /connections/{id}                 one connection
//   POST /connections/{id}/data/{key}/list 1,000 pages of 1,000 records
//   POST /actions/{id}/run                 an output, after DELAY milliseconds where the path begins with /slow
// It answers whatever token comes. Prints its address when it is ready, and ends with its standard input.
using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

const int PageSize = 1000;
const int ConnectionPages = 100;
const int RecordPages = 1000;
const int SlowMilliseconds = 50;

var connectionPages = new byte[ConnectionPages][];
for (var page = 0; page < ConnectionPages; page++)
{
    connectionPages[page] = Answer(ListPage("items", page, ConnectionPages, Connection));
}

var recordPages = new byte[RecordPages][];
var connection = Answer(Connection(1));
using var schema = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("schema.json")!);
var action = Answer($"{{\"id\":\"act_1\",\"name\":\"Create Contact\",\"inputSchema\":{schema.ReadToEnd()}}}");
var output = Answer(
    "{\"output\":{\"id\":\"rec_1\",\"email\":\"ada@example.com\",\"createdAt\":\"2026-01-01T00:00:00.000Z\"},\"actionRunId\":\"run_1\"}"
);
var missing = Encoding.ASCII.GetBytes(
    "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n{\"type\":\"bad_request\",\"message\":\"\"}"
);
long requests = 0;

using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen(512);
Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
_ = Task.Run(async () =>
{
    while (true)
    {
        var client = await listener.AcceptAsync();
        client.NoDelay = true;
        _ = Task.Run(() => ServeAsync(client));
    }
});

// Ends when whoever started it is gone.
while (Console.ReadLine() is not null) { }

async Task ServeAsync(Socket client)
{
    using (client)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                int headEnd;
                while ((headEnd = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    var read = await client.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None);
                    if (read == 0)
                    {
                        return;
                    }

                    length += read;
                }

                var head = Encoding.ASCII.GetString(buffer, 0, headEnd);
                var bodyLength = ContentLength(head);
                var total = headEnd + 4 + bodyLength;
                while (length < total)
                {
                    var read = await client.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None);
                    if (read == 0)
                    {
                        return;
                    }

                    length += read;
                }

                var body = Encoding.UTF8.GetString(buffer, headEnd + 4, bodyLength);
                Buffer.BlockCopy(buffer, total, buffer, 0, length - total);
                length -= total;
                var target = head.Split(' ', 3)[1];
                if (target.StartsWith("/slow", StringComparison.Ordinal))
                {
                    await Task.Delay(SlowMilliseconds);
                    target = target["/slow".Length..];
                }

                await client.SendAsync(Choose(target, body), SocketFlags.None);
            }
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }
}

byte[] Choose(string target, string body)
{
    Interlocked.Increment(ref requests);
    if (target == "/_count")
    {
        return Answer(Interlocked.Exchange(ref requests, 0).ToString(CultureInfo.InvariantCulture));
    }

    var path = target.Split('?')[0];
    if (path == "/connections")
    {
        return connectionPages[Cursor(target, "cursor=")];
    }

    if (path.EndsWith("/run", StringComparison.Ordinal))
    {
        return output;
    }

    if (path.EndsWith("/list", StringComparison.Ordinal))
    {
        var page = Cursor(body, "\"cursor\":\"");
        return recordPages[page] ??= Answer(ListPage("records", page, RecordPages, Record));
    }

    return path == "/actions/act_1" ? action
        : path.StartsWith("/connections/", StringComparison.Ordinal) ? connection
        : missing;
}

static int Cursor(string text, string name)
{
    var at = text.IndexOf(name, StringComparison.Ordinal);
    if (at < 0)
    {
        return 0;
    }

    var number = 0;
    for (var index = at + name.Length; index < text.Length && char.IsAsciiDigit(text[index]); index++)
    {
        number = (number * 10) + (text[index] - '0');
    }

    return number;
}

static int ContentLength(string head)
{
    const string Name = "content-length:";
    var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
    if (at < 0)
    {
        return 0;
    }

    var end = head.IndexOf('\r', at);
    return int.Parse(end < 0 ? head[(at + Name.Length)..] : head[(at + Name.Length)..end], CultureInfo.InvariantCulture);
}

static byte[] Answer(string json)
{
    var body = Encoding.UTF8.GetBytes(json);
    var head = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n"
    );
    var answer = new byte[head.Length + body.Length];
    head.CopyTo(answer, 0);
    body.CopyTo(answer, head.Length);
    return answer;
}

static string ListPage(string name, int page, int pages, Func<int, string> item)
{
    var text = new StringBuilder().Append("{\"").Append(name).Append("\":[");
    for (var index = 0; index < PageSize; index++)
    {
        text.Append(index == 0 ? string.Empty : ",").Append(item((page * PageSize) + index));
    }

    return text.Append(page + 1 < pages ? $"],\"cursor\":\"{page + 1}\"}}" : "]}").ToString();
}

static string Connection(int number) =>
    $"{{\"id\":\"con_{number:x24}\",\"name\":\"Connection "
    + $"{number}\",\"userId\":\"usr_{number % 50:x24}\",\"tenantId\":\"usr_{number % 50:x24}\","
    + $"\"key\":\"connection-{number}\",\"connected\":true,\"disconnected\":false,\"state\":\"READY\",\"integrationId\":\"int_{number % 20:x24}\","
    + $"\"connectorId\":\"cnt_{number % 20:x24}\",\"isTest\":false,\"createdAt\":\"2026-01-01T00:00:00.000Z\",\"updatedAt\":\"2026-02-03T04:05:06.789Z\","
    + "\"lastActiveAt\":\"2026-02-03T04:05:06.789Z\"}";

static string Record(int number) =>
    $"{{\"id\":\"rec_{number}\",\"name\":\"Person {number}\",\"fields\":{{\"email\":\"person{number}@example.com\",\"firstName\":\"Person\",\"lastName\":\"{number}\",\"age\":{number % 90}}},\"createdTime\":\"2026-01-01T00:00:00.000Z\"}}";
