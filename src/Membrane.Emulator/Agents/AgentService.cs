using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Agents;

/// <summary>The agents at work: sessions go from queued to completed by themselves, and can be spoken to and stopped.</summary>
internal sealed class AgentService : IElementBuilder
{
    private readonly ElementDrafts drafts;
    private readonly ConnectionService connecting;
    private readonly System.Action<string> report;
    private readonly string workspaceId;
    private readonly WorkspaceStore store;
    private readonly EmulatorClock clock;
    private readonly AgentWork work;
    private readonly CancellationToken shutdown;
    private readonly int workMilliseconds;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> busy = new(StringComparer.Ordinal);

    public AgentService(
        int workMilliseconds,
        WorkspaceStore store,
        EmulatorClock clock,
        ElementDrafts drafts,
        ConnectionService connecting,
        System.Action<string> report,
        string workspaceId,
        CancellationToken shutdown
    )
    {
        this.drafts = drafts;
        this.connecting = connecting;
        this.report = report;
        this.workspaceId = workspaceId;
        this.store = store;
        this.clock = clock;
        this.shutdown = shutdown;
        this.workMilliseconds = workMilliseconds;
        work = new AgentWork(clock, drafts, connecting);
        shutdown.Register(InterruptAll);
    }

    /// <summary>Begins a session.</summary>
    public StoredElement Begin(JsonObject session)
    {
        var begun = store.Change(transaction => Begin(transaction, session));
        Start(begun.Id);
        return begun;
    }

    /// <summary>Puts an element there that is being built, and lets an agent build it.</summary>
    public StoredElement Build(ElementKind kind, OperationRequest request, StoredElement? connection, string intent)
    {
        (var element, var sessionId) = store.Change(transaction =>
        {
            var body = drafts.New(transaction, kind, request.Body, request.Caller, connection);
            if (request.Text("name") is null)
            {
                body["name"] = intent.Length > 100 ? intent.Substring(0, 100) : intent;
            }

            var session = Session("action-building", $"Create a {kind.DisplayName} to {intent}", request.Caller.TenantId);
            session["workspaceElementType"] = kind.Type;
            session["workspaceElementId"] = (string)body["id"]!;
            session.BuildsIn = kind.Collection;
            session.SubjectConnectionId = connection?.Id;
            var begun = Begin(transaction, session);
            body["state"] = ElementState.Building;
            body["agentSessionId"] = begun.Id;
            return (transaction.Put(kind.Collection, body), begun.Id);
        });
        Start(sessionId);
        return element;
    }

    /// <summary>Puts a connection there whose connector an agent has to find or build first.</summary>
    public StoredElement BuildConnection(string tenantId, string intent, string? name, string? host)
    {
        (var connection, var sessionId) = store.Change(transaction =>
        {
            var body = connecting.Draft(
                transaction,
                new ConnectionTarget(null, null, null),
                tenantId,
                name ?? host ?? (intent.Length > 100 ? intent.Substring(0, 100) : intent),
                connected: false
            );
            var session = Session("connection-building", intent, tenantId);
            session["workspaceElementType"] = "connection";
            session["workspaceElementId"] = (string)body["id"]!;
            session.BuildsIn = Collections.Connections;
            var begun = Begin(transaction, session);
            body["state"] = ElementState.Building;
            body["buildingAgentSessionId"] = begun.Id;
            if (host is not null)
            {
                body.RequestedHost = host;
            }

            return (transaction.Put(Collections.Connections, body), begun.Id);
        });
        Start(sessionId);
        return connection;
    }

    private JsonObject Session(string agentName, string prompt, string? tenantId)
    {
        var session = new JsonObject
        {
            ["prompt"] = prompt,
            ["agentName"] = agentName,
            ["workspaceId"] = workspaceId,
            ["type"] = agentName,
        };
        if (tenantId is not null)
        {
            session["tenantId"] = tenantId;
            session["userId"] = tenantId;
        }

        return session;
    }

    private StoredElement Begin(StoreTransaction transaction, JsonObject session)
    {
        var now = EmulatorJson.Time(clock.Now);
        session["status"] = AgentSessionStatus.Queued;
        session["state"] = AgentSessionState.Busy;
        session["hasWorker"] = false;
        session["createdAt"] = now;
        session["updatedAt"] = now;
        session["lastActivityAt"] = now;
        session["id"] = transaction.NewId("ses");
        var stored = transaction.Put(Collections.AgentSessions, session);
        Say(transaction, stored.Id, stored.TenantId, "user", (string)session["prompt"]!);
        return stored;
    }

