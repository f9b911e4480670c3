using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Flows;

/// <summary>What the kinds of nodes do.</summary>
internal sealed class FlowNodes(ElementFinder finder, ActionExecution actions, CodeExecution code, Records records, AppApi appApi)
{
    /// <summary>Does the work of one node.</summary>
    /// <param name="node">The node's definition.</param>
    /// <param name="run">The flow run.</param>
    /// <param name="input">What the node before has put out.</param>
    /// <param name="scope">What variables in the settings can name.</param>
    /// <param name="cancellation">Ends what the node does.</param>
    public async Task<FlowNodeResult> Run(
        JsonElement node,
        StoredElement run,
        JsonElement input,
        JsonElement scope,
        CancellationToken cancellation
    )
    {
        try
        {
            var config = node.Member("config") is { ValueKind: JsonValueKind.Object } given ? given : EmulatorJson.EmptyObject;
            var type = node.Text("type") ?? "transform-data";
            if (type.EndsWith("-trigger", StringComparison.Ordinal))
            {
                return FlowNodeResult.Of(EmulatorJson.ToNode(input));
            }

            var caller = run.TenantId is null ? Principal.Manager : Principal.Tenant(run.TenantId);
            var connection = finder.FindCurrent(ElementKinds.Connection, run.ConnectionId!, caller);
            var result = await Work(type, config, connection, caller, input, scope, cancellation);
            foreach (var output in result.Outputs)
            {
                CheckDepth(output);
            }

            return result;
        }
        catch (ApiException error)
        {
            return FlowNodeResult.Failed(new ApiException(400, "flow_run", null, error.Message) { CausedBy = error }).With(error.Logs);
        }
    }

    private async Task<FlowNodeResult> Work(
        string type,
        JsonElement config,
        StoredElement connection,
        Principal caller,
        JsonElement input,
        JsonElement scope,
        CancellationToken cancellation
    )
    {
        switch (type)
        {
            case "run-action":
            case "integration-specific-operation":
                return FlowNodeResult.Of(await RunAction(config, connection, caller, input, scope, cancellation));
            case "filter":
                return Passes(config, input, scope) ? FlowNodeResult.Of(EmulatorJson.ToNode(input)) : FlowNodeResult.Skipped;
            case "transform-data":
                return FlowNodeResult.Of(
                    Filled(config, scope, "mapping")
                        ?? Filled(config, scope, "output")
                        ?? Filled(config, scope, "value")
                        ?? EmulatorJson.ToNode(input)
                );
            case "for-each":
            case "for-each-v2":
                return FlowNodeResult.Of(
                    (
                        (Filled(config, scope, "items") ?? EmulatorJson.ToNode(input.Member("items") ?? input)) as JsonArray
                        ?? new JsonArray()
                    )
                        .Select(item => item?.DeepClone())
                        .ToArray()
                );
            case "api-request":
            case "api-request-to-external-app":
                return FlowNodeResult.Of(CallApp(config, connection, scope));
            case "run-javascript":
                return await RunCode(config, connection, caller, input, scope, cancellation);
            default:
                return type.IndexOf("data-record", StringComparison.Ordinal) >= 0
                    ? FlowNodeResult.Of(OnRecords(type, config, connection, input, scope))
                    : throw new ApiException(
                        400,
                        "configuration",
                        null,
                        $"The emulator does not emulate nodes of the type '{UrlEncoding.Shorten(type)}'."
                    );
        }
    }

    private async Task<JsonNode?> RunAction(
        JsonElement config,
        StoredElement connection,
        Principal caller,
        JsonElement input,
        JsonElement scope,
        CancellationToken cancellation
    )
    {
        var selector =
            config.Text("actionId")
            ?? config.Text("actionKey")
            ?? config.Text("key")
            ?? config.Text("operationKey")
            ?? config.Member("action")?.Text("id")
            ?? config.Member("action")?.Text("key")
            ?? throw new ApiException(400, "configuration", null, "The node names no action.");
        var action = finder.FindLayered(ElementKinds.Action, selector, caller, new LayerScope(null, null, connection, null));
        if (!LayerCandidates.Offers(connection, action))
        {
            throw ElementFinder.NotFound(ElementKinds.Action, selector);
        }

        var actionInput = Filled(config, scope, "inputMapping") ?? Filled(config, scope, "input");
        var result = await actions.Run(
            action,
            connection,
            actionInput is null ? input : EmulatorJson.Freeze(actionInput),
            null,
            caller,
            cancellation
        );
        var output = result["output"];
        result.Remove("output");
        return output;
    }

