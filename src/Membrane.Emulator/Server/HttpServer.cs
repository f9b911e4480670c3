using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Control;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Server;

/// <summary>Listens, hands requests on and sends what comes back, disturbed by faults.</summary>
internal sealed class HttpServer(
    Func<IncomingRequest, RequestLog.Entry, CancellationToken, Task<Reply>> handle,
    Func<IncomingRequest, RequestLog.Entry> record,
    Action<IncomingRequest, RequestLog.Entry> keep,
    Func<string, string, FaultHit?> disturb,
    Func<string, bool> isControl,
    CrossOrigin crossOrigin,
    System.Action<string> report
) : IDisposable
{
    /// <summary>The API's limit for the size of a request.</summary>
    public const int RequestLimit = 10 * 1024 * 1024;

    private const long DrainLimit = 256 * 1024 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private HttpListener listener = new();

    public int Port { get; private set; }

    /// <summary>Begins to listen, on any name of this machine where the address is 0.0.0.0; port 0 takes a free one.</summary>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public void Start(IPAddress address, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = port == 0 ? FreePort(address) : port;
            listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(
                string.Format(CultureInfo.InvariantCulture, "http://{0}:{1}/", address.Equals(IPAddress.Any) ? "*" : address, Port)
            );
            try
            {
                listener.Start();
                break;
            }
            catch (Exception error) when (error is HttpListenerException or SocketException)
            {
                Close(listener);

                // Another process may take the free port before this one does.
                if (port != 0 || attempt == 20)
                {
                    throw new IOException($"The emulator cannot listen on {address}, port {Port}: {error.Message}", error);
                }
            }
        }

        _ = Accept();
    }

    public void Dispose()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        stopping.Cancel();
        try
        {
            listener.Stop();
        }
        catch (ObjectDisposedException) { }

        Task.WaitAll(System.Linq.Enumerable.ToArray(running.Keys), TimeSpan.FromSeconds(5));
        listener.Close();
    }

    private static void Close(HttpListener unstarted)
    {
        try
        {
            unstarted.Close();
        }
        catch (HttpListenerException)
        {
            // To close what could not be bound, the framework binds it once more.
        }
    }

    private static int FreePort(IPAddress address)
    {
        var probe = new TcpListener(address, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }

    private async Task Accept()
    {
        while (!stopping.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (stopping.IsCancellationRequested || !listener.IsListening)
                {
                    return;
                }

                continue;
            }

            var work = Task.Run(() => Serve(context));
            running[work] = true;
            _ = work.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task Serve(HttpListenerContext context)
    {
        try
        {
            var incoming = Read(context.Request);
            var entry = record(incoming);
            // On arrival, so that a request that is held back shows too; it has no status until it is answered.
            keep(incoming, entry);
            if (!isControl(incoming.RawPath) && crossOrigin.AnswerPreflight(incoming) is { } preflight)
            {
                entry.Status = preflight.Status;
                await Send(context, incoming, preflight, null);
                return;
            }

            await Answer(context, incoming, entry, disturb(incoming.Method, incoming.RawPath));
        }
        catch (Exception error)
            when (error
                    is HttpListenerException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or OperationCanceledException
            )
        {
            // The client went away, or the server stops: there is no one left to answer.
            Abort(context);
        }
        catch (Exception error)
        {
            report("Membrane emulator: a request failed unexpectedly: " + error);
            Abort(context);
        }
    }

    private async Task Answer(HttpListenerContext context, IncomingRequest incoming, RequestLog.Entry entry, FaultHit? hit)
    {
        if (hit is not null)
        {
            await hit.HoldBack(stopping.Token);
        }

        if (hit?.Fault.Drop == FaultDrop.Before)
        {
            Abort(context);
            return;
        }

        Reply reply;
        if (!await ReadBody(context.Request, incoming))
        {
            entry.KeepBody(incoming.Body);
            await Drain(context.Request);
            reply = Reply.Error(ApiException.TooLarge("The request is larger than 10 MB."));
            context.Response.KeepAlive = false;
        }
        else
        {
            entry.KeepBody(incoming.Body);
            var skipsWork = hit is not null && FaultReplies.ReplacesWork(hit.Fault);
            reply = skipsWork ? FaultReplies.Make(hit!.Fault) : await handle(incoming, entry, stopping.Token);
        }

        // A lost answer, or half of one, has no status that anybody could rely on. What is in the log is there
        // before the answer, so that a client that has the answer finds it.
        entry.Status = hit?.Fault.Drop is null ? reply.Status : null;
        if (hit?.Fault.Drop == FaultDrop.After)
        {
            Abort(context);
            return;
        }

        await Send(context, incoming, reply, hit?.Fault);
    }

    private static IncomingRequest Read(HttpListenerRequest request)
    {
        var url = request.RawUrl ?? "/";
        if (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = url.IndexOf('/', 7);
            url = slash < 0 ? "/" : url.Substring(slash);
        }

        var question = url.IndexOf('?');
        return new IncomingRequest(
            request.HttpMethod,
            question < 0 ? url : url.Substring(0, question),
            question < 0 ? "" : url.Substring(question + 1),
            request.Headers,
            request.ContentType
        );
    }

    /// <summary>Reads the body; false when it is too large.</summary>
    private async Task<bool> ReadBody(HttpListenerRequest request, IncomingRequest incoming)
    {
        if (!request.HasEntityBody)
        {
            return true;
        }

        if (request.ContentLength64 > RequestLimit)
        {
            return false;
        }

        using var body = new MemoryStream(request.ContentLength64 > 0 ? (int)request.ContentLength64 : 1024);
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.InputStream.ReadAsync(buffer, 0, buffer.Length, stopping.Token)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > RequestLimit)
            {
                return false;
            }
        }

        incoming.Body = body.ToArray();
        return true;
    }

    /// <summary>
    /// Reads what is still coming, up to a limit: a client that is cut off while it sends never sees the answer that says why.
    /// </summary>
    private async Task Drain(HttpListenerRequest request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patience.CancelAfter(DrainTime);
        var buffer = new byte[65_536];
        try
        {
            long drained = 0;
            int read;
            while (drained < DrainLimit && (read = await request.InputStream.ReadAsync(buffer, 0, buffer.Length, patience.Token)) > 0)
            {
                drained += read;
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // It sends too slowly to be waited for.
        }
    }

    private async Task Send(HttpListenerContext context, IncomingRequest incoming, Reply reply, Fault? fault)
    {
        if (!isControl(incoming.RawPath))
        {
            crossOrigin.Mark(reply, incoming.Origin);
        }

        var response = context.Response;
        response.StatusCode = reply.Status;
        if ((fault?.ContentType ?? reply.ContentType) is { } contentType)
        {
            response.ContentType = contentType;
        }

        SetHeaders(response, reply.Headers);
        if (fault is not null)
        {
            SetHeaders(response, fault.Headers);
        }

        var hasBody = reply.Status is not (204 or 304) && reply.Status >= 200 && context.Request.HttpMethod != "HEAD";

        // Without a length the listener would send the end of a chunked body even where there is none.
        response.ContentLength64 = hasBody ? reply.Body.Length : 0;

        if (hasBody && reply.Body.Length > 0)
        {
            var count = fault?.Drop == FaultDrop.MidBody ? reply.Body.Length / 2 : reply.Body.Length;
            await Write(response.OutputStream, reply.Body, count, fault?.BodyBytesPerSecond);
            if (fault?.Drop == FaultDrop.MidBody)
            {
                await response.OutputStream.FlushAsync();
            }
        }

        if (fault?.Drop == FaultDrop.MidBody)
        {
            Abort(context);
        }
        else
        {
            response.Close();
        }
    }

    private async Task Write(Stream stream, byte[] bytes, int count, int? bytesPerSecond)
    {
        var step = bytesPerSecond is null ? count : Math.Max(1, bytesPerSecond.Value / 10);
        for (var sent = 0; sent < count; sent += step)
        {
            if (sent > 0)
            {
                await Task.Delay(100, stopping.Token);
            }

            await stream.WriteAsync(bytes, sent, Math.Min(step, count - sent), stopping.Token);
            if (bytesPerSecond is not null)
            {
                await stream.FlushAsync(stopping.Token);
            }
        }
    }

    private static void SetHeaders(HttpListenerResponse response, IDictionary<string, string> headers)
    {
        foreach (var header in headers)
        {
            try
            {
                if (header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                {
                    response.ContentType = header.Value;
                }
                else
                {
                    response.Headers[header.Key] = header.Value;
                }
            }
            catch (ArgumentException)
            {
                // Headers that the server sets itself, such as Content-Length, cannot be chosen.
            }
        }
    }

    private static void Abort(HttpListenerContext context)
    {
        try
        {
            ConnectionCutter.Cut(context);
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        { }
    }
}
