using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Flows;

/// <summary>Running flows and looking at their runs.</summary>
internal sealed class FlowRunOperations(ElementAccess access, FlowService flows)
{
    private const int OutputPage = 100;

    public void AddTo(HandlerTable table)
    {
        table.Add("runFlow", Run);
        table.Add("runConnectionFlow", RunOnConnection);
        table.Add("createFlowRun", Create);
        table.Add("listFlowRuns", List);
        table.Add("getFlowRun", request => Show(Find(request)));
        table.Add("stopFlowRun", Stop);
        table.Add("getFlowRunOutput", request => Outputs(request, null, whole: true));
        table.Add("getNodeOutput", request => Outputs(request, Node(request), whole: true));
        table.Add("getNodeRunOutputs", request => Outputs(request, Node(request), whole: false));
        table.Add("getNodeRunOutput", OneOutput);
        table.Add("getNodeRunOutputByKey", OneOutput);
        table.Add("getNodeRuns", Runs);
        table.Add("getNodeRun", OneRun);
    }

    private Reply Run(OperationRequest request)
    {
        var flow = access.Finder.FindLayered(ElementKinds.Flow, request.Selector, request);
        return Begin(request, flow, Connection(request, flow, request.Query.Text("connectionId") ?? request.Query.Text("connectionKey")));
    }

