using System;
using System.IO;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;

namespace Membrane.Client.Mcp.Http;

/// <summary>
/// Messages as server-sent events, in the response to one request. A comment goes along every now and then: it keeps the connection
/// open, and only by writing does HttpListener find out that no one reads any more.
/// </summary>
internal sealed class McpEventStream : IMcpSink, IDisposable
{
    private static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] Comment = Encoding.ASCII.GetBytes(":\n\n");

    private readonly object writeLock = new();
    private readonly HttpListenerResponse response;
    private readonly CancellationTokenSource gone = new();
    private readonly Timer timer;
    private bool isOver;

    /// <summary>Begins the response.</summary>
    public McpEventStream(HttpListenerResponse response)
    {
        this.response = response;
        response.StatusCode = 200;
        response.ContentType = "text/event-stream";
        response.SendChunked = true;
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        Write(Comment);
        timer = new Timer(_ => Write(Comment), null, CommentInterval, CommentInterval);
    }

    /// <summary>Canceled when no one reads any more.</summary>
    public CancellationToken Gone => gone.Token;

    /// <inheritdoc/>
    public void Write(JsonObject message) => Write(Encoding.UTF8.GetBytes("event: message\ndata: " + message.ToJsonString() + "\n\n"));

    /// <summary>Ends the response.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (writeLock)
        {
            isOver = true;
            McpHttpExchange.Close(response);
        }
    }

    private void Write(byte[] text)
    {
        lock (writeLock)
        {
            if (isOver)
            {
                return;
            }

            try
            {
                response.OutputStream.Write(text, 0, text.Length);
                response.OutputStream.Flush();
                return;
            }
            catch (Exception exception)
                when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                isOver = true;
            }
        }

        // Outside of the lock: what is canceled may end the response.
        gone.Cancel();
    }
}
