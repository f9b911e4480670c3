using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>The life of connections: made, asked for, allowed, refused, cut and connected again.</summary>
internal sealed class ConnectionService(WorkspaceStore store, EmulatorClock clock)
{
    /// <summary>How long credentials last unless they are refreshed.</summary>
    private static readonly TimeSpan CredentialsLifetime = TimeSpan.FromDays(90);

    private readonly ElementFinder finder = new ElementFinder(store);

    /// <summary>Whether what is asked of a person is allowed at once, without one.</summary>
    public bool AutoApproves { get; set; }

    /// <summary>Returns what the identifiers of a body name; null when there are none.</summary>
    public ConnectionTarget? Target(JsonElement body, Principal caller)
    {
        if (body.Text("connectionId") is { } connectionId)
        {
            return Of(finder.FindCurrent(ElementKinds.Connection, connectionId, caller));
        }

        // A key that is new names the connection to make, one that is known the connection to connect again.
        var app = App(body, caller);
        return body.Text("connectionKey") is { } key && WithKey(key, caller.TenantId, app) is { } known ? Of(known) : app;
    }

    private StoredElement? WithKey(string key, string? tenantId, ConnectionTarget? app) =>
        store
            .FindByKey(Collections.Connections, key)
            .FirstOrDefault(one =>
                one.TenantId == tenantId && !one.IsArchived && (app is null || one.IntegrationId == app.Integration?.Id)
            );

    private ConnectionTarget? App(JsonElement body, Principal caller)
    {
        if ((body.Text("integrationId") ?? body.Text("integrationKey") ?? body.Text("integrationUuid")) is { } integration)
        {
            return OfIntegration(finder.FindCurrent(ElementKinds.Integration, integration, caller));
        }

        if ((body.Text("connectorId") ?? body.Text("connectorKey") ?? body.Text("connectorUuid")) is { } connector)
        {
            return OfConnector(finder.FindCurrent(ElementKinds.Connector, connector, caller), caller);
        }

        if ((body.Text("externalAppId") ?? body.Text("externalAppUuid")) is { } app)
        {
            var found = finder.FindCurrent(ElementKinds.App, app, caller);
            var integrationOfApp = store
                .All(Collections.Integrations, one => one.ExternalAppId == found.Id && !one.IsArchived && caller.Sees(one))
                .FirstOrDefault();
            return integrationOfApp is not null
                ? OfIntegration(integrationOfApp)
                : OfConnector(finder.FindCurrent(ElementKinds.Connector, found.Text("defaultConnectorId") ?? "", caller), caller);
        }

        return null;
    }

    /// <summary>Returns what an app wants to have typed in; null when it asks on a page of its own, as OAuth apps do.</summary>
    public static JsonElement? CredentialsSchema(StoredElement? connector) =>
        connector?.Body.Member("credentialsSchema") ?? connector?.Body.Member("customCredentialsSchema");

    /// <summary>Returns what a connection that is there connects to.</summary>
    public ConnectionTarget Of(StoredElement connection) =>
        new(
            store.Find(Collections.Connectors, connection.ConnectorId),
            store.Find(Collections.Integrations, connection.IntegrationId),
            connection
        );

    public ConnectionTarget OfIntegration(StoredElement integration) =>
        new(store.Find(Collections.Connectors, integration.ConnectorId), integration, null);

    public ConnectionTarget OfConnector(StoredElement connector, Principal caller) =>
        new(
            connector,
            store
                .All(Collections.Integrations, one => one.ConnectorId == connector.Id && !one.IsArchived && caller.Sees(one))
                .FirstOrDefault(),
            null
        );

    /// <summary>Makes a new connection, as JSON that is not stored yet.</summary>
    public JsonObject Draft(StoreTransaction transaction, ConnectionTarget target, string tenantId, string? name, bool connected)
    {
        var now = EmulatorJson.Time(clock.Now);
        var body = new JsonObject
        {
            ["id"] = transaction.NewId("con"),
            ["name"] = string.IsNullOrWhiteSpace(name) ? target.Name : name,
            ["userId"] = tenantId,
            ["tenantId"] = tenantId,
            ["connected"] = connected,
            ["state"] = connected ? ElementState.Ready : ElementState.ClientActionRequired,
            ["createdAt"] = now,
            ["updatedAt"] = now,
            ["canTest"] = true,
            ["canRefreshCredentials"] = true,
            ["type"] = "connector",
        };
        Aim(body, target);
        return body;
    }