    private Reply RunOnConnection(OperationRequest request)
    {
        var connection = access.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);
        var flow = access.Finder.FindLayered(
            ElementKinds.Flow,
            request.Route("selector"),
            request.Caller,
            new LayerScope(null, null, connection, null)
        );
        return LayerCandidates.Offers(connection, flow)
            ? Begin(request, flow, connection)
            : throw ElementFinder.NotFound(ElementKinds.Flow, request.Route("selector"));
    }

    private Reply Create(OperationRequest request)
    {
        var flow = access.Finder.FindCurrent(ElementKinds.Flow, request.Text("flowInstanceId")!, request.Caller);
        return Begin(request, flow, Connection(request, flow, null));
    }

    private Reply Begin(OperationRequest request, StoredElement flow, StoredElement connection)
    {
        if (flow.IsArchived)
        {
            throw ElementFinder.NotFound(ElementKinds.Flow, flow.Id);
        }

        if (flow.Body.Member("enabled") is { ValueKind: JsonValueKind.False })
        {
            throw new ApiException(400, "flow_run", null, $"The flow '{flow.Name}' is switched off.");
        }

        Actions.ActionExecution.CheckConnection(connection);
        var start = request.Text("startNodeKey") ?? request.Text("nodeKey");
        return Show(flows.Begin(flow, connection, start, request.Body.Member("input"), request.Body.Member("meta")));
    }

    private StoredElement Connection(OperationRequest request, StoredElement flow, string? selector)
    {
        if ((selector ?? flow.ConnectionId) is { } named)
        {
            var connection = access.Finder.FindCurrent(ElementKinds.Connection, named, request.Caller);
            return LayerCandidates.Offers(connection, flow) || flow.IsArchived
                ? connection
                : throw ApiException.BadRequest("The flow does not belong to the app of the connection.");
        }

        return LayerCandidates.ConnectionFor(access.Store, flow, request.Caller)
            ?? throw ApiException.BadRequest("There is no connection to run the flow on: name one with connectionId.");
    }

    private Reply List(OperationRequest request)
    {
        var query = request.Query;
        var tenantId = query.Text("tenantId") ?? query.Text("userId");
        var search = query.Text("search");
        var flowId = query.Text("flowId");
        string[] members =
        {
            "universalFlowId",
            "integrationFlowId",
            "connectionFlowId",
            "state",
            "integrationId",
            "connectionId",
            "externalAppId",
        };
        var from = query.Moment("from");
        var to = query.Moment("to");
        return access.Lists.Page(
            request,
            Collections.FlowRuns,
            run =>
                (tenantId is null || run.TenantId == tenantId)
                && (search is null || NameSearch.Matches(run, search))
                && (
                    flowId is null
                    || run.Text("connectionFlowId") == flowId
                    || run.Text("universalFlowId") == flowId
                    || run.Text("integrationFlowId") == flowId
                )
                && members.All(name => query.Text(name) is not { } wanted || run.Text(name) == wanted)
                && (from is null || Started(run) >= from)
                && (to is null || Started(run) <= to),
            newestFirst: true
        );
    }

    private Reply Stop(OperationRequest request)
    {
        flows.Stop(Find(request).Id);
        return Reply.NoContent;
    }

    /// <summary>Returns outputs page by page; of the whole run those of the nodes after which nothing comes.</summary>
    private Reply Outputs(OperationRequest request, string? nodeKey, bool whole)
    {
        var run = Find(request);
        var flowNodes = run.FlowNodes;
        var found = new List<JsonElement>();
        foreach (var node in run.NodeRuns.EnumerateObject())
        {
            var wanted = nodeKey is null
                ? !flowNodes.TryGetProperty(node.Name, out var definition) || !FlowGraph.Links(definition, flowNodes).Any()
                : node.Name == nodeKey;
            if (wanted)
            {
                found.AddRange(node.Value.EnumerateArray().SelectMany(one => one.GetProperty("outputs").EnumerateArray()));
            }
        }

        var start = (int)Math.Min(int.MaxValue / 2, Cursor.Read(request.Operation.Id, request.Query.Text("cursor")) ?? 0);
        return Reply.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var output in found.Skip(start).Take(OutputPage))
            {
                WriteOutput(writer, output, whole);
            }

            writer.WriteEndArray();
            if (found.Count > start + OutputPage)
            {
                writer.WriteString("cursor", Cursor.Write(request.Operation.Id, start + OutputPage));
            }

            if (whole && found.Count > 0)
            {
                writer.WritePropertyName("output");
                found[found.Count - 1].GetProperty("data").WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteOutput(Utf8JsonWriter writer, JsonElement output, bool whole)
    {
        if (whole)
        {
            output.GetProperty("data").WriteTo(writer);
            return;
        }

        // Here the contract has the data as text.
        writer.WriteStartObject();
        writer.WriteString("id", output.GetProperty("id").GetString());
        writer.WriteString("data", output.GetProperty("data").GetRawText());
        writer.WriteStartArray("downstreamRuns");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private Reply OneOutput(OperationRequest request)
    {
        var id = request.Route("outputId");
        foreach (var one in NodeRuns(request))
        {
            foreach (var output in one.GetProperty("outputs").EnumerateArray())
            {
                if (output.Text("id") == id)
                {
                    return Reply.Json(output);
                }
            }
        }

        throw ApiException.NotFound($"There is no output '{UrlEncoding.Shorten(id)}'.");
    }

    private Reply Runs(OperationRequest request) =>
        Reply.Json(new JsonObject { ["items"] = new JsonArray(NodeRuns(request).Select(WithoutData).ToArray<JsonNode>()) });

    private Reply OneRun(OperationRequest request)
    {
        var id = request.Route("nodeRunId");
        foreach (var one in NodeRuns(request))
        {
            if (one.Text("id") == id)
            {
                return Reply.Json(WithoutData(one));
            }
        }

        throw ApiException.NotFound($"There is no node run '{UrlEncoding.Shorten(id)}'.");
    }

    private static JsonObject WithoutData(JsonElement run)
    {
        var shown = EmulatorJson.Edit(run);
        foreach (var output in (JsonArray)shown["outputs"]!)
        {
            ((JsonObject)output!).Remove("data");
        }

        return shown;
    }

    private JsonElement[] NodeRuns(OperationRequest request) =>
        Find(request).NodeRuns.TryGetProperty(Node(request), out var runs) ? runs.EnumerateArray().ToArray() : Array.Empty<JsonElement>();

    private string Node(OperationRequest request)
    {
        var key = request.Route("nodeKey");
        return Find(request).FlowNodes.TryGetProperty(key, out _)
            ? key
            : throw ApiException.NotFound($"The flow has no node '{UrlEncoding.Shorten(key)}'.");
    }

    private StoredElement Find(OperationRequest request)
    {
        var run = access.Store.Find(Collections.FlowRuns, request.Route("id"));
        return run is not null && request.Caller.Sees(run)
            ? run
            : throw ApiException.NotFound($"There is no flow run '{UrlEncoding.Shorten(request.Route("id"))}'.");
    }

    private static DateTimeOffset? Started(StoredElement run) =>
        EmulatorJson.TryReadTime(run.Text("startTime"), out var moment) ? moment : null;

    private Reply Show(StoredElement run) => Reply.Json(writer => access.View.Write(writer, run));
}
