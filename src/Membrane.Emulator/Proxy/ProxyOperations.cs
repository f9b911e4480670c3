using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Proxy;

/// <summary>Calling the app's own API, and its operations, through a connection.</summary>
internal sealed class ProxyOperations(ElementAccess access, ActionExecution actions, AppApi appApi)
{
    public void AddTo(HandlerTable table)
    {
        foreach (var id in new[] { "proxyGet", "proxyPost", "proxyPut", "proxyPatch", "proxyDelete" })
        {
            table.Add(id, request => Pass(request, request.Operation.Method));
        }

        table.Add("proxyApi", request => Pass(request, "POST"));
        table.Add("getConnectionOperation", Describe);
        table.Add("runConnectionOperation", RunOperation);
        table.Add(
            "executeConnectionRequest",
            async request => Reply.Json(await Execute(request, request.Text("key")!, request.Body.Member("payload")))
        );
    }

    private Reply Pass(OperationRequest request, string method)
    {
        var connection = Connection(request);
        ActionExecution.CheckConnection(connection);
        var query = new JsonObject();
        foreach (var parameter in request.Query.All)
        {
            query[parameter.Key] = parameter.Value;
        }

        var answer = appApi.Call(connection, method, request.Route("path"), EmulatorJson.Freeze(query), Data(request.Incoming));
        return answer.Status == 204 ? Reply.NoContent : Reply.Json(answer.Body, answer.Status);
    }

    private static JsonElement? Data(IncomingRequest incoming)
    {
        if (incoming.Body.Length == 0)
        {
            return null;
        }

        try
        {
            return EmulatorJson.ParseForeign(incoming.Body);
        }
        catch (JsonException)
        {
            // An app may take anything; text that is not JSON is kept as it is.
            return EmulatorJson.Freeze(JsonValue.Create(Encoding.UTF8.GetString(incoming.Body))!);
        }
    }

    private Reply Describe(OperationRequest request)
    {
        var action = Operation(Connection(request), request.Route("key"), request);
        return Reply.Json(writer => access.View.Write(writer, action));
    }

    private async Task<Reply> RunOperation(OperationRequest request) =>
        Reply.Json(
            new JsonObject
            {
                ["output"] = await Execute(request, request.Route("key"), request.Body.Member("input")),
                ["executionLogs"] = new JsonArray(),
            }
        );

    private async Task<JsonNode?> Execute(OperationRequest request, string key, JsonElement? input)
    {
        var connection = Connection(request);
        var run = await actions.Run(
            Operation(connection, key, request),
            connection,
            input ?? EmulatorJson.EmptyObject,
            null,
            request.Caller,
            request.Shutdown
        );
        var output = run["output"];
        run.Remove("output");
        return output;
    }

    private StoredElement Operation(StoredElement connection, string key, OperationRequest request) =>
        LayerCandidates.Of(access.Store, ElementKinds.Action, connection, request.Caller).FirstOrDefault(action => action.Key == key)
        ?? throw ApiException.NotFound($"The app has no operation '{UrlEncoding.Shorten(key)}'.");

    private StoredElement Connection(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);
}