    /// <summary>Writes into a connection what it connects to.</summary>
    public static void Aim(JsonObject body, ConnectionTarget target)
    {
        if (target.Integration is { } integration)
        {
            body["integrationId"] = integration.Id;
        }

        if (target.Connector is { } connector)
        {
            body["connectorId"] = connector.Id;
            body["connectorVersion"] = connector.Text("version");
        }

        if ((target.Integration?.ExternalAppId ?? target.Connector?.ExternalAppId) is { } appId)
        {
            body["externalAppId"] = appId;
        }
    }

    /// <summary>Refuses a key that another connection of the tenant with the same integration has.</summary>
    /// <exception cref="ApiException">400: the key is taken.</exception>
    public static void CheckKeyIsFree(StoreTransaction transaction, JsonObject body)
    {
        if (
            (string?)body["key"] is { } key
            && transaction
                .FindByKey(Collections.Connections, key)
                .Any(other =>
                    other.Id != (string?)body["id"]
                    && !other.IsArchived
                    && other.TenantId == (string?)body["tenantId"]
                    && other.IntegrationId == (string?)body["integrationId"]
                )
        )
        {
            throw ApiException.AlreadyExists($"There is a connection with the key '{UrlEncoding.Shorten(key)}' already.");
        }
    }

    /// <summary>Asks a person to connect; what is asked for is in the body, in the API's names.</summary>
    public StoredElement Ask(StoreTransaction transaction, string tenantId, JsonObject request)
    {
        request["requestId"] = transaction.NewId("cr");
        request["tenantId"] = tenantId;
        request.RequestStatus = ConnectionRequestStatus.Pending;
        request["createdAt"] = EmulatorJson.Time(clock.Now);
        return transaction.Put(Collections.ConnectionRequests, request);
    }

    /// <summary>Keeps an attempt that has failed before a person could be asked.</summary>
    public StoredElement Reject(string tenantId, JsonObject request, ApiException error) =>
        store.Change(transaction =>
        {
            Ask(transaction, tenantId, request);
            request.RequestStatus = ConnectionRequestStatus.Error;
            request["resultError"] = error.ToJson();
            return transaction.Put(Collections.ConnectionRequests, request);
        });

    /// <summary>Keeps the id under which someone waits for the outcome of a request that is there already.</summary>
    public void Expect(string requestId, string messageId) =>
        store.Change(transaction =>
        {
            var body = EmulatorJson.Edit(Pending(transaction, requestId).Body);
            body.MessageId = messageId;
            transaction.Put(Collections.ConnectionRequests, body);
        });

    /// <summary>Allows the request: makes a connection, which works unless another ending is asked for.</summary>
    /// <exception cref="ApiException">The request is answered already, or what it asks for is gone.</exception>
    public StoredElement Allow(string requestId, JsonNode? credentials, ConnectionEnding ending = ConnectionEnding.Ready) =>
        store.Change(transaction => Allow(transaction, requestId, credentials, ending));

    /// <summary>Allows the request of a connection that waits for a person, where none is needed.</summary>
    /// <returns>The connection as it is then.</returns>
    public StoredElement ApproveConnection(StoreTransaction transaction, StoredElement connection) =>
        AutoApproves && connection.OpenRequestId is { } requestId
            ? Allow(transaction, requestId, null, ConnectionEnding.Ready)
            : connection;

    /// <summary>Allows a request, where no person is needed.</summary>
    /// <returns>The request as it is then.</returns>
    public StoredElement ApproveRequest(StoreTransaction transaction, StoredElement request)
    {
        if (AutoApproves)
        {
            Allow(transaction, request.Id, null, ConnectionEnding.Ready);
        }

        return transaction.Find(Collections.ConnectionRequests, request.Id)!;
    }

