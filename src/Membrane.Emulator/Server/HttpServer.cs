using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Control;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Server;

/// <summary>
/// Listens, hands requests on and sends what comes back, disturbed by faults. It is written on sockets: the framework's HttpListener
/// cannot listen for localhost by all its addresses, nor send part of an answer, notice that a client has gone, or cut a connection.
/// </summary>
internal sealed class HttpServer(
    Func<IncomingRequest, RequestLog.Entry, CancellationToken, Task<Reply>> handle,
    Func<IncomingRequest, RequestLog.Entry> record,
    Action<IncomingRequest, RequestLog.Entry> keep,
    Func<IncomingRequest, FaultHit?> disturb,
    Func<IncomingRequest, bool> isControl,
    CrossOrigin crossOrigin,
    System.Action<string> report
) : IDisposable
{
    /// <summary>The API's limit for the size of a request.</summary>
    public const int RequestLimit = 10 * 1024 * 1024;

    private const long DrainLimit = 256 * 1024 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<HttpConnection, Task> connections = new();
    private readonly List<TcpListener> listeners = new();
    private HostNames names = new(IPAddress.Loopback);

    public int Port { get; private set; }

    /// <summary>Begins to listen; on the loopback address of IPv4 also on that of IPv6, so that both are localhost. Port 0 takes a free one.</summary>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public void Start(IPAddress address, int port)
    {
        names = new HostNames(address);
        for (var attempt = 1; listeners.Count == 0; attempt++)
        {
            var first = Listen(address, port);
            Port = ((IPEndPoint)first.LocalEndpoint).Port;
            listeners.Add(first);
            if (!address.Equals(IPAddress.Loopback) || !Socket.OSSupportsIPv6)
            {
                continue;
            }

            try
            {
                listeners.Add(Listen(IPAddress.IPv6Loopback, Port));
            }
            catch (IOException error) when ((error.InnerException as SocketException)?.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                if (port == 0 && attempt < 20)
                {
                    first.Stop();
                    listeners.Clear();
                }
                else
                {
                    report(
                        $"Membrane emulator: another program listens on [::1]:{Port}, so http://localhost:{Port} may be that program: use "
                            + $"http://127.0.0.1:{Port}."
                    );
                }
            }
            catch (IOException)
            {
                // The machine has no address of IPv6, so that localhost is not one either.
            }
        }

        foreach (var listener in listeners)
        {
            _ = Accept(listener);
        }
    }

    public void Dispose()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        stopping.Cancel();
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        foreach (var connection in connections.Keys)
        {
            connection.StopWhenIdle();
        }

        Task.WaitAll([.. connections.Values], StopTime);
        foreach (var connection in connections.Keys)
        {
            connection.Cut();
        }
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start(512);
            return listener;
        }
        catch (SocketException error)
        {
            listener.Stop();
            throw new IOException($"The emulator cannot listen on {address}, port {port}: {error.Message}", error);
        }
    }

    private async Task Accept(TcpListener listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            HttpConnection connection;
            try
            {
                connection = new HttpConnection(await listener.AcceptSocketAsync());
            }
            catch (Exception error) when (IsEnd(error) || error is InvalidOperationException)
            {
                if (stopping.IsCancellationRequested)
                {
                    return;
                }

                // The client went away at once, or the process has no more sockets: others may end meanwhile.
                await Task.Delay(20);
                continue;
            }

            var begin = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            connections[connection] = ServeAll(connection, begin.Task);
            begin.SetResult(true);
        }
    }

    private async Task ServeAll(HttpConnection connection, Task begin)
    {
        await begin;
        try
        {
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            while (await connection.ReadHead() is { } head)
            {
                await Serve(connection, head);
            }
        }
        catch (BadHttpException error)
        {
            await Refuse(connection, error);
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The client went away, or the server stops: there is no one left to answer.
            connection.Cut();
        }
        catch (Exception error)
        {
            report("Membrane emulator: a request failed unexpectedly: " + error);
            connection.Cut();
        }
        finally
        {
            connection.Dispose();
            connections.TryRemove(connection, out _);
        }
    }

    /// <summary>Returns whether the client has gone, or the server stops.</summary>
    private static bool IsEnd(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Answers what cannot be read as a request.</summary>
    private async Task Refuse(HttpConnection connection, BadHttpException error)
    {
        connection.IsReusable = false;
        try
        {
            var reply = Reply.Error(new ApiException(error.Status, "bad_request", null, error.Message));
            crossOrigin.Mark(reply, connection.PartialOrigin);
            await connection.Send(reply, null, null, stopping.Token);
            await connection.CloseGently(CloseTime);
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // Who does not speak HTTP does not wait for an answer.
        }
    }

    private async Task Serve(HttpConnection connection, RequestHead head)
    {
        var incoming = head.ToRequest();
        connection.IsReusable = !head.IsLast;
        if (names.Refuse(head.Host) is { } refusal)
        {
            connection.IsReusable = false;
            await Send(connection, head, incoming, refusal, null);
            await connection.CloseGently(CloseTime);
            return;
        }

        var entry = record(incoming);

        // On arrival, so that a request that is held back shows too; it has no status until it is answered.
        keep(incoming, entry);
        var body = connection.BodyOf(head);
        if (!isControl(incoming) && crossOrigin.AnswerPreflight(incoming) is { } preflight)
        {
            connection.IsReusable &= body.IsRead;
            entry.Status = preflight.Status;
            entry.End();
            await Send(connection, head, incoming, preflight, null);
            return;
        }

        try
        {
            await Answer(connection, head, incoming, body, entry, disturb(incoming));
        }
        finally
        {
            entry.End();
        }
    }

    private async Task Answer(
        HttpConnection connection,
        RequestHead head,
        IncomingRequest incoming,
        RequestBody body,
        RequestLog.Entry entry,
        FaultHit? hit
    )
    {
        if (hit is not null)
        {
            await hit.HoldBack(stopping.Token);
        }

        if (hit?.Fault.Drop == FaultDrop.Before)
        {
            connection.Cut();
            return;
        }

        Reply reply;
        if (await ReadBody(head, body, incoming))
        {
            entry.KeepBody(incoming.Body);
            var skipsWork = hit is not null && FaultReplies.ReplacesWork(hit.Fault);
            reply = skipsWork ? FaultReplies.Make(hit!.Fault) : await handle(incoming, entry, stopping.Token);
        }
        else
        {
            entry.KeepBody(incoming.Body);
            await Drain(body);
            reply = Reply.Error(ApiException.TooLarge(RequestLimit));
            connection.IsReusable = false;
        }

        // A lost answer, or half of one, has no status that anybody could rely on. What is in the log is there
        // before the answer, so that a client that has the answer finds it.
        entry.Status = hit?.Fault.Drop is null ? reply.Status : null;
        entry.End();
        if (hit?.Fault.Drop == FaultDrop.After)
        {
            connection.Cut();
            return;
        }

        await Send(connection, head, incoming, reply, hit?.Fault);
        if (hit?.Fault.Drop == FaultDrop.MidBody)
        {
            connection.Cut();
        }
    }

    private Task Send(HttpConnection connection, RequestHead head, IncomingRequest incoming, Reply reply, Fault? fault)
    {
        if (!isControl(incoming))
        {
            crossOrigin.Mark(reply, incoming.Origin);
        }

        return reply.WriteStream is null
            ? connection.Send(reply, head, fault, stopping.Token)
            : connection.SendStream(reply, head, fault, stopping.Token);
    }

    /// <summary>Reads the body; false when it is too large.</summary>
    private static async Task<bool> ReadBody(RequestHead head, RequestBody body, IncomingRequest incoming)
    {
        if (head.ContentLength > RequestLimit)
        {
            return false;
        }

        using var read = new MemoryStream((int)Math.Min(head.ContentLength, 1024 * 1024));
        var buffer = new byte[16_384];
        int count;
        while ((count = await body.Read(buffer)) > 0)
        {
            read.Write(buffer, 0, count);
            if (read.Length > RequestLimit)
            {
                return false;
            }
        }

        incoming.Body = read.Length == read.Capacity ? read.GetBuffer() : read.ToArray();
        return true;
    }

    /// <summary>
    /// Reads what is still coming, up to a limit: a client that is cut off while it sends never sees the answer that says why.
    /// </summary>
    private async Task Drain(RequestBody body)
    {
        var timeout = Task.Delay(DrainTime, stopping.Token);
        var buffer = new byte[65_536];
        long drained = 0;

        // Who waits for leave to send does not send.
        while (drained < DrainLimit && !body.IsAwaited)
        {
            var read = body.Read(buffer);
            if (await Task.WhenAny(read, timeout) == timeout || await read is not (> 0 and var count))
            {
                return;
            }

            drained += count;
        }
    }
}
