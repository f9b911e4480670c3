using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>Running actions, and the log of the runs.</summary>
internal sealed class ActionRunOperations(ElementAccess access, ActionExecution actions, AppApi appApi)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("runAction", Run);
        table.Add("runConnectionAction", RunOnConnection);
        table.Add("act", Act);
        table.Add("listActionRunLogs", List);
        table.Add("getActionRunLog", request => Reply.Json(writer => access.View.Write(writer, Find(request))));
        table.Add("getActionRunLogDetails", Details);
    }

    private async Task<Reply> Run(OperationRequest request)
    {
        var action = access.Finder.FindLayered(ElementKinds.Action, request.Selector, request);
        if (action.IsArchived)
        {
            throw ElementFinder.NotFound(ElementKinds.Action, request.Selector);
        }

        var connection = actions.ConnectionFor(
            action,
            request.Query.Text("connectionId") ?? request.Query.Text("connectionKey"),
            request.Caller
        );
        return Reply.Json(
            await actions.Run(action, connection, Input(request.Body), request.Body.Member("meta"), request.Caller, request.Shutdown)
        );
    }

    /// <summary>Runs the action in the older form, whose body is the input itself.</summary>
    private async Task<Reply> RunOnConnection(OperationRequest request)
    {
        var connection = access.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);
        var action = OnConnection(request.Route("selector"), connection, request);
        var input = EmulatorJson.EmptyObject;
        if (request.Incoming.Body.Length > 0)
        {
            try
            {
                input = EmulatorJson.ParseForeign(request.Incoming.Body);
            }
            catch (JsonException error)
            {
                throw ApiException.BadRequest("The body is not valid JSON: " + error.Message);
            }
        }

        return Reply.Json(await actions.Run(action, connection, input, null, request.Caller, request.Shutdown));
    }

    private async Task<Reply> Act(OperationRequest request)
    {
        var body = request.Body;
        var ways = 0;
        foreach (var way in new[] { "id", "key", "api", "code" })
        {
            ways += body.Member(way) is null ? 0 : 1;
        }

        if (ways != 1)
        {
            throw ApiException.BadRequest("Exactly one of id, key, api and code is required.");
        }

        var connectionSelector = request.Text("connectionId") ?? request.Text("connectionKey");
        if (body.Member("api") is { } api)
        {
            return Reply.Json(ActOnApi(request, api, connectionSelector));
        }

        if (request.Text("code") is { } code)
        {
            return Reply.Json(
                await actions.RunCode(code, ConnectionOf(request, connectionSelector), body, request.Caller, request.Shutdown)
            );
        }

        var action = Named(request, connectionSelector);
        var connection = actions.ConnectionFor(action, connectionSelector, request.Caller);

        // A version of the connection's own comes before the one that was named.
        if (action.Key is not null && action.ConnectionId is null)
        {
            action = OnConnection(action.Key, connection, request);
        }

        return Reply.Json(await actions.Run(action, connection, Input(body), body.Member("meta"), request.Caller, request.Shutdown));
    }

    private JsonObject ActOnApi(OperationRequest request, JsonElement api, string? connectionSelector)
    {
        var path = api.Text("path") ?? api.Text("url") ?? throw ApiException.BadRequest("'api.path' is required.");
        var connection =
            ConnectionOf(request, connectionSelector)
            ?? throw ApiException.BadRequest("There is no connection to run on: name one with connectionId.");
        ActionExecution.CheckConnection(connection);
        var data = api.Member("body") ?? api.Member("data");
        var answer = appApi.Call(connection, api.Text("method")!, path, api.Member("query"), data);
        var runId = actions.LogApiCall(connection, request.Body, answer);
        if (answer.Status >= 400)
        {
            throw new ApiException(
                400,
                "action_run",
                null,
                $"The app answered {answer.Status}.",
                new JsonObject { ["actionRunId"] = runId, ["statusCode"] = answer.Status }
            );
        }

        return new JsonObject { ["output"] = answer.Body, ["actionRunId"] = runId };
    }

    private StoredElement? ConnectionOf(OperationRequest request, string? selector)
    {
        if (selector is not null)
        {
            return access.Finder.FindCurrent(ElementKinds.Connection, selector, request.Caller);
        }

        var integration = request.Text("integrationId") ?? request.Text("integrationKey");
        var integrationId = integration is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Integration, integration, request.Caller).Id;
        var own = access.Store.All(
            Collections.Connections,
            connection =>
                connection.TenantId == request.Caller.TenantId
                && !connection.IsArchived
                && (integrationId is null || connection.IntegrationId == integrationId)
        );
        return own.Length > 0 ? own[0] : null;
    }

    private StoredElement Named(OperationRequest request, string? connectionSelector)
    {
        var selector = request.Text("id") ?? request.Text("key")!;
        var connection = connectionSelector is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller);
        var integration = request.Text("integrationId") ?? request.Text("integrationKey");
        var integrationId = integration is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Integration, integration, request.Caller).Id;
        var action = access.Finder.FindLayered(
            ElementKinds.Action,
            selector,
            request.Caller,
            new LayerScope(null, integrationId, connection, null)
        );
        if (action.IsArchived || (request.Text("id") is not null && action.Id != selector))
        {
            throw ElementFinder.NotFound(ElementKinds.Action, selector);
        }

        return action;
    }

    private StoredElement OnConnection(string selector, StoredElement connection, OperationRequest request)
    {
        var action = access.Finder.FindLayered(ElementKinds.Action, selector, request.Caller, new LayerScope(null, null, connection, null));
        return LayerCandidates.Offers(connection, action) ? action : throw ElementFinder.NotFound(ElementKinds.Action, selector);
    }

    private Reply List(OperationRequest request)
    {
        var query = request.Query;
        var from = query.Moment("from");
        var to = query.Moment("to");
        var tenantId = query.Text("tenantId") ?? query.Text("userId");
        var actionId = query.Text("actionId");
        return access.Lists.Page(
            request,
            Collections.ActionRunLogs,
            log =>
                (tenantId is null || log.TenantId == tenantId)
                && (actionId is null || log.Text("integrationActionId") == actionId)
                && Same(log, query, "universalActionId")
                && Same(log, query, "integrationActionId")
                && Same(log, query, "connectionActionId")
                && Same(log, query, "integrationId")
                && Same(log, query, "connectionId")
                && Same(log, query, "status")
                && Same(log, query, "externalAppId")
                && (from is null || Moment(log) >= from)
                && (to is null || Moment(log) <= to),
            newestFirst: true
        );
    }

    private Reply Details(OperationRequest request)
    {
        var log = Find(request);
        return Reply.Json(writer =>
            access.View.WriteWith(
                writer,
                log,
                inner =>
                {
                    inner.WritePropertyName("request");
                    (log.Body.Member("action") ?? EmulatorJson.EmptyObject).WriteTo(inner);
                    inner.WriteStartObject("response");
                    foreach (var name in new[] { "output", "error" })
                    {
                        if (log.Body.Member(name) is { } value)
                        {
                            inner.WritePropertyName(name);
                            value.WriteTo(inner);
                        }
                    }

                    inner.WriteEndObject();
                }
            )
        );
    }

    private StoredElement Find(OperationRequest request)
    {
        var log = access.Store.Find(Collections.ActionRunLogs, request.Selector);
        return log is not null && request.Caller.Sees(log)
            ? log
            : throw ApiException.NotFound($"There is no action run '{UrlEncoding.Shorten(request.Selector)}'.");
    }

    private static JsonElement Input(JsonElement body) => body.TryGetProperty("input", out var input) ? input : EmulatorJson.EmptyObject;

    private static bool Same(StoredElement log, QueryValues query, string name) =>
        query.Text(name) is not { } wanted || log.Text(name) == wanted;

    private static DateTimeOffset? Moment(StoredElement log) =>
        EmulatorJson.TryReadTime(log.Text("createdAt"), out var moment) ? moment : null;
}
