using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Flows;

/// <summary>Runs flows: node after node along their links, one run at a time for each connection.</summary>
internal sealed class FlowService
{
    /// <summary>A flow that never ends is stopped after so many nodes.</summary>
    private const int NodeLimit = 1_000;

    /// <summary>How large a run may grow, in bytes; the service has this limit for the output of one node.</summary>
    private const int LargestRun = 20_000_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly WorkspaceStore store;
    private readonly EmulatorClock clock;
    private readonly FlowNodes nodes;
    private readonly System.Action<string> report;
    private readonly CancellationToken shutdown;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    public FlowService(WorkspaceStore store, EmulatorClock clock, FlowNodes nodes, System.Action<string> report, CancellationToken shutdown)
    {
        this.store = store;
        this.clock = clock;
        this.nodes = nodes;
        this.report = report;
        this.shutdown = shutdown;
        shutdown.Register(InterruptAll);
    }

    /// <summary>Puts a run into the queue of its connection.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="connection">The connection that it runs on.</param>
    /// <param name="startNodeKey">Where it begins; null for its trigger.</param>
    /// <param name="input">What the first node gets.</param>
    /// <param name="meta">Whatever the caller wants to keep with the run.</param>
    /// <param name="trigger">What launched it.</param>
    /// <param name="triggerId">Which event that was.</param>
    public StoredElement Begin(
        StoredElement flow,
        StoredElement connection,
        string? startNodeKey,
        JsonElement? input,
        JsonElement? meta,
        string trigger = "api-trigger",
        string? triggerId = null
    )
    {
        var flowNodes = flow.Body.Member("nodes") is { ValueKind: JsonValueKind.Object } given ? given : EmulatorJson.EmptyObject;
        var start =
            startNodeKey
            ?? FlowGraph.Start(flowNodes)
            ?? throw new ApiException(400, "flow_run", null, $"The flow '{flow.Name}' has no nodes.");
        if (!flowNodes.TryGetProperty(start, out _))
        {
            throw ApiException.BadRequest($"The flow has no node '{UrlEncoding.Shorten(start)}'.");
        }

        var body = new JsonObject
        {
            ["userId"] = connection.TenantId,
            ["tenantId"] = connection.TenantId,
            ["connectionId"] = connection.Id,
            ["name"] = flow.Name,
            ["connectionFlowId"] = flow.Id,
            ["startNodeKey"] = start,
            ["input"] = input is null ? new JsonObject() : EmulatorJson.ToNode(input.Value),
            ["state"] = FlowRunState.Queued,
            ["startTime"] = EmulatorJson.Time(clock.Now),
            ["nodes"] = new JsonObject(),
            ["launchedBy"] = new JsonObject
            {
                ["type"] = trigger,
                ["ids"] = triggerId is null ? new JsonArray() : new JsonArray((JsonNode)triggerId),
            },
            FlowNodes = EmulatorJson.ToNode(flowNodes),
            NodeRuns = new JsonObject(),
        };
        if (connection.IntegrationId is not null)
        {
            body["integrationId"] = connection.IntegrationId;
        }

        if (connection.ExternalAppId is not null)
        {
            body["externalAppId"] = connection.ExternalAppId;
        }

        if (Layers.Of(flow) == Layer.Integration)
        {
            body["integrationFlowId"] = flow.Id;
        }

        if ((Layers.Of(flow) == Layer.Universal ? flow.Id : flow.Text("universalFlowId")) is { } universal)
        {
            body["universalFlowId"] = universal;
        }

        if (meta is not null)
        {
            body["meta"] = EmulatorJson.ToNode(meta.Value);
        }

        var run = store.Change(transaction =>
        {
            body["id"] = transaction.NewId("fr");
            return transaction.Put(Collections.FlowRuns, body);
        });
        Start(run.Id, connection.Id);
        return run;
    }

    /// <summary>Stops a run that is not over.</summary>
    public void Stop(string runId)
    {
        store.Change(transaction =>
        {
            if (transaction.Find(Collections.FlowRuns, runId) is { IsUnfinished: true } run)
            {
                transaction.Put(Collections.FlowRuns, Ended(run, FlowRunState.Stopped, null));
            }
        });
        if (running.TryRemove(runId, out var worker))
        {
            worker.Cancel();
        }
    }

