using System;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>
/// Turns a page's parameters into a connection request. The token that the address carries ends here: the person goes on
/// under an address without it. The same address opened twice is one request, so reading it changes nothing more.
/// </summary>
internal sealed class ConnectRequest(WorkspaceStore store, ConnectionService connecting)
{
    private static readonly string[] Texts =
    {
        "integrationId",
        "integrationKey",
        "connectorId",
        "connectorKey",
        "connectorVersion",
        "connectionId",
        "connectionKey",
        "authOptionKey",
        "customState",
        "name",
        "redirectUri",
    };

    /// <summary>Makes the request, or finds the one of the same address; null when nothing says which app is meant.</summary>
    /// <exception cref="ApiException">A parameter is wrong, or what it names is not there.</exception>
    public StoredElement? Ask(PageParameters parameters, string tenantId, string? integration, string? connection)
    {
        var caller = Principal.Tenant(tenantId);
        var request = Read(parameters);
        if (integration is not null)
        {
            request["integrationId"] = integration;
        }

        if (connection is not null)
        {
            request["connectionId"] = connection;
        }

        if (connecting.Target(EmulatorJson.Freeze(request), caller) is not { } target)
        {
            return null;
        }

        if (target.Connection is not null)
        {
            request["connectionId"] = target.Connection.Id;
        }

        if (target.Integration is not null)
        {
            request["integrationId"] = target.Integration.Id;
        }

        if (target.Connector is not null)
        {
            request["connectorId"] = target.Connector.Id;
        }

        request.Fingerprint = FingerprintOf(request, tenantId);
        return store.Change(transaction => Same(transaction, request) ?? connecting.Ask(transaction, tenantId, request));
    }

    /// <summary>Keeps what was asked for, and why it cannot be had, for those who wait for the outcome.</summary>
    public StoredElement Reject(PageParameters parameters, string tenantId, ApiException error)
    {
        JsonObject request;
        try
        {
            request = Read(parameters);
        }
        catch (ApiException)
        {
            // What cannot be read is what the error is about; the browser cannot go back to it either.
            request = new JsonObject { MessageId = parameters.Text("requestId")! };
        }

        return connecting.Reject(tenantId, request, error);
    }

    private static JsonObject Read(PageParameters parameters)
    {
        var request = new JsonObject();
        foreach (var name in Texts)
        {
            if (parameters.Text(name) is { } text)
            {
                request[name] = text;
            }
        }

        if ((string?)request["redirectUri"] is { } uri && !IsWebAddress(uri))
        {
            throw ApiException.BadRequest("'redirectUri' is not an address that begins with http or https.");
        }

        if (parameters.Flag("allowMultipleConnections"))
        {
            request["allowMultipleConnections"] = true;
        }

        if (parameters.Object("connectorParameters") is { } connectorParameters)
        {
            request["connectorParameters"] = connectorParameters;
        }

        // The older name is that of an older SDK.
        if ((parameters.Object("input") ?? parameters.Object("connectionParameters")) is { } input)
        {
            request.Input = input;
        }

        if (parameters.Text("requestId") is { } messageId)
        {
            request.MessageId = messageId;
        }

        if (parameters.Text("theme") is { } theme)
        {
            request.Theme = theme;
        }

        return request;
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string FingerprintOf(JsonObject request, string tenantId) =>
        IdSource.DerivedUuid(tenantId + "\n" + request.ToJsonString());

    private static StoredElement? Same(StoreTransaction transaction, JsonObject request) =>
        transaction
            .All(Collections.ConnectionRequests)
            .FirstOrDefault(one => one.RequestStatus == ConnectionRequestStatus.Pending && one.Fingerprint == request.Fingerprint);
}
