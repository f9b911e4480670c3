using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>Listing, reading, making and changing connections.</summary>
internal sealed class ConnectionOperations(ElementAccess access, ConnectionService connecting, IElementBuilder builder)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listConnections", List);
        table.Add("createConnection", Create);
        table.Add("getConnection", Get);
        table.Add("ensureConnection", Ensure);
        table.Add("patchConnection", request => Update(request, replace: false));
        table.Add("updateConnection", request => Update(request, replace: true));
        table.Add("archiveConnection", Archive);
        table.Add("disconnectConnection", Disconnect);
        table.Add("reconnectConnection", Reconnect);
        table.Add("refreshConnectionCredentials", RefreshCredentials);
        table.Add("testConnection", Test);
        table.Add("exportConnection", Export);
        table.Add("getConnectionLogs", Logs);
        table.Add("getConnectionOptions", Options);
    }

    private Reply List(OperationRequest request)
    {
        var query = request.Query;
        var search = query.Text("search");
        var tenantId = query.Text("tenantId") ?? query.Text("userId");
        var integrationId = query.Text("integrationId");
        var integrationKey = query.Text("integrationKey");
        var connectorId = query.Text("connectorId");
        var connectorVersion = query.Text("connectorVersion");
        var appId = query.Text("externalAppId");
        var connected = query.Flag("connected") ?? !query.Flag("disconnected");
        var isTest = query.Flag("isTest");
        var archived = query.Flag("includeArchived") == true;
        return access.Lists.Page(
            request,
            Collections.Connections,
            element =>
                (archived || !element.IsArchived)
                && (search is null || NameSearch.Matches(element, search))
                && (tenantId is null || element.TenantId == tenantId)
                && (integrationId is null || element.IntegrationId == integrationId)
                && (integrationKey is null || access.Store.Find(Collections.Integrations, element.IntegrationId)?.Key == integrationKey)
                && (connectorId is null || element.ConnectorId == connectorId)
                && (connectorVersion is null || element.Text("connectorVersion") == connectorVersion)
                && (appId is null || element.ExternalAppId == appId)
                && (connected is null || element.Body.Flag("connected") == connected)
                && (isTest is null || element.Body.Flag("isTest") == isTest),
            write: query.Flag("includeSecrets") == true ? WriteWithSecrets : access.View.Write
        );
    }

    private Reply Create(OperationRequest request)
    {
        var tenantId = Tenant(request);
        var named = connecting.Target(request.Body, request.Caller);
        if (named is null && request.Text("intent") is { Length: > 0 } intent)
        {
            return Show(builder.BuildConnection(tenantId, intent, request.Text("name"), null));
        }

        var target =
            named
            ?? throw ApiException.BadRequest(
                "At least one of integrationId, integrationKey, connectorId, connectorKey or externalAppId is required."
            );
        return Show(
            access.Store.Change(transaction =>
            {
                var credentials = request.Body.Member("credentials");
                var body = connecting.Draft(transaction, target, tenantId, request.Text("name"), connected: credentials is not null);
                Settings(transaction, body, request.Body);

                if (credentials is not null)
                {
                    connecting.MarkConnected(body, EmulatorJson.ToNode(credentials.Value)!);
                }
                else
                {
                    body.OpenRequestId = connecting
                        .Ask(transaction, tenantId, new JsonObject { ["connectionId"] = (string)body["id"]! })
                        .Id;
                }

                return connecting.ApproveConnection(transaction, transaction.Put(Collections.Connections, body));
            })
        );
    }

    private async Task<Reply> Get(OperationRequest request)
    {
        StoredElement Read() => access.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        var connection = Read();
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await access.Store.WaitUntil(() => Read().State != ElementState.Building, timeout, request.Shutdown);
            connection = Read();
        }

        return request.Query.Flag("includeSecrets") == true ? Reply.Json(writer => WriteWithSecrets(writer, connection)) : Show(connection);
    }

    private Reply Ensure(OperationRequest request)
    {
        var tenantId = Tenant(request);
        var host =
            AppHost.Host(request.Text("appUrl")!)
            ?? throw ApiException.BadRequest("'appUrl' must be a URL or a domain, with a dot in its host and no IP address.");

        // Looking and making are one change: who asks at the same time finds what is made here.
        return Show(access.Store.Change(transaction => Ensure(transaction, request, tenantId, host)));
    }

    private StoredElement Ensure(StoreTransaction transaction, OperationRequest request, string tenantId, string host)
    {
        var integrations = transaction
            .All(Collections.Integrations)
            .Where(element => !element.IsArchived && request.Caller.Sees(element) && AppHost.Same(element.Text("appUri"), host))
            .ToArray();
        var present = transaction
            .All(Collections.Connections)
            .Where(element =>
                element.TenantId == tenantId
                && !element.IsArchived
                && (integrations.Any(integration => integration.Id == element.IntegrationId) || element.RequestedHost == host)
            )
            .OrderByDescending(element => element.Body.Flag("connected"))
            .FirstOrDefault();
        if (present is not null)
        {
            return present;
        }

        if (integrations.Length == 0)
        {
            return builder.BuildConnection(
                tenantId,
                $"Build a connector for {AppHost.Name(host)} (https://{host})",
                request.Text("name"),
                host
            );
        }

        var body = connecting.Draft(
            transaction,
            connecting.OfIntegration(integrations[0]),
            tenantId,
            request.Text("name"),
            connected: false
        );
        body.OpenRequestId = connecting.Ask(transaction, tenantId, new JsonObject { ["connectionId"] = (string)body["id"]! }).Id;
        return connecting.ApproveConnection(transaction, transaction.Put(Collections.Connections, body));
    }

    private Reply Update(OperationRequest request, bool replace)
    {
        var found = access.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        return Show(
            access.Store.Change(transaction =>
            {
                var old = Current(transaction, found.Id);
                if (old.IsArchived)
                {
                    throw ApiException.BadRequest($"The connection '{old.Id}' is archived: restore it before you change it.");
                }

                var body = EmulatorJson.Edit(old.Body);
                if (replace)
                {
                    foreach (var name in new[] { "meta", "authOptionKey", "connectorParameters", "input" })
                    {
                        body.Remove(name);
                    }
                }

                if (request.Text("name") is { Length: > 0 } newName)
                {
                    body["name"] = newName;
                }

                Settings(transaction, body, request.Body);
                if (request.Body.Member("credentials") is { } credentials)
                {
                    connecting.MarkConnected(body, EmulatorJson.ToNode(credentials)!);
                }

                body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
                return transaction.Put(Collections.Connections, body);
            })
        );
    }

    private Reply Archive(OperationRequest request)
    {
        var found = access.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        access.Store.Change(transaction =>
        {
            var old = Current(transaction, found.Id);
            if (old.IsArchived)
            {
                return;
            }

            var body = EmulatorJson.Edit(old.Body);
            body["archivedAt"] = EmulatorJson.Time(access.Clock.Now);
            transaction.Put(Collections.Connections, body);
        });
        return Reply.Done;
    }

    private Reply Disconnect(OperationRequest request)
    {
        var found = access.Finder.FindCurrent(ElementKinds.Connection, request.Selector, request.Caller);
        access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit(Current(transaction, found.Id).Body);
            connecting.MarkDisconnected(transaction, body, "The connection was disconnected.");
            transaction.Put(Collections.Connections, body);
        });
        return Reply.NoContent;
    }

    /// <summary>Asks the person again; with credentials in the body it is done at once.</summary>
    private Reply Reconnect(OperationRequest request)
    {
        var found = access.Finder.FindCurrent(ElementKinds.Connection, request.Selector, request.Caller);
        return Show(
            access.Store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(Current(transaction, found.Id).Body);
                if (request.Body.Member("credentials") is { } credentials)
                {
                    connecting.MarkConnected(body, EmulatorJson.ToNode(credentials)!);
                }
                else
                {
                    body["state"] = ElementState.ClientActionRequired;
                    body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
                    body.OpenRequestId = connecting.Ask(transaction, found.TenantId!, new JsonObject { ["connectionId"] = found.Id }).Id;
                }

                return connecting.ApproveConnection(transaction, transaction.Put(Collections.Connections, body));
            })
        );
    }

    private Reply RefreshCredentials(OperationRequest request)
    {
        var found = access.Finder.FindCurrent(ElementKinds.Connection, request.Selector, request.Caller);
        access.Store.Change(transaction =>
        {
            var old = Current(transaction, found.Id);
            Actions.ActionExecution.CheckConnection(old);
            var body = EmulatorJson.Edit(old.Body);
            var credentials = body.Credentials as JsonObject ?? new JsonObject();
            if (credentials.ContainsKey("accessToken"))
            {
                credentials["accessToken"] = transaction.NewId("token");
            }

            connecting.MarkConnected(body, credentials);
            transaction.Put(Collections.Connections, body);
        });
        return Reply.NoContent;
    }

    private Reply Test(OperationRequest request)
    {
        var found = access.Finder.FindCurrent(ElementKinds.Connection, request.Selector, request.Caller);
        return Reply.Json(new JsonObject { ["success"] = found.Body.Flag("connected") && found.State == ElementState.Ready });
    }

    private Reply Export(OperationRequest request)
    {
        var found = access.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        var export = new JsonObject { ["type"] = "connector", ["name"] = found.Name };
        foreach (var name in new[] { "meta", "authOptionKey", "key" })
        {
            if (found.Body.Member(name) is { } value)
            {
                export[name] = EmulatorJson.ToNode(value);
            }
        }

        foreach (
            (var name, var collection, var id) in new[]
            {
                ("integrationUuid", Collections.Integrations, found.IntegrationId),
                ("connectorUuid", Collections.Connectors, found.ConnectorId),
                ("externalAppUuid", Collections.ExternalApps, found.ExternalAppId),
            }
        )
        {
            if (access.Store.Find(collection, id)?.Uuid is { } uuid)
            {
                export[name] = uuid;
            }
        }

        if (request.Query.Flag("includeSecrets") == true && found.Body.Credentials is { } credentials)
        {
            export["credentials"] = EmulatorJson.ToNode(credentials);
        }

        return Reply.Json(export);
    }

    /// <summary>Returns what happened to the connection, as far as its runs tell.</summary>
    private Reply Logs(OperationRequest request)
    {
        var found = access.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        var logs = new JsonArray(
            (JsonNode)
                new JsonObject
                {
                    ["createdAt"] = found.Text("createdAt"),
                    ["level"] = "info",
                    ["message"] = "Connection created",
                }
        );
        foreach (var run in access.Store.From(Collections.ActionRunLogs, null, 50, descending: true, run => run.ConnectionId == found.Id))
        {
            logs.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["createdAt"] = run.Text("createdAt"),
                        ["level"] = run.Text("status") == Actions.ActionRunStatus.Success ? "info" : "error",
                        ["message"] = $"Action '{run.Name}': {run.Text("status")}",
                    }
            );
        }

        return Reply.Json(logs);
    }

    private Reply Options(OperationRequest request)
    {
        var target =
            connecting.Target(request.Body, request.Caller)
            ?? throw ApiException.BadRequest("At least one of connectorId, connectionId, integrationId and integrationKey is required.");
        return Reply.Json(new JsonArray([.. AuthOption.Of(target).Select(static option => (JsonNode)Show(option))]));
    }

    private static JsonObject Show(AuthOption option)
    {
        var shown = new JsonObject
        {
            ["key"] = option.Key,
            ["type"] = option.Type,
            ["title"] = option.Title,
        };
        if (option.InputSchema is { } schema)
        {
            shown["inputSchema"] = EmulatorJson.ToNode(schema);
        }

        return shown;
    }

    /// <summary>Writes into a connection what a body sets on it directly; a key is unique among the tenant's connections.</summary>
    private static void Settings(StoreTransaction transaction, JsonObject body, JsonElement request)
    {
        foreach (var name in new[] { "key", "meta", "authOptionKey", "connectorVersion", "connectorParameters", "input" })
        {
            if (!request.TryGetProperty(name, out var value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Null)
            {
                body.Remove(name);
            }
            else
            {
                body[name] = EmulatorJson.ToNode(value);
            }
        }

        ConnectionService.CheckKeyIsFree(transaction, body);
    }

    private static StoredElement Current(StoreTransaction transaction, string id) =>
        transaction.Find(Collections.Connections, id) ?? throw ElementFinder.NotFound(ElementKinds.Connection, id);

    private static string Tenant(OperationRequest request) =>
        request.Caller.TenantId ?? throw ApiException.BadRequest("A connection belongs to a tenant: use a tenant's token.");

    private void WriteWithSecrets(Utf8JsonWriter writer, StoredElement connection) =>
        access.View.WriteWith(
            writer,
            connection,
            inner =>
            {
                if (connection.Body.Credentials is { } credentials)
                {
                    inner.WritePropertyName("credentials");
                    credentials.WriteTo(inner);
                }
            }
        );

    private Reply Show(StoredElement connection) => Reply.Json(writer => access.View.Write(writer, connection));
}