    /// <summary>Takes up the runs that an earlier run of the emulator left unfinished; they begin again.</summary>
    public void Resume()
    {
        foreach (var run in store.All(Collections.FlowRuns, static run => run.IsUnfinished))
        {
            store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(run.Body);
                body["state"] = FlowRunState.Queued;
                body["nodes"] = new JsonObject();
                body.NodeRuns = new JsonObject();
                transaction.Put(Collections.FlowRuns, body);
            });
            Start(run.Id, run.ConnectionId!);
        }
    }

    public void InterruptAll()
    {
        foreach (var worker in running.ToArray())
        {
            worker.Value.Cancel();
        }
    }

    private void Start(string runId, string connectionId)
    {
        var worker = new CancellationTokenSource();
        running[runId] = worker;
        if (shutdown.IsCancellationRequested)
        {
            worker.Cancel();
        }

        _ = Task.Run(() => Work(runId, connectionId, worker.Token));
    }

    private async Task Work(string runId, string connectionId, CancellationToken cancellation)
    {
        var turn = turns.GetOrAdd(connectionId, _ => new SemaphoreSlim(1, 1));
        try
        {
            await turn.WaitAsync(cancellation);
            try
            {
                await Run(runId, cancellation);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the emulator ends; who did that has written down the state.
        }
        catch (ApiException error)
        {
            Finish(runId, error);
        }
        catch (Exception error)
        {
            report("Membrane emulator: a flow run failed unexpectedly: " + error);
            Finish(runId, new ApiException(500, "internal", null, error.Message));
        }
        finally
        {
            running.TryRemove(runId, out _);
        }
    }

    private async Task Run(string runId, CancellationToken cancellation)
    {
        var run = Change(runId, body => body["state"] = FlowRunState.Running);
        var flowNodes = run.FlowNodes;
        var queue = new Queue<(string Key, JsonElement Input)>();
        queue.Enqueue((run.Text("startNodeKey")!, run.Body.GetProperty("input")));
        var outputs = new JsonObject();
        for (var count = 0; queue.Count > 0; count++)
        {
            await Task.Delay(Step, cancellation);
            (var key, var input) = queue.Dequeue();
            if (count >= NodeLimit)
            {
                Finish(runId, new ApiException(400, "flow_run", null, $"The run was ended after {NodeLimit} nodes."));
                return;
            }

            var node = flowNodes.GetProperty(key);
            var result = await nodes.Run(
                node,
                run,
                input,
                EmulatorJson.Freeze(
                    new JsonObject
                    {
                        ["input"] = run.Body.GetProperty("input") is var whole ? EmulatorJson.ToNode(whole) : null,
                        ["steps"] = outputs.DeepClone(),
                        ["current"] = EmulatorJson.ToNode(input),
                    }
                ),
                cancellation
            );
            if (result.Outputs.Count > 0)
            {
                outputs[key] = new JsonObject { ["output"] = result.Outputs[result.Outputs.Count - 1]?.DeepClone() };
            }

            Change(runId, body => FlowRunRecord.Add(body, key, input, result));
            if (result.Error is not null && node.Text("onError") != "continue")
            {
                Finish(runId, result.Error);
                return;
            }

            foreach (var next in FlowGraph.Links(node, flowNodes))
            {
                foreach (var output in result.Outputs)
                {
                    queue.Enqueue((next, EmulatorJson.Freeze(output ?? new JsonObject())));
                }
            }
        }

        Finish(runId, null);
    }

    private void Finish(string runId, ApiException? error) =>
        store.Change(transaction =>
        {
            if (transaction.Find(Collections.FlowRuns, runId) is { IsUnfinished: true } run)
            {
                transaction.Put(Collections.FlowRuns, Ended(run, error is null ? FlowRunState.Completed : FlowRunState.Failed, error));
            }
        });

    private JsonObject Ended(StoredElement run, string state, ApiException? error)
    {
        var body = EmulatorJson.Edit(run.Body);
        body["state"] = state;
        body["endTime"] = EmulatorJson.Time(clock.Now);
        if (error is not null)
        {
            body["errors"] = new JsonArray(error.ToJson());
        }

        return body;
    }

    private StoredElement Change(string runId, System.Action<JsonObject> change) =>
        store.Change(transaction =>
        {
            var run = transaction.Find(Collections.FlowRuns, runId) is { IsUnfinished: true } found
                ? found
                : throw new OperationCanceledException();
            var body = EmulatorJson.Edit(run.Body);
            change(body);
            var text = EmulatorJson.ToBytes(body);
            return text.Length <= LargestRun
                ? transaction.Put(Collections.FlowRuns, text)
                : throw new ApiException(400, "flow_run", null, "The run has grown beyond 20 MB.");
        });
}