    private async Task<FlowNodeResult> RunCode(
        JsonElement config,
        StoredElement connection,
        Principal caller,
        JsonElement input,
        JsonElement scope,
        CancellationToken cancellation
    )
    {
        var text = config.Text("code") ?? throw new ApiException(400, "configuration", null, "The node has no code.");
        var codeInput = Frozen(Filled(config, scope, "inputMapping") ?? Filled(config, scope, "input")) ?? input;
        var outcome = await code.Run(text, codeInput, connection, scope, caller, cancellation);
        return outcome.Error is null ? FlowNodeResult.Of(outcome.Output).With(outcome.Logs) : throw outcome.Error;
    }

    private JsonNode? CallApp(JsonElement config, StoredElement connection, JsonElement scope)
    {
        ActionExecution.CheckConnection(connection);
        var request = EmulatorJson.Freeze(Fill(config.Member("request") ?? config, scope) ?? new JsonObject());
        var answer = appApi.Call(
            connection,
            request.Text("method") ?? "GET",
            request.Text("path") ?? request.Text("uri") ?? "/",
            request.Member("query"),
            request.Member("body") ?? request.Member("data")
        );
        return answer.Status < 400 ? answer.Body : throw new ApiException(400, "connection", null, $"The app answered {answer.Status}.");
    }

    private JsonObject OnRecords(string type, JsonElement config, StoredElement connection, JsonElement input, JsonElement scope)
    {
        ActionExecution.CheckConnection(connection);
        var key =
            config.Member("dataSource")?.Text("collectionKey")
            ?? config.Text("collectionKey")
            ?? config.Text("dataCollectionKey")
            ?? throw new ApiException(400, "configuration", null, "The node names no data collection.");
        var fields = Frozen(Filled(config, scope, "fields")) ?? input;
        var query = Frozen(Filled(config, scope, "query") ?? Filled(config, scope, "filter")) ?? EmulatorJson.EmptyObject;
        var id =
            (
                Filled(config, scope, "id") ?? Filled(config, scope, "recordId") ?? EmulatorJson.ToNode(input.Member("id") ?? default)
            )?.ToString() ?? "";
        switch (type)
        {
            case "create-data-record":
                return AppActionRunner.Flat(records.Create(connection.Id, key, Object(fields)));
            case "update-data-record":
                return AppActionRunner.Flat(records.Update(connection.Id, key, id, Object(fields)));
            case "delete-data-record":
                records.Delete(connection.Id, key, id);
                return new JsonObject { ["id"] = id, ["deleted"] = true };
            case "find-data-record-by-id":
                return AppActionRunner.Flat(records.Get(connection.Id, key, id));
            case "find-or-create-data-record":
                var present = records.Page(connection.Id, key, null, 1, record => Records.Matches(record, query)).Records.FirstOrDefault();
                return AppActionRunner.Flat(present ?? records.Create(connection.Id, key, Object(fields)));
            default:
                var found = records.Page(connection.Id, key, null, Records.DefaultPage, record => Records.Matches(record, query)).Records;
                return new JsonObject
                {
                    ["items"] = new JsonArray(found.Select(record => (JsonNode)AppActionRunner.Flat(record)).ToArray()),
                };
        }
    }

    private static bool Passes(JsonElement config, JsonElement input, JsonElement scope)
    {
        var wanted = Frozen(Filled(config, scope, "filter")) ?? EmulatorJson.EmptyObject;
        return wanted.ValueKind != JsonValueKind.Object
            || wanted.EnumerateObject().All(member => Variables.Look(input, member.Name).ToString() == member.Value.ToString());
    }

    private static JsonObject Object(JsonElement fields) =>
        fields.ValueKind == JsonValueKind.Object ? EmulatorJson.Edit(fields) : new JsonObject();

    private static JsonElement? Frozen(JsonNode? node) => node is null ? null : EmulatorJson.Freeze(node);

    private static JsonNode? Filled(JsonElement config, JsonElement scope, string name) =>
        config.Member(name) is { } template ? Fill(template, scope) : null;

    /// <summary>Fills in a template, and limits how deep a node that wraps what it got can make it.</summary>
    private static JsonNode? Fill(JsonElement template, JsonElement scope)
    {
        var filled = Variables.Fill(template, scope);
        CheckDepth(filled);
        return filled;
    }

    private static void CheckDepth(JsonNode? value)
    {
        if (EmulatorJson.Depth(value) > EmulatorJson.MaximumDepth)
        {
            throw new ApiException(
                400,
                "flow_run",
                null,
                $"The values of the node are nested deeper than {EmulatorJson.MaximumDepth} levels."
            );
        }
    }
}
