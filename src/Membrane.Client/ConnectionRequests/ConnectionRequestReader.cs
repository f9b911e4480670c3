using Membrane.Client.Json;

namespace Membrane.Client.ConnectionRequests;

internal static class ConnectionRequestReader
{
    public static ModelReader<ConnectionRequest> One { get; } =
        new ModelReader<ConnectionRequest>(static () => new ConnectionRequest())
            .Text("requestId", static (request, value) => request.RequestId = value)
            .Text("tenantId", static (request, value) => request.TenantId = value)
            .Text("integrationId", static (request, value) => request.IntegrationId = value)
            .Text("integrationKey", static (request, value) => request.IntegrationKey = value)
            .Text("connectorId", static (request, value) => request.ConnectorId = value)
            .Text("connectorKey", static (request, value) => request.ConnectorKey = value)
            .Text("connectorVersion", static (request, value) => request.ConnectorVersion = value)
            .Text("connectionId", static (request, value) => request.ConnectionId = value)
            .Text("connectionKey", static (request, value) => request.ConnectionKey = value)
            .Text("name", static (request, value) => request.Name = value)
            .Flag("allowMultipleConnections", static (request, value) => request.AllowMultipleConnections = value)
            .Any("connectorParameters", static (request, value) => request.ConnectorParameters = value)
            .Text("redirectUri", static (request, value) => request.RedirectUri = value)
            .Text("prompt", static (request, value) => request.Prompt = value)
            .Text("status", static (request, value) => request.Status = value)
            .Text("resultConnectionId", static (request, value) => request.ResultConnectionId = value)
            .Model("resultError", static () => ElementFields.Error, static (request, value) => request.ResultError = value)
            .Time("createdAt", static (request, value) => request.CreatedAt = value)
            .Text("url", static (request, value) => request.Url = value);
}
