using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Whatever a server sends, the client answers with a value or with an exception of its own.</summary>
public sealed class RubbishTests
{
    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "null",
        "true",
        "-",
        "1",
        "1e999",
        "-1e999",
        "1.5",
        "99999999999999999999",
        "0.00000000000000000000000000000000001",
        "\"id\"",
        "\"items\"",
        "\"cursor\"",
        "\"type\"",
        "\"message\"",
        "\"data\"",
        "\"causedByError\"",
        "\"createdAt\"",
        "\"errors\"",
        "\"cost\"",
        "\"output\"",
        "\"\\ud83d\"",
        "\"\\ude00\\n\"",
        "\"2026-13-45T99:99:99Z\"",
        "{\"a\":",
        "{\"items\":[",
        "{\"id\":\"c1\",",
        "<html>",
        "\0",
        "\u00e9",
        " ",
        "//",
        "NaN",
    ];

    private static readonly int[] Statuses = [200, 200, 200, 201, 204, 302, 400, 401, 404, 429, 500];

    private static byte[] Body(Random random)
    {
        var body = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]))
        );
        if (body.Length > 0 && random.Next(4) == 0)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static List<Func<MembraneClient, Task>> Calls =>
        [
            static client => client.Connections.GetAsync("c1"),
            static client => client.Connections.List(null, new ListingOptions { First = 3 }).ToListAsync(),
            static client => client.Actions.RunAsync(new ActionSelector("a"), null),
            static client => client.AgentSessions.GetAsync("s1"),
            static client => client.Search.Find("x", null, new ListingOptions { First = 3 }).ToListAsync(),
            static client => client.ConnectionRequests.GetAsync("r1"),
        ];

    [Fact]
    public async Task Three_thousand_kinds_of_rubbish_for_a_body_raise_nothing_else()
    {
        var random = new Random(20260726);
        using var server = new ScriptedServer();
        using var client = Make.Client(server, policy: new RetryPolicy { MaxAttempts = 1 });
        for (var round = 0; round < 3_000; round++)
        {
            var body = Body(random);
            var status = Statuses[random.Next(Statuses.Length)];
            server.Otherwise = _ => Answer.Bytes(status == 204 ? [] : body, "application/json", status);
            try
            {
                await Calls[random.Next(Calls.Count)](client).Within();
            }
            catch (MembraneException exception)
            {
                Assert.NotEqual(ErrorIds.Unexpected, exception.ErrorId);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} for status {status} and {Encoding.UTF8.GetString(body)}");
            }
        }
    }

    [Fact]
    public async Task Three_hundred_kinds_of_rubbish_for_an_answer_raise_nothing_else()
    {
        string[] heads =
        [
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 999 Odd\r\n",
            "HTTP/1.1 099 Low\r\n",
            "HTTP/9.9 200 OK\r\n",
            "HTTP/1.1 200\r\n",
            "ICY 200 OK\r\n",
            "\r\n\r\n",
            "HTTP/1.1 429 X\r\n",
            "HTTP/1.1 301 X\r\n",
        ];
        string[] headers =
        [
            "Content-Length: -1\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Content-Type: ;;;\r\n",
            "Retry-After: soon\r\n",
            "Retry-After: 99999999999999\r\n",
            "Retry-After: -5\r\n",
            "Location: ::::\r\n",
            "Location: http://[\r\n",
            "no colon\r\n",
            ": empty\r\n",
            "X-Request-Id: \u00e9\r\n",
            "Connection: upgrade\r\n",
        ];
        string[] bodies = ["{}", "zz\r\n", "5\r\n{}   \r\n0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n", "", "[]"];
        var random = new Random(20260726);
        using var server = new ScriptedServer();
        using var client = Make.Client(server, policy: new RetryPolicy { MaxAttempts = 1 });
        for (var round = 0; round < 300; round++)
        {
            var answer =
                heads[random.Next(heads.Length)]
                + string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => headers[random.Next(headers.Length)]))
                + "\r\n"
                + bodies[random.Next(bodies.Length)];
            server.Otherwise = _ => Answer.Bytes(answer);
            try
            {
                await Calls[random.Next(Calls.Count)](client).Within();
            }
            catch (MembraneException exception)
            {
                Assert.NotEqual(ErrorIds.Unexpected, exception.ErrorId);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception} for {answer}");
            }
        }
    }

    [Fact]
    public async Task An_answer_that_is_compressed_is_read_and_a_broken_one_is_a_broken_connection()
    {
        using var packed = new System.IO.MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("""{"id":"c1","name":"ü"}"""));
        }

        var whole = packed.ToArray();
        using var server = new ScriptedServer(Answer.Bytes(whole, "application/json", 200, "Content-Encoding: gzip"));
        using var client = Make.Client(server);

        Assert.Equal("ü", (await client.Connections.GetAsync("c1").Within()).Name);
        foreach (var encoding in new[] { "gzip", "deflate", "br" })
        {
            server.Then(Answer.Bytes([0xFF, 0xFF, 0xFF, 0xFF], "application/json", 200, "Content-Encoding: " + encoding));
            var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
                client.Actions.RunAsync(new ActionSelector("a"), null).Within()
            );
            Assert.Equal(ErrorIds.ConnectionLost, error.ErrorId);
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        }
    }
}