    /// <summary>Speaks to a session: a busy one hears it while it works, a resting one begins again.</summary>
    public StoredElement Send(string sessionId, string input)
    {
        var spoken = store.Change(transaction =>
        {
            var session = transaction.Find(Collections.AgentSessions, sessionId)!;
            Say(transaction, sessionId, session.TenantId, "user", input);
            var body = EmulatorJson.Edit(session.Body);
            var waiting = body.PendingInputs ?? new JsonArray();
            waiting.Add((JsonNode)input);
            if (waiting.Parent is null)
            {
                body.PendingInputs = waiting;
            }

            if ((string)body["state"]! != AgentSessionState.Busy)
            {
                body["status"] = AgentSessionStatus.Queued;
            }

            body["state"] = AgentSessionState.Busy;
            body.Remove("error");
            Touch(body);
            return transaction.Put(Collections.AgentSessions, body);
        });
        Start(sessionId);
        return spoken;
    }

    /// <summary>Stops what a session is doing; false when it did nothing.</summary>
    public bool Interrupt(string sessionId) => End(sessionId, AgentSessionStatus.Cancelled, "Interrupted before anything was finished.");

    /// <summary>Ends a session for good (a message begins it again).</summary>
    public StoredElement Stop(string sessionId)
    {
        End(sessionId, AgentSessionStatus.Cancelled, "Stopped before anything was finished.");
        return store.Find(Collections.AgentSessions, sessionId)!;
    }

    /// <summary>Takes up again what an earlier run of the emulator left unfinished.</summary>
    public void Resume()
    {
        foreach (var session in store.All(Collections.AgentSessions, static session => session.IsBusy))
        {
            Start(session.Id);
        }
    }

    public void InterruptAll()
    {
        foreach (var worker in busy.ToArray())
        {
            worker.Value.Cancel();
        }
    }

    private bool End(string sessionId, string status, string summary)
    {
        CancellationTokenSource? worker = null;
        var ended = store.Change(transaction =>
        {
            var session = transaction.Find(Collections.AgentSessions, sessionId)!;
            if (!session.IsBusy)
            {
                return false;
            }

            var body = EmulatorJson.Edit(session.Body);
            body["status"] = status;
            body["state"] = AgentSessionState.Idle;
            body["hasWorker"] = false;
            body["summary"] = summary;
            body.RemovePendingInputs();
            Touch(body);
            transaction.Put(Collections.AgentSessions, body);
            work.Abandon(transaction, body, summary);
            Say(transaction, sessionId, session.TenantId, "assistant", summary);

            // Within the change, so that input which comes after it finds no worker that is about to be stopped.
            busy.TryRemove(sessionId, out worker);
            return true;
        });
        worker?.Cancel();
        return ended;
    }

    private void Start(string sessionId)
    {
        // Those are being worked on already.
        if (store.Find(Collections.AgentSessions, sessionId)?.Body.Flag("isExternal") == true)
        {
            return;
        }

        var worker = new CancellationTokenSource();

        // The worker that is there hears the new input before it rests.
        if (!busy.TryAdd(sessionId, worker))
        {
            return;
        }

        if (shutdown.IsCancellationRequested)
        {
            worker.Cancel();
        }

        _ = Task.Run(() => Work(sessionId, worker));
    }

    private async Task Work(string sessionId, CancellationTokenSource worker)
    {
        var isWrittenDown = true;
        try
        {
            do
            {
                await Pass(workMilliseconds / 10, worker.Token);
                Advance(sessionId, AgentSessionStatus.Starting, worker.Token);
                await Pass(workMilliseconds / 5, worker.Token);
                Advance(sessionId, AgentSessionStatus.Running, worker.Token);
                await Pass(workMilliseconds * 7 / 10, worker.Token);
            } while (!Finish(sessionId, worker));
        }
        catch (OperationCanceledException)
        {
            // Interrupted, or the emulator stops; who did that has written down the state.
        }
        catch (Exception error)
        {
            if (error is not ApiException)
            {
                report("Membrane emulator: an agent session failed unexpectedly: " + error);
            }

            isWrittenDown = false;
            Fail(sessionId, error);
            isWrittenDown = true;
        }
        finally
        {
            // Only this worker: another may have begun meanwhile.
            ((ICollection<KeyValuePair<string, CancellationTokenSource>>)busy).Remove(
                new KeyValuePair<string, CancellationTokenSource>(sessionId, worker)
            );

            // Input that came after this worker's last step, but before its removal, has started no other.
            if (isWrittenDown && !worker.IsCancellationRequested && store.Find(Collections.AgentSessions, sessionId)?.IsBusy == true)
            {
                Start(sessionId);
            }
        }
    }

