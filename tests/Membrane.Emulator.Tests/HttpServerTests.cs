using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>HTTP itself, byte by byte.</summary>
public sealed class HttpServerTests : IDisposable
{
    private readonly TestWorkspace workspace = new();

    private int Port => workspace.Host.BaseUri.Port;

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task It_answers_to_every_name_of_this_machine(string name)
    {
        using var caller = new Caller(new Uri($"http://{name}:{Port}/"), Token.Tenant("alice"));

        var request = (await caller.Post("/connection-requests", new { integrationKey = "slack" })).Ok();

        Assert.StartsWith($"http://{name}:{Port}/screens/", request["url"], StringComparison.Ordinal);
        (await caller.Get(request["url"])).Ok();
    }

    [IPv6Fact]
    public async Task It_answers_by_the_address_of_IPv6()
    {
        using var caller = new Caller(new Uri($"http://[::1]:{Port}/"), Token.Tenant("alice"));

        Assert.StartsWith(
            $"http://[::1]:{Port}/screens/",
            (await caller.Post("/connection-requests", new { integrationKey = "slack" })).Ok()["url"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("elsewhere.example:80")]
    [InlineData("localhost.elsewhere.example")]
    [InlineData("127.0.0.1@elsewhere.example")]
    [InlineData("192.168.0.7")]
    [InlineData("a b")]
    public async Task A_name_of_another_machine_is_refused(string host)
    {
        var answer = await Send($"GET /_emulator/requests HTTP/1.1\r\nHost: {host}\r\nOrigin: http://localhost:1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("answers to localhost", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nNo colon\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nA: b\r\n folded\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: +1\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: 99999999999999999999\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("Host: 127.0.0.1\r\nTransfer-Encoding: gzip, chunked\r\n", 501)]
    [InlineData("Host: 127.0.0.1\r\nLong: LONG\r\n", 431)]
    public async Task What_is_not_HTTP_is_refused_with_an_answer_that_a_page_can_read(string headers, int status)
    {
        var answer = await Send(
            "POST /act HTTP/1.1\r\nOrigin: http://localhost:5173\r\n"
                + headers.Replace("LONG", new string('x', 70_000), StringComparison.Ordinal)
                + "\r\n"
        );

        Assert.StartsWith(FormattableString.Invariant($"HTTP/1.1 {status} "), answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAccess-Control-Allow-Origin: http://localhost:5173\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"message\":", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4\r\n{\"na\r\n8;x=y\r\nme\":\"T\"}\r\n0\r\nTrailer: x\r\n\r\n", 200)]
    [InlineData("d\r\n{\"name\":\"T\"} \r\n0\r\n\r\n", 200)]
    [InlineData("zz\r\n", 400)]
    [InlineData("-1\r\n", 400)]
    [InlineData("2\r\n{}x\r\n0\r\n\r\n", 400)]
    [InlineData("5\r\n{\"", 400)]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\n", 400)]
    [InlineData("2\r\n{}\r\n0\r\nTRAILERS\r\n", 431)]
    public async Task A_body_may_come_in_chunks(string chunks, int status)
    {
        var answer = await Send(
            $"POST /customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token.Manager()}\r\nTransfer-Encoding: chunked\r\n"
                + $"Connection: close\r\n\r\n"
                + chunks.Replace("TRAILERS", string.Concat(Enumerable.Repeat("Trailer: x\r\n", 10_000)), StringComparison.Ordinal)
        );

        Assert.StartsWith(FormattableString.Invariant($"HTTP/1.1 {status} "), answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_come_at_once_are_answered_in_turn()
    {
        var one = $"GET /self HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token.Tenant("alice")}\r\n\r\n";
        var answer = await Send(
            one
                + "\r\n"
                + "GET /nope HTTP/1.1\nHost: localhost\n\n"
                + one.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)
        );

        Assert.Equal(["200", "404", "200"], Statuses(answer));
    }

    [Fact]
    public async Task What_is_not_escaped_is_taken_as_UTF8()
    {
        // The bytes of these letters are control characters in Latin-1.
        var answer = await Send(
            $"GET /customers?search=\u0141\u00f3d\u017a\u20ac HTTP/1.1\r\nHost: localhost\r\nX-Name: \u0141\u00f3d\u017a \u20ac\r\n"
                + $"Authorization: Bearer {Token.Manager()}\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal(["200"], Statuses(answer));
        Assert.Equal("search=\u0141\u00f3d\u017a\u20ac", Assert.Single(workspace.Host.GetRequests()).Query);
        Assert.Equal(["400"], Statuses(await Send("GET /self HTTP/1.1\r\nHost: localhost\r\nA: \u007f\r\n\r\n")));
        Assert.Equal(["400"], Statuses(await Send("GET /se\u007flf HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    }

    [Fact]
    public async Task A_client_that_asks_before_it_sends_is_told_to_go_on()
    {
        using var client = new TcpClient("127.0.0.1", Port);
        var stream = client.GetStream();
        await Write(
            stream,
            $"POST /customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token.Manager()}\r\nContent-Length: 12\r\n"
                + "Expect: 100-continue\r\nConnection: close\r\n\r\n"
        );
        var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());
        await Write(stream, """{"name":"T"}""");

        Assert.Contains("HTTP/1.1 200 OK", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_asks_whether_it_may_send_too_much_is_told_at_once()
    {
        var answer = await Send(
            "POST /customers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
            isOver: false
        );

        Assert.Equal(["413"], Statuses(answer));
    }

    [Fact]
    public async Task HEAD_has_the_length_and_no_body()
    {
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        using var head = new HttpRequestMessage(HttpMethod.Head, request["url"]);
        var page = await workspace.Nobody.Get(request["url"]);

        var answer = await workspace.Nobody.Send(head);

        Assert.Equal("", answer.Text);
        Assert.Equal(Encoding.UTF8.GetByteCount(page.Text), answer.Response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_old_client_gets_its_answer_and_the_end()
    {
        var answer = await Send("GET /nope HTTP/1.0\r\n\r\n", isOver: false);

        Assert.Equal(["404"], Statuses(answer));
        Assert.EndsWith("}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_of_faults_stay_on_their_lines()
    {
        workspace.Host.AddFault(
            new Fault
            {
                Status = 503,
                Headers =
                {
                    ["X-One"] = "a\r\nX-Two: b",
                    ["Bad Name"] = "x",
                    ["Content-Length"] = "1",
                },
            }
        );

        var answer = await workspace.Alice.Get("/self");

        Assert.Equal("a  X-Two: b", Assert.Single(answer.Response.Headers.GetValues("X-One")));
        Assert.False(answer.Response.Headers.Contains("X-Two"));
        Assert.Contains("503", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_connections_that_send_nothing_keep_no_one_out_and_do_not_hold_up_the_end()
    {
        var idle = new TcpClient[100];
        for (var number = 0; number < idle.Length; number++)
        {
            idle[number] = new TcpClient("127.0.0.1", Port);
            await Write(idle[number].GetStream(), number % 2 == 0 ? "" : "GET /self HTTP/1.1\r\nHo");
        }

        (await workspace.Alice.Get("/self")).Ok();
        workspace.Host.Stop();

        foreach (var client in idle)
        {
            Assert.Equal(0, await End(client));
            client.Dispose();
        }
    }

    [Fact]
    public void A_port_that_another_program_has_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var error = Assert.Throws<IOException>(() => EmulatorHost.Start(new EmulatorOptions { Port = port }));

        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    private static string[] Statuses(string answer) =>
        [
            .. Enumerable.Select(
                System.Text.RegularExpressions.Regex.Matches(answer, @"HTTP/1\.1 (\d+) "),
                static match => match.Groups[1].Value
            ),
        ];

    private static async Task<int> End(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            // Cut: that is an end too.
            return 0;
        }
    }

    private static async Task Write(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    private async Task<string> Send(string request, bool isOver = true)
    {
        using var client = new TcpClient("127.0.0.1", Port);
        var stream = client.GetStream();
        await Write(stream, request);
        if (isOver)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await new StreamReader(stream).ReadToEndAsync(patience.Token);
    }
}
