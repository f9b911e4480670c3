using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CsCheck;
using Membrane.Client.Tests.Support;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests.Fuzzing;

/// <summary>Bytes on a socket: whatever they are, the emulator answers or closes, never with an internal error, and goes on.</summary>
public sealed class RequestFuzz(ITestOutputHelper output)
{
    private static readonly string[] Requests =
    [
        "GET /connections?limit=5&search=a%20b&cursor=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tenant}\r\nConnection: close\r\n\r\n",
        "POST /oauth/register HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{\"client_name\":\"x\",\"redirect_uris\":[\"http://127.0.0.1:1/callback\",\"https://a.example/b\"]}",
        "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\ngrant_type=refresh_token&refresh_token=abc&client_id=membrane-cli&code=x&redirect_uri=http%3A%2F%2F127.0.0.1&code_verifier=y",
        "GET /oauth/authorize?response_type=code&client_id=membrane-cli&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&scope=tenant&state=s&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        "POST /mcp/integrate-anything HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tenant}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search_actions\",\"arguments\":{\"query\":\"x\"}}}",
        "POST /actions/list-contacts/run?connectionId={connection} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tenant}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{\"input\":{\"filter\":{\"email\":{\"$eq\":\"a@b.c\"}},\"cursor\":\"0\",\"limit\":2}}",
        "POST /connections/{connection}/data/contacts/list HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tenant}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1e\r\n{\"filter\":{\"email\":\"a\"},\"x\":1}\r\n0\r\n\r\n",
        "POST /_emulator/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{\"match\":{\"method\":\"GET\",\"path\":\"/nothing/*\"},\"status\":503,\"headers\":{\"Retry-After\":\"1\"},\"times\":1,\"probability\":0.5}",
        "GET /screens/connections?requestId=x&token=y HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        "POST /import HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {manager}\r\nContent-Type: multipart/form-data; boundary=b1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.zip\"\r\n\r\nPK\u0003\u0004\r\n--b1--\r\n",
        "PUT /field-mappings/mapping HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {manager}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{\"name\":\"m\",\"importValue\":{\"a\":{\"$var\":\"$.input.b[0]\"}},\"exportValue\":{\"$firstNotEmpty\":[1]}}",
        "HEAD /self HTTP/1.0\r\n\r\n",
    ];

    [Fact]
    public async Task No_bytes_bring_an_internal_error_or_the_end()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 0);
        var connection = await workspace.Connect("hubspot");
        await workspace.Manager.Post("/field-mappings", """{"key":"mapping","importValue":{"a":1}}""");
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var corpus = Requests
            .Select(request =>
                request
                    .Replace("{tenant}", Token.Tenant("alice"), StringComparison.Ordinal)
                    .Replace("{manager}", Token.Manager(), StringComparison.Ordinal)
                    .Replace("{connection}", connection, StringComparison.Ordinal)
            )
            .ToArray();
        // Of some everything is changed, of most what stands behind the head, or in the first line.
        var heads = corpus.Select(static request => request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)]).ToArray();
        var bodies = corpus.Select((request, index) => request[(heads[index].Length + 4)..]).ToArray();
        var targets = heads.Select(static head => head.Split(' ')[1]).ToArray();
        var requests = Gen.OneOf(
            Mutations.OfUtf8(corpus),
            Gen.Select(Gen.Int[0, heads.Length - 1], Mutations.OfUtf8(bodies))
                .Select(made => (byte[])[.. Encoding.Latin1.GetBytes(heads[made.Item1] + "\r\n\r\n"), .. made.Item2]),
            Gen.Select(Gen.Int[0, heads.Length - 1], Mutations.OfText(targets))
                .Select(made => Encoding.Latin1.GetBytes(Retarget(heads[made.Item1], made.Item2) + "\r\n\r\n" + bodies[made.Item1]))
        );
        Fuzz.Check(
            Gen.Select(requests, Gen.Int[0, 9]),
            output,
            made =>
            {
                var status = Send(workspace.Host.BaseUri.Port, WithLength(made.Item1, made.Item2));
                statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);
                Assert.False(status.StartsWith('5') && status is not ("501" or "503" or "505"), status);
            },
            1500
        );
        output.WriteLine(string.Join(", ", statuses.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key}: {pair.Value}")));
        await workspace.Nobody.Delete("/_emulator/faults");
        (await workspace.Alice.Get("/self")).Ok();
        Assert.Empty(workspace.Reports);
    }

    private static string Retarget(string head, string target)
    {
        var words = head.Split(' ', 3);
        return $"{words[0]} {(target.Length % 2 == 0 ? target.Replace(" ", "%20", StringComparison.Ordinal) : Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(target))).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3F", "?", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal))} {words[2]}";
    }

    // Most requests say how long they are; those that lie about it are mutations too.
    private static byte[] WithLength(byte[] request, int lie)
    {
        var text = Encoding.Latin1.GetString(request);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = end < 0 ? 0 : request.Length - end - 4;
        return Encoding.Latin1.GetBytes(
            text.Replace("{length}", (lie == 0 ? length / 2 : length).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        );
    }

    private static string Send(int port, byte[] request)
    {
        using var client = new TcpClient("127.0.0.1", port) { ReceiveTimeout = 30_000 };
        try
        {
            var stream = client.GetStream();
            stream.Write(request);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var answer = reader.ReadToEnd();
            var line = Regex.Match(answer, "^HTTP/1\\.[01] ([0-9]{3}) ");
            return line.Success ? line.Groups[1].Value
                : answer.Length == 0 ? "closed"
                : answer[..Math.Min(60, answer.Length)];
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: not SocketError.TimedOut })
        {
            return "reset";
        }
    }
}
