using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Mcp.Http;

/// <summary>
/// Serves clients over HTTP on this machine alone: the transport that the protocol calls streamable HTTP. On HttpListener, which every
/// .NET that the module runs on has.
/// </summary>
internal sealed class McpHttpServer : IDisposable
{
    /// <summary>The path of the server.</summary>
    public const string Path = "/mcp";

    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly LocalMcpServer server;
    private readonly McpHttpGate gate;
    private readonly McpHttpPost post;
    private readonly McpHttpSessions sessions;
    private HttpListener listener = new();

    /// <param name="server">The server.</param>
    /// <param name="token">What a client has to know.</param>
    public McpHttpServer(LocalMcpServer server, string token)
    {
        this.server = server;
        gate = new McpHttpGate(token);
        sessions = new McpHttpSessions(server);
        post = new McpHttpPost(server, sessions);
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <returns>The address.</returns>
    /// <exception cref="MembraneInputException">The port cannot be had.</exception>
    public Uri Start(int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? FreePort() : port;
            var root = string.Format(CultureInfo.InvariantCulture, "http://127.0.0.1:{0}/", chosen);
            listener = new HttpListener();
            listener.Prefixes.Add(root);
            try
            {
                listener.Start();
                _ = AcceptAsync();
                return new Uri(new Uri(root), Path);
            }
            catch (Exception exception) when (exception is HttpListenerException or SocketException)
            {
                // Another process may take the free port before this one does.
                if (port != 0 || attempt == 20)
                {
                    throw new MembraneInputException(
                        ErrorIds.InvalidInput,
                        "Port",
                        $"The server cannot listen on port {chosen}: {exception.Message}",
                        "Choose another port, or 0 for a free one.",
                        exception
                    );
                }
            }
        }
    }

    /// <summary>Ends the requests that are under way, and listens no more.</summary>
    public void Dispose()
    {
        server.Dispose();
        Task.WaitAll(running.Keys.ToArray(), EndTime);
        listener.Close();
    }

    private static int FreePort()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (server.Leaving.IsCancellationRequested || !listener.IsListening)
                {
                    return;
                }

                continue;
            }

            var work = Task.Run(() => ServeAsync(new McpHttpExchange(context)));
            running[work] = true;
            _ = work.ContinueWith(done => running.TryRemove(done, out var _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(McpHttpExchange exchange)
    {
        try
        {
            if (!gate.Refuses(exchange))
            {
                await AnswerAsync(exchange).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
            when (exception
                    is HttpListenerException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or OperationCanceledException
            )
        {
            // The client went away, or the server ends. A response that is only closed would say 200.
            exchange.Response.Abort();
        }
#pragma warning disable CA1031 // One request must not end the server.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            server.Warn?.Invoke($"A request failed unexpectedly ({exception.GetType().Name}): {exception.Message}");
            exchange.Refuse(500, null, new McpException(McpException.InternalError, "Something unexpected went wrong."));
        }
    }

    private async Task AnswerAsync(McpHttpExchange exchange)
    {
        var id = exchange.Request.Headers[McpHttpExchange.SessionHeader];
        if (exchange.Request.HttpMethod == "POST")
        {
            await post.AnswerAsync(exchange, id).ConfigureAwait(false);
        }
        else if (id is null || exchange.Request.HttpMethod is not ("GET" or "DELETE"))
        {
            exchange.Response.Headers["Allow"] = "POST";
            exchange.Refuse(
                405,
                $"Messages are sent by POST. GET and DELETE are for a session, which {McpHttpExchange.SessionHeader} names."
            );
        }
        else if (sessions.Find(id) is not { } session)
        {
            exchange.Refuse(404, McpHttpPost.NoSession);
        }
        else if (exchange.Request.HttpMethod == "DELETE")
        {
            sessions.End(id);
            exchange.Respond(204);
        }
        else
        {
            await ListenAsync(exchange, session).ConfigureAwait(false);
        }
    }

    private static async Task ListenAsync(McpHttpExchange exchange, McpHttpSession session)
    {
        if (!exchange.TakesEvents)
        {
            exchange.Refuse(406, "A stream has to be accepted: 'Accept: text/event-stream'.");
            return;
        }

        if (session.IsListening)
        {
            exchange.Refuse(409, "The session has a stream already.");
            return;
        }

        using var stream = new McpEventStream(exchange.Response);
        if (!session.TryOpen(stream))
        {
            return;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stream.Gone, session.Session.Ended);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client, or the session, is gone.
        }
        finally
        {
            session.Close();
        }
    }
}
