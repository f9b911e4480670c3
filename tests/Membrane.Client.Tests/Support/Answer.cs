using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Tests.Support;

/// <summary>What the scripted server does with one request, down to the bytes.</summary>
internal sealed class Answer
{
    private readonly Func<Stream, CancellationToken, Task> send;

    private Answer(AfterAnswer after, Func<Stream, CancellationToken, Task> send)
    {
        After = after;
        this.send = send;
    }

    public AfterAnswer After { get; }

    /// <summary>Nothing comes, ever; the server notices when the client leaves.</summary>
    public static Answer Stall { get; } = new(AfterAnswer.WaitForClientToLeave, static (_, _) => Task.CompletedTask);

    /// <summary>The request was read, and the connection ends without a byte.</summary>
    public static Answer Drop { get; } = new(AfterAnswer.Close, static (_, _) => Task.CompletedTask);

    /// <summary>The request was read, and the connection is reset.</summary>
    public static Answer Reset { get; } = new(AfterAnswer.Reset, static (_, _) => Task.CompletedTask);

    public Task SendAsync(Stream stream, CancellationToken cancellationToken) => send(stream, cancellationToken);

    public static Answer Json(string body, int status = 200, params string[] headers) =>
        Text(body, "application/json; charset=utf-8", status, headers);

    public static Answer Error(int status, string type, string? key = null, string message = "no", params string[] headers) =>
        Json($$"""{"type":"{{type}}",{{(key is null ? string.Empty : $"\"key\":\"{key}\",")}}"message":"{{message}}"}""", status, headers);

    public static Answer Html(int status = 200) =>
        Text("<!DOCTYPE html><html><body>Please sign in to the proxy</body></html>", "text/html", status);

    public static Answer Text(string body, string? contentType, int status = 200, params string[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(body), contentType, status, headers);

    public static Answer Status(int status, params string[] headers) => Bytes([], null, status, headers);

    public static Answer Bytes(byte[] body, string? contentType, int status = 200, params string[] headers) =>
        Raw(AfterAnswer.KeepOpen, Head(status, contentType, headers, $"Content-Length: {body.Length}"), body);

    /// <summary>Announces more than comes, then ends the connection.</summary>
    public static Answer HalfBody(string body, int missing, int status = 200) =>
        Raw(
            AfterAnswer.Close,
            Head(status, "application/json", [], $"Content-Length: {Encoding.UTF8.GetByteCount(body) + missing}"),
            Encoding.UTF8.GetBytes(body)
        );

    /// <summary>Announces more than comes, and the connection stays open.</summary>
    public static Answer HalfBodyThenStall(string body, int missing) =>
        Raw(
            AfterAnswer.WaitForClientToLeave,
            Head(200, "application/json", [], $"Content-Length: {Encoding.UTF8.GetByteCount(body) + missing}"),
            Encoding.UTF8.GetBytes(body)
        );

    public static Answer Chunked(params string[] chunks) =>
        Raw(
            AfterAnswer.KeepOpen,
            Head(200, "application/json", [], "Transfer-Encoding: chunked"),
            Encoding.UTF8.GetBytes(Chunks(chunks) + "0\r\n\r\n")
        );

    /// <summary>Ends the connection before the last chunk.</summary>
    public static Answer ChunkedTruncated(params string[] chunks) =>
        Raw(AfterAnswer.Close, Head(200, "application/json", [], "Transfer-Encoding: chunked"), Encoding.UTF8.GetBytes(Chunks(chunks)));

    /// <summary>An announced length and a body that is made as it is sent.</summary>
    public static Answer Endless(string contentType) =>
        new(
            AfterAnswer.Close,
            async (stream, cancellationToken) =>
            {
                var piece = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(200, contentType, [], "Connection: close")), cancellationToken);
                while (true)
                {
                    await stream.WriteAsync(piece, cancellationToken);
                }
            }
        );

    public static Answer Bytes(string everything) => Raw(AfterAnswer.Close, everything, []);

    private static Answer Raw(AfterAnswer after, string head, byte[] body) =>
        new(
            after,
            async (stream, cancellationToken) =>
            {
                var headBytes = Encoding.UTF8.GetBytes(head);
                var all = new byte[headBytes.Length + body.Length];
                headBytes.CopyTo(all, 0);
                body.CopyTo(all, headBytes.Length);
                await stream.WriteAsync(all, cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        );

    private static string Head(int status, string? contentType, string[] headers, string framing)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\n{framing}\r\n");
        if (contentType is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
        }

        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    private static string Chunks(string[] chunks)
    {
        var text = new StringBuilder();
        foreach (var chunk in chunks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(chunk):X}\r\n{chunk}\r\n");
        }

        return text.ToString();
    }
}

/// <summary>What becomes of the connection after an answer.</summary>
internal enum AfterAnswer
{
    KeepOpen,
    Close,
    Reset,
    WaitForClientToLeave,
}
