using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Server;

/// <summary>One connection of a client: requests are read from it and answers written to it, in turn.</summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding("ISO-8859-1");
    private static readonly byte[] Continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
    private static readonly byte[] LastChunk = Encoding.ASCII.GetBytes("0\r\n\r\n");

    // What the server alone can say.
    private static readonly string[] OwnHeaders = ["Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly object gate = new();
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly RequestReader reader;
    private bool isBusy;
    private bool isStopping;
    private bool isWriting;

    public HttpConnection(Socket socket)
    {
        this.socket = socket;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new RequestReader(stream);
    }

    /// <summary>Whether the next request may come over this connection.</summary>
    public bool IsReusable { get; set; } = true;

    /// <summary>The origin in a head that could not be read whole.</summary>
    public string? PartialOrigin => reader.Origin;

    /// <summary>Reads the next head; null when there is no further request, or none is to be served.</summary>
    public async Task<RequestHead?> ReadHead()
    {
        lock (gate)
        {
            isBusy = false;
            if (isStopping || !IsReusable)
            {
                return null;
            }
        }

        var head = await reader.ReadHead();
        lock (gate)
        {
            isBusy = true;
            return isStopping ? null : head;
        }
    }

    public RequestBody BodyOf(RequestHead head) => new(head, reader, () => stream.WriteAsync(Continue, 0, Continue.Length));

    /// <summary>Ends the connection when the answer that is under way has been sent; at once if there is none.</summary>
    public void StopWhenIdle()
    {
        lock (gate)
        {
            isStopping = true;
            if (!isBusy)
            {
                Dispose();
            }
        }
    }

    /// <summary>Sends a complete answer.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="head">The request; null if it could not be read.</param>
    /// <param name="fault">What is to disturb the answer.</param>
    /// <param name="cancellation">Ends the sending of an answer that a fault slows down.</param>
    public async Task Send(Reply reply, RequestHead? head, Fault? fault, CancellationToken cancellation)
    {
        var mayHaveBody = reply.Status is >= 200 and not (204 or 304);
        var length = mayHaveBody ? "Content-Length: " + reply.Body.Length.ToString(CultureInfo.InvariantCulture) : null;
        var start = Head(reply, fault, length);
        var count = mayHaveBody && head?.IsHead != true ? reply.Body.Length : 0;
        if (fault?.Drop == FaultDrop.MidBody)
        {
            count /= 2;
        }

        if (fault?.BodyBytesPerSecond is { } bytesPerSecond)
        {
            await stream.WriteAsync(start, 0, start.Length, cancellation);
            await Trickle(reply.Body, count, Math.Max(1, bytesPerSecond / 10), cancellation);
        }
        else
        {
            // One packet where it can be one.
            Array.Resize(ref start, start.Length + count);
            Buffer.BlockCopy(reply.Body, 0, start, start.Length - count, count);
            await stream.WriteAsync(start, 0, start.Length, CancellationToken.None);
        }
    }

    /// <summary>Sends an answer that goes on, until it has no more to say or the client has gone.</summary>
    public async Task SendStream(Reply reply, RequestHead head, Fault? fault, CancellationToken cancellation)
    {
        IsReusable = false;
        var start = Head(reply, fault, head.IsOld ? null : "Transfer-Encoding: chunked");
        await stream.WriteAsync(start, 0, start.Length, cancellation);
        if (head.IsHead || fault?.Drop == FaultDrop.MidBody)
        {
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = WatchForEnd(ended);
        try
        {
            await reply.WriteStream!(part => WritePart(part, !head.IsOld, ended.Token), ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone, or the server stops.
        }

        // Half a part cannot be ended properly.
        if (!head.IsOld && !isWriting && !watch.IsCompleted)
        {
            await stream.WriteAsync(LastChunk, 0, LastChunk.Length, CancellationToken.None);
        }
    }

    /// <summary>
    /// Ends the connection so that the client sees the answer: one that is cut off while it still sends may never read it.
    /// </summary>
    public async Task CloseGently(TimeSpan wait)
    {
        socket.Shutdown(SocketShutdown.Send);
        var discarded = new byte[16_384];
        var timeout = Task.Delay(wait);
        while (true)
        {
            var read = stream.ReadAsync(discarded, 0, discarded.Length);
            if (await Task.WhenAny(read, timeout) == timeout)
            {
                // Ends the reading, too.
                Dispose();
                await read.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
                return;
            }

            if (await read == 0)
            {
                return;
            }
        }
    }

    /// <summary>Cuts the connection, so that no further byte is sent.</summary>
    public void Cut()
    {
        IsReusable = false;
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client has gone already.
        }

        Dispose();
    }

    public void Dispose() => stream.Dispose();

    private async Task WritePart(byte[] part, bool isChunk, CancellationToken cancellation)
    {
        var bytes = part;
        if (isChunk)
        {
            var size = Encoding.ASCII.GetBytes(FormattableString.Invariant($"{part.Length:x}\r\n"));
            bytes = [.. size, .. part, (byte)'\r', (byte)'\n'];
        }

        cancellation.ThrowIfCancellationRequested();
        isWriting = true;
        await stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
        isWriting = false;
    }

    /// <summary>Notices that the client ends the connection: it has nothing more to send but its end.</summary>
    private async Task WatchForEnd(CancellationTokenSource ended)
    {
        try
        {
            var one = new byte[1];
            if (await stream.ReadAsync(one, 0, 1) > 0)
            {
                // Another request, sent too early. It gets no answer, and the end shows when something is written.
                await Task.Delay(Timeout.Infinite, ended.Token);
            }

            ended.Cancel();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Cancel(ended);
        }
    }

    private static void Cancel(CancellationTokenSource ended)
    {
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer was complete before.
        }
    }

    private async Task Trickle(byte[] bytes, int count, int step, CancellationToken cancellation)
    {
        for (var sent = 0; sent < count; sent += step)
        {
            if (sent > 0)
            {
                await Task.Delay(100, cancellation);
            }

            await stream.WriteAsync(bytes, sent, Math.Min(step, count - sent), cancellation);
        }
    }

    private byte[] Head(Reply reply, Fault? fault, string? frame)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        headers["Date"] = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        if ((fault?.ContentType ?? reply.ContentType) is { } contentType)
        {
            headers["Content-Type"] = contentType;
        }

        foreach (var header in fault is null ? reply.Headers : reply.Headers.Concat(fault.Headers))
        {
            if (!OwnHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && IsName(header.Key))
            {
                headers[header.Key] = header.Value;
            }
        }

        var text = new StringBuilder(FormattableString.Invariant($"HTTP/1.1 {reply.Status} {Reason(reply.Status)}\r\n"));
        foreach (var header in headers)
        {
            text.Append(header.Key).Append(": ").Append(OneLine(header.Value)).Append("\r\n");
        }

        text.Append(frame).Append(frame is null ? "" : "\r\n").Append(IsReusable ? "" : "Connection: close\r\n").Append("\r\n");
        return Latin1.GetBytes(text.ToString());
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(static character => character is > ' ' and < '\u007f' and not ':');

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(static one => char.IsControl(one) ? ' ' : one)]) : text;

    private static string Reason(int status) =>
        status switch
        {
            200 => "OK",
            204 => "No Content",
            303 => "See Other",
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            413 => "Request Entity Too Large",
            429 => "Too Many Requests",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            505 => "HTTP Version Not Supported",
            _ => ((HttpStatusCode)status).ToString(),
        };
}