    /// <summary>Allows all requests that no person has answered yet.</summary>
    public void ApproveAll()
    {
        foreach (var request in store.All(Collections.ConnectionRequests, one => one.RequestStatus == ConnectionRequestStatus.Pending))
        {
            try
            {
                Allow(request.Id, null);
            }
            catch (ApiException)
            {
                // What it asks for is gone, or has been answered since: there is nothing to approve.
            }
        }
    }

    /// <summary>Allows the request within a change.</summary>
    /// <exception cref="ApiException">The request is answered already, or what it asks for is gone.</exception>
    public StoredElement Allow(StoreTransaction transaction, string requestId, JsonNode? credentials, ConnectionEnding ending)
    {
        var request = Pending(transaction, requestId);
        var tenant = Principal.Tenant(request.TenantId!);
        var target = Target(request.Body, tenant) ?? throw ApiException.BadRequest("The request does not say what to connect.");
        var old = target.Connection ?? Reusable(transaction, request, target);
        var body = old is null
            ? Draft(transaction, target, request.TenantId!, request.Text("name"), connected: true)
            : EmulatorJson.Edit(old.Body);
        if (old is not null && request.Text("name") is { Length: > 0 } name)
        {
            body["name"] = name;
        }

        if (request.Text("connectionKey") is { } key)
        {
            body["key"] = key;
        }

        CheckKeyIsFree(transaction, body);
        if (request.Body.Member("connectorParameters") is { } parameters)
        {
            body["connectorParameters"] = EmulatorJson.ToNode(parameters);
        }

        if (request.Text("authOptionKey") is { } option)
        {
            body["authOptionKey"] = option;
        }

        // A value for credentials is a secret, which the input of a connection is not.
        if (credentials is null && request.Input is { } input)
        {
            body["input"] = EmulatorJson.ToNode(input);
        }

        MarkConnected(body, credentials ?? new JsonObject { ["accessToken"] = transaction.NewId("token") });
        body.RemoveOpenRequestId();
        var answered = EmulatorJson.Edit(request.Body);
        answered.RequestStatus = ending == ConnectionEnding.SetupFailed ? ConnectionRequestStatus.Error : ConnectionRequestStatus.Success;
        if (ending == ConnectionEnding.Defunct)
        {
            MarkDisconnected(transaction, body, "The app has ended this connection for good.");
            body["isDefunct"] = true;
        }

        if (ending == ConnectionEnding.SetupFailed)
        {
            answered["resultError"] = FailSetup(body);
        }
        else
        {
            answered["resultConnectionId"] = (string)body["id"]!;
        }

        transaction.Put(Collections.ConnectionRequests, answered);
        return transaction.Put(Collections.Connections, body);
    }

    /// <summary>Returns the connection that allowing would connect again; null when there would be a new one.</summary>
    public StoredElement? WouldReuse(StoredElement request) =>
        store.Change(transaction =>
            Target(request.Body, Principal.Tenant(request.TenantId!)) is { } target
                ? target.Connection ?? Reusable(transaction, request, target)
                : null
        );

    /// <summary>Ends the request of a user who refuses, or leaves without an answer.</summary>
    public void Refuse(string requestId, bool cancelled) => Decline(requestId, cancelled ? null : "The person refused to connect the app.");

    /// <summary>Ends the request with an error of the app.</summary>
    public void Fail(string requestId, string reason) => Decline(requestId, reason);

    private void Decline(string requestId, string? reason) =>
        store.Change(transaction =>
        {
            var request = Pending(transaction, requestId);
            var answered = EmulatorJson.Edit(request.Body);
            answered.RequestStatus = reason is null ? ConnectionRequestStatus.Cancelled : ConnectionRequestStatus.Error;
            if (reason is not null)
            {
                answered["resultError"] = new JsonObject { ["type"] = "connection", ["message"] = reason };
            }

            transaction.Put(Collections.ConnectionRequests, answered);
            AskAgain(transaction, request, reason);
        });

    /// <summary>Makes a new request for a connection that still waits for the user, whose page has been answered.</summary>
    private void AskAgain(StoreTransaction transaction, StoredElement request, string? reason)
    {
        if (transaction.Find(Collections.Connections, request.ConnectionId) is not { } connection || connection.OpenRequestId != request.Id)
        {
            return;
        }

        var body = EmulatorJson.Edit(connection.Body);
        if (reason is not null)
        {
            body["error"] = new JsonObject { ["type"] = "connection", ["message"] = reason };
        }

        body["updatedAt"] = EmulatorJson.Time(clock.Now);
        body.OpenRequestId = Ask(transaction, connection.TenantId!, new JsonObject { ["connectionId"] = connection.Id }).Id;
        transaction.Put(Collections.Connections, body);
    }

