using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Streams;

/// <summary>
/// Streams of events, as browsers read them with EventSource: how attempts to connect end, and which elements of the workspace change. A
/// stream that waits holds a queue and a timer, and no thread.
/// </summary>
internal sealed class EventStreams
{
    private const string RequestType = "connection-request";

    // The SDK reads every event as JSON, so that nothing but a comment can be sent to keep a stream open.
    private static readonly byte[] Comment = Encoding.ASCII.GetBytes(": keep-alive\n\n");

    private readonly WorkspaceStore store;
    private readonly Authenticator authenticator;
    private readonly EmulatorClock clock;
    private readonly ConnectionOutcome outcome;
    private readonly TimeSpan keepAlive;
    private readonly Dictionary<string, string> types;
    private readonly ConcurrentDictionary<EventQueue, Action<StoredElement>> open = new();

    /// <param name="access">The elements.</param>
    /// <param name="authenticator">Knows who holds a token, at the beginning and later.</param>
    /// <param name="kinds">The kinds of elements that have operations.</param>
    /// <param name="keepAlive">After how long without an event a comment is sent.</param>
    public EventStreams(ElementAccess access, Authenticator authenticator, IEnumerable<ElementKind> kinds, TimeSpan keepAlive)
    {
        store = access.Store;
        clock = access.Clock;
        outcome = new ConnectionOutcome(access.Store, access.View);
        this.authenticator = authenticator;
        this.keepAlive = keepAlive;
        types = kinds.ToDictionary(static kind => kind.Collection, static kind => kind.Type, StringComparer.Ordinal);
        types[Collections.FlowRuns] = "flow-run";
        types[Collections.ActionRunLogs] = "action-run-log-record";
        store.Changed += changed =>
        {
            foreach (var stream in open.Values)
            {
                foreach (var element in changed)
                {
                    stream(element);
                }
            }
        };
    }

    public void AddTo(HandlerTable table)
    {
        table.Add("streamConnectionEvents", Connections);
        table.Add("streamWorkspaceEvents", Workspace);
    }

    /// <summary>Ends every stream, after everything has been reset: clients open new ones and see what is there then.</summary>
    public void EndAll()
    {
        foreach (var queue in open.Keys)
        {
            queue.End();
        }
    }

    /// <summary>Tells how the attempts to connect end that were made under an id, which may not be known yet.</summary>
    private Reply Connections(OperationRequest request)
    {
        var messageId = request.Route("requestId");
        bool IsMeant(StoredElement element) =>
            element.Collection == Collections.ConnectionRequests
            && element.RequestStatus != ConnectionRequestStatus.Pending
            && (element.MessageId == messageId || element.Id == messageId)
            && request.Caller.Sees(element);

        return Open(
            request,
            Comment,
            (queue, element) =>
            {
                if (IsMeant(element))
                {
                    queue.Add(new ElementEvent(RequestType, element.Id));
                }
            },
            one => store.Find(Collections.ConnectionRequests, one.Id) is { } ended ? outcome.Of(ended, messageId) : null,
            () => store.All(Collections.ConnectionRequests, IsMeant)
        );
    }

    /// <summary>Tells which elements change that the caller sees.</summary>
    private Reply Workspace(OperationRequest request)
    {
        var caller = request.Caller;
        var connected = new JsonObject
        {
            ["type"] = "connected",
            ["message"] = "Changes of the workspace's elements follow.",
            ["timestamp"] = EmulatorJson.Time(clock.Now),
        };
        return Open(
            request,
            Data(connected),
            (queue, element) =>
            {
                if (types.TryGetValue(element.Collection, out var type) && IsOf(caller, element))
                {
                    queue.Add(new ElementEvent(type, element.Id));
                }
            },
            static one => new JsonObject
            {
                ["type"] = "element-update",
                ["elementType"] = one.Type,
                ["elementId"] = one.Id,
            },
            static () => []
        );
    }

    /// <summary>A tenant is not told of other tenants, which are no elements of a tenant.</summary>
    private static bool IsOf(Principal caller, StoredElement element) =>
        caller.Sees(element) && (caller.IsManager || element.Collection != Collections.Customers || element.Id == caller.TenantId);

    private Reply Open(
        OperationRequest request,
        byte[] first,
        Action<EventQueue, StoredElement> offer,
        Func<ElementEvent, JsonObject?> describe,
        Func<IEnumerable<StoredElement>> findEarlier
    ) =>
        Reply
            .Stream(
                "text/event-stream",
                async (send, cancellation) =>
                {
                    var queue = new EventQueue();
                    open[queue] = element => offer(queue, element);
                    try
                    {
                        // After the queue is open: what ends meanwhile is then in one of both.
                        foreach (var earlier in findEarlier())
                        {
                            offer(queue, earlier);
                        }

                        await Write(queue, request, first, describe, send, cancellation);
                    }
                    finally
                    {
                        open.TryRemove(queue, out _);
                    }
                }
            )
            .With("Cache-Control", "no-store")
            .With("X-Accel-Buffering", "no");

    private async Task Write(
        EventQueue queue,
        OperationRequest request,
        byte[] first,
        Func<ElementEvent, JsonObject?> describe,
        Func<byte[], Task> send,
        CancellationToken cancellation
    )
    {
        await Send(queue, send, first);
        while (true)
        {
            var next = await queue.Next(keepAlive, cancellation);
            if (queue.IsOver || !IsStillGood(request))
            {
                return;
            }

            if (next is null)
            {
                await Send(queue, send, Comment);
            }
            else if (describe(next) is { } message)
            {
                // No event may tell of a change that a crash could still undo.
                await store.WhenDurable();
                await Send(queue, send, Data(message));
            }
        }
    }

    /// <summary>Sends a part, unless the stream ends while the client does not take it.</summary>
    private static async Task Send(EventQueue queue, Func<byte[], Task> send, byte[] part)
    {
        var sending = send(part);
        _ = sending.ContinueWith(static failed => failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
        await await Task.WhenAny(sending, queue.Over);
    }

    /// <summary>Returns whether the token would still be let in: it may expire, or its tenant be archived, while the stream is open.</summary>
    private bool IsStillGood(OperationRequest request)
    {
        try
        {
            return authenticator.AuthenticateToken(request.Query.Text("token") ?? "").TenantId == request.Caller.TenantId;
        }
        catch (ApiException)
        {
            return false;
        }
    }

    private static byte[] Data(JsonObject message) =>
        [.. Encoding.ASCII.GetBytes("data: "), .. EmulatorJson.ToBytes(message), (byte)'\n', (byte)'\n'];
}