    private static Task Pass(int milliseconds, CancellationToken cancellation) =>
        milliseconds > 0 ? Task.Delay(milliseconds, cancellation) : Task.CompletedTask;

    private void Advance(string sessionId, string status, CancellationToken cancellation) =>
        store.Change(transaction =>
        {
            cancellation.ThrowIfCancellationRequested();
            var body = Busy(transaction, sessionId);
            body["status"] = status;
            body["hasWorker"] = true;
            Touch(body);
            transaction.Put(Collections.AgentSessions, body);
        });

    /// <summary>Does the work and comes to rest, all in one change; false when more input has come meanwhile.</summary>
    private bool Finish(string sessionId, CancellationTokenSource worker) =>
        store.Change(transaction =>
        {
            worker.Token.ThrowIfCancellationRequested();
            var body = Busy(transaction, sessionId);
            var inputs = body.PendingInputs;
            var first = !body.IsPrompted;
            var input = first ? (string)body["prompt"]! : (string)inputs![0]!;
            if (!first)
            {
                inputs!.RemoveAt(0);
            }

            body.IsPrompted = true;
            var result = work.Do(transaction, body, input);
            Say(transaction, sessionId, (string?)body["tenantId"], "assistant", result.Summary);
            body["summary"] = result.Summary;
            Touch(body);
            var rests = inputs is null || inputs.Count == 0;
            if (rests)
            {
                body.RemovePendingInputs();
                body["status"] = result.IsDone ? AgentSessionStatus.Completed : AgentSessionStatus.Failed;
                if (!result.IsDone)
                {
                    body["error"] = ApiException.BadRequest(result.Summary).ToJson();
                }

                body["state"] = AgentSessionState.Idle;
                body["hasWorker"] = false;

                // Within the change, so that input which comes after it finds no worker that is about to leave.
                busy.TryRemove(sessionId, out _);
            }

            transaction.Put(Collections.AgentSessions, body);
            return rests;
        });

    private void Fail(string sessionId, Exception error) =>
        store.Change(transaction =>
        {
            if (transaction.Find(Collections.AgentSessions, sessionId) is not { } session)
            {
                return;
            }

            var body = EmulatorJson.Edit(session.Body);
            body["status"] = AgentSessionStatus.Failed;
            body["state"] = AgentSessionState.Idle;
            body["hasWorker"] = false;
            body["error"] = (error as ApiException ?? new ApiException(500, "internal", null, error.Message)).ToJson();
            body["summary"] = "The session failed: " + error.Message;
            body.RemovePendingInputs();
            Touch(body);
            transaction.Put(Collections.AgentSessions, body);
            busy.TryRemove(sessionId, out _);
        });

    private static JsonObject Busy(StoreTransaction transaction, string sessionId) =>
        transaction.Find(Collections.AgentSessions, sessionId) is { IsBusy: true } session
            ? EmulatorJson.Edit(session.Body)
            : throw new OperationCanceledException();

    private void Touch(JsonObject session)
    {
        var now = EmulatorJson.Time(clock.Now);
        session["updatedAt"] = now;
        session["lastActivityAt"] = now;
    }

    private void Say(StoreTransaction transaction, string sessionId, string? tenantId, string role, string content) =>
        transaction.Put(
            Collections.AgentMessages,
            new JsonObject
            {
                ["id"] = transaction.NewId("msg"),
                ["sessionId"] = sessionId,
                OwnerId = tenantId,
                ["role"] = role,
                ["content"] = content,
                ["createdAt"] = EmulatorJson.Time(clock.Now),
            }
        );
}
