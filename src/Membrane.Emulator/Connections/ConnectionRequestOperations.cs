using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>Asking a person to connect an app.</summary>
internal sealed class ConnectionRequestOperations(WorkspaceStore store, ElementView view, ConnectionService connecting)
{
    private static readonly string[] Identifiers =
    {
        "connectorId",
        "connectorKey",
        "integrationId",
        "integrationKey",
        "connectionId",
        "connectionKey",
    };

    public void AddTo(HandlerTable table)
    {
        table.Add("createConnectionRequest", Create);
        table.Add("getConnectionRequest", request => Show(Find(request)));
        table.Add("patchConnectionRequest", request => Show(Find(request)));
    }

    private Reply Create(OperationRequest request)
    {
        var tenantId =
            request.Caller.TenantId ?? throw ApiException.BadRequest("A connection request belongs to a tenant: use a tenant's token.");
        var target =
            connecting.Target(request.Body, request.Caller)
            ?? throw (
                request.Text("connectionKey") is { } key
                    ? ElementFinder.NotFound(ElementKinds.Connection, key)
                    : ApiException.BadRequest($"At least one of {string.Join(", ", Identifiers)} is required.")
            );
        var body = request.EditBody();
        if (target.Connection is not null)
        {
            body["connectionId"] = target.Connection.Id;
        }

        if (target.Integration is not null)
        {
            body["integrationId"] = target.Integration.Id;
        }

        if (target.Connector is not null)
        {
            body["connectorId"] = target.Connector.Id;
        }

        return Show(store.Change(transaction => connecting.ApproveRequest(transaction, connecting.Ask(transaction, tenantId, body))));
    }

    private StoredElement Find(OperationRequest request)
    {
        var found = store.Find(Collections.ConnectionRequests, request.Selector);
        return found is not null && request.Caller.Sees(found)
            ? found
            : throw ApiException.NotFound($"There is no connection request '{UrlEncoding.Shorten(request.Selector)}'.");
    }

    private Reply Show(StoredElement connectionRequest) => Reply.Json(writer => view.Write(writer, connectionRequest));
}
