using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Membrane.Client.Blobs;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Checkpoints;

/// <summary>What answers in place of Azure Storage is not taken for it.</summary>
public sealed class BlobCheckpointTests
{
    private const string Signature = "SIGSECRETSIGSECRET0123456789";

    [Theory]
    [InlineData("HTTX SECRET\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nBad SECRET\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n")]
    [InlineData("HTTP/1.1 403 No\r\nx-ms-error-code: SECRET\r\nContent-Length: 0\r\n\r\n")]
    public async Task No_error_shows_the_signature_or_the_token(string answer)
    {
        foreach (var secret in new[] { Signature, Make.AccountToken })
        {
            using var server = new ScriptedServer
            {
                Otherwise = _ => Answer.Bytes(answer.Replace("SECRET", secret, StringComparison.Ordinal)),
            };

            var error = await Assert.ThrowsAsync<MembraneException>(() => OpenAsync(server, secret).Within());

            Assert.Equal(ErrorIds.CheckpointUnavailable, error.ErrorId);
            Assert.DoesNotContain(secret[..12], error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(BitConverter.ToString(Encoding.ASCII.GetBytes(secret[..4])), error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("create")]
    [InlineData("lease")]
    [InlineData("read")]
    [InlineData("read on")]
    public async Task A_web_page_opens_no_checkpoint(string where)
    {
        using var server = new ScriptedServer { Otherwise = request => Step(request) == where ? Answer.Html() : Storage(request) };

        var error = await Assert.ThrowsAsync<MembraneException>(() => OpenAsync(server, Signature).Within());

        Assert.Equal(ErrorIds.CheckpointUnavailable, error.ErrorId);
        Assert.Contains("status 200", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(304)]
    public async Task What_is_not_written_for_certain_is_an_error_and_nothing_more_is_added(int status)
    {
        using var server = new ScriptedServer { Otherwise = Storage };
        using var checkpoint = await OpenAsync(server, Signature).Within();
        checkpoint.Append(Line);
        server.Then(Answer.Html(status));

        Assert.Contains($"status {status}", Assert.Throws<IOException>(() => checkpoint.Append(Line)).Message, StringComparison.Ordinal);

        Assert.False(checkpoint.CanAppend);
        Assert.Throws<IOException>(() => checkpoint.Append(Line));
        Assert.Equal(2, server.Requests.Count(static request => Step(request) == "append"));
    }

    private static byte[] Line => Encoding.ASCII.GetBytes("line\n");

    private static Task<BlobCheckpoint> OpenAsync(ScriptedServer server, string secret) =>
        BlobCheckpoint.OpenAsync(
            new BlobClient(
                new SocketsHttpHandler(),
                secret == Signature ? null : new FixedTokenSource(secret),
                TimeSpan.FromMilliseconds(200)
            ),
            BlobAddress.Read(new Uri(server.Uri, "runs/cp" + (secret == Signature ? "?sig=" + Signature : string.Empty)), "CheckpointUri"),
            static _ => { },
            default
        );

    // As the storage documents it.
    private static Answer Storage(RecordedRequest request) =>
        Step(request) switch
        {
            "read" => Answer.Status(200, "x-ms-blob-type: AppendBlob"),
            "read on" => Answer.Status(404),
            "lease" when request.Header("x-ms-lease-action") != "acquire" => Answer.Status(200),
            _ => Answer.Status(201),
        };

    private static string Step(RecordedRequest request) =>
        request.Method == "GET" ? (request.Path.EndsWith("/cp", StringComparison.Ordinal) ? "read" : "read on")
        : request.Query.Contains("comp=lease", StringComparison.Ordinal) ? "lease"
        : request.Query.Contains("comp=appendblock", StringComparison.Ordinal) ? "append"
        : "create";
}
