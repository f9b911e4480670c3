using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Connections;

/// <summary>Listing, reading, making and changing connections.</summary>
internal sealed class ConnectionOperations
{
    private readonly EmulatorWorkspace workspace;

    public ConnectionOperations(EmulatorWorkspace workspace) => this.workspace = workspace;

    public void AddTo(HandlerTable table)
    {
        table.Add("listConnections", List);
        table.Add("createConnection", Create);
        table.Add("getConnection", Get);
    }

    private Reply List(ApiRequest request)
    {
        QueryValues query = request.Query;
        string? search = query.Text("search");
        string? tenantId = query.Text("tenantId") ?? query.Text("userId");
        string? integrationId = query.Text("integrationId");
        string? integrationKey = query.Text("integrationKey");
        string? connectorId = query.Text("connectorId");
        string? connectorVersion = query.Text("connectorVersion");
        string? appId = query.Text("externalAppId");
        bool? connected = query.Flag("connected") ?? !query.Flag("disconnected");
        bool? isTest = query.Flag("isTest");
        bool archived = query.Flag("includeArchived") == true;
        return workspace.Lists.Page(
            request,
            Collections.Connections,
            element => (archived || !element.IsArchived)
                && (search is null || NameSearch.Holds(element, search))
                && (tenantId is null || element.TenantId == tenantId)
                && (integrationId is null || element.IntegrationId == integrationId)
                && (integrationKey is null || workspace.Store.Find(Collections.Integrations, element.IntegrationId)?.Key == integrationKey)
                && (connectorId is null || element.ConnectorId == connectorId)
                && (connectorVersion is null || element.Text("connectorVersion") == connectorVersion)
                && (appId is null || element.ExternalAppId == appId)
                && (connected is null || element.Body.Flag("connected") == connected)
                && (isTest is null || element.Body.Flag("isTest") == isTest),
            write: query.Flag("includeSecrets") == true ? WriteWithSecrets : workspace.View.Write);
    }

    private Reply Create(ApiRequest request)
    {
        string tenantId = request.Caller.TenantId ?? throw ApiException.BadRequest("A connection belongs to a tenant: use a tenant's token.");
        ConnectionTarget target = workspace.Connecting.Target(request.Body, request.Caller)
            ?? throw ApiException.BadRequest("At least one of integrationId, integrationKey, connectorId, connectorKey or externalAppId is required.");
        return Show(workspace.Store.Change(transaction =>
        {
            JsonElement? credentials = request.Body.Member("credentials");
            JsonObject body = workspace.Connecting.Draft(transaction, target, tenantId, request.Text("name"), connected: credentials is not null);
            foreach (string name in new[] { "key", "meta", "authOptionKey", "connectorVersion", "connectorParameters", "input" })
            {
                if (request.Body.Member(name) is { } value)
                    body[name] = JsonText.ToNode(value);
            }

            if (credentials is not null)
                workspace.Connecting.MarkConnected(body, JsonText.ToNode(credentials.Value)!);
            else
                body["_requestId"] = workspace.Connecting.Ask(transaction, tenantId, new JsonObject { ["connectionId"] = (string)body["id"]! }).Id;

            return transaction.Put(Collections.Connections, body);
        }));
    }

    private async Task<Reply> Get(ApiRequest request)
    {
        Element Read() => workspace.Finder.Find(ElementKinds.Connection, request.Selector, request.Caller);
        Element connection = Read();
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await workspace.Store.WaitUntil(() => Read().State != "BUILDING", timeout, request.Shutdown);
            connection = Read();
        }

        return request.Query.Flag("includeSecrets") == true
            ? Reply.Json(writer => WriteWithSecrets(writer, connection))
            : Show(connection);
    }

    private void WriteWithSecrets(Utf8JsonWriter writer, Element connection) => workspace.View.WriteWith(writer, connection, inner =>
    {
        if (connection.Body.TryGetProperty("_credentials", out JsonElement credentials))
        {
            inner.WritePropertyName("credentials");
            credentials.WriteTo(inner);
        }
    });

    private Reply Show(Element connection) => Reply.Json(writer => workspace.View.Write(writer, connection));
}