    private static JsonObject FailSetup(JsonObject body)
    {
        JsonObject Trouble() =>
            new()
            {
                ["type"] = "connection",
                ["message"] = "The app let the person in, but the connection could not be set up.",
                ["data"] = new JsonObject { ["connectionId"] = (string)body["id"]! },
            };
        body["connected"] = false;
        body["state"] = ElementState.SetupFailed;
        body["errors"] = new JsonArray(Trouble());
        body["error"] = Trouble();
        body.RemoveCredentials();
        return Trouble();
    }

    /// <summary>Makes a connection usable.</summary>
    public void MarkConnected(JsonObject body, JsonNode credentials)
    {
        var now = EmulatorJson.Time(clock.Now);
        body["connected"] = true;
        body["state"] = ElementState.Ready;
        body["updatedAt"] = now;
        body["lastActiveAt"] = now;
        body["nextCredentialsRefreshAt"] = EmulatorJson.Time(clock.Now + CredentialsLifetime);
        body.Credentials = credentials.Parent is null ? credentials : credentials.DeepClone();
        foreach (var trouble in new[] { "error", "errors", "requestError", "isDefunct", "buildingAgentSessionId", "clientAction" })
        {
            body.Remove(trouble);
        }
    }

    /// <summary>Cuts the connections whose credentials have run out by now.</summary>
    public void ExpireCredentials()
    {
        bool Expired(StoredElement connection) =>
            connection.Body.Flag("connected")
            && EmulatorJson.TryReadTime(connection.Text("nextCredentialsRefreshAt"), out var end)
            && end <= clock.Now;

        foreach (var connection in store.All(Collections.Connections, Expired))
        {
            store.Change(transaction =>
            {
                if (transaction.Find(Collections.Connections, connection.Id) is not { } current || !Expired(current))
                {
                    return;
                }

                var body = EmulatorJson.Edit(current.Body);
                MarkDisconnected(transaction, body, "The credentials have expired.", "access_token_expired");
                transaction.Put(Collections.Connections, body);
            });
        }
    }

    /// <summary>Makes a connection unusable until a user connects it again.</summary>
    public void MarkDisconnected(StoreTransaction transaction, JsonObject body, string reason, string? key = null)
    {
        body["connected"] = false;
        body["state"] = ElementState.ClientActionRequired;
        body["updatedAt"] = EmulatorJson.Time(clock.Now);
        body["error"] = new ApiException(400, "connection", key, reason).ToJson();
        body.Remove("nextCredentialsRefreshAt");
        body.RemoveCredentials();
        body.RemoveOpenRequestId();
        if (!AutoApproves)
        {
            // Where approval comes by itself, an open question would undo this at once: who wants the connection back asks.
            body.OpenRequestId = Ask(transaction, (string)body["tenantId"]!, new JsonObject { ["connectionId"] = (string)body["id"]! }).Id;
        }
    }

    private static StoredElement Pending(StoreTransaction transaction, string requestId)
    {
        var request =
            transaction.Find(Collections.ConnectionRequests, requestId)
            ?? throw ApiException.NotFound("There is no such connection request.");
        return request.RequestStatus == ConnectionRequestStatus.Pending
            ? request
            : throw ApiException.BadRequest("The connection request has been answered already.");
    }

    /// <summary>Unless several connections are asked for, the one that is there is used again.</summary>
    private static StoredElement? Reusable(StoreTransaction transaction, StoredElement request, ConnectionTarget target)
    {
        if (request.Body.Flag("allowMultipleConnections") || target.Connector is null)
        {
            return null;
        }

        return transaction
            .All(Collections.Connections)
            .FirstOrDefault(connection =>
                connection.TenantId == request.TenantId
                && connection.ConnectorId == target.Connector.Id
                && connection.IntegrationId == target.Integration?.Id
                && !connection.IsArchived
            );
    }
}
