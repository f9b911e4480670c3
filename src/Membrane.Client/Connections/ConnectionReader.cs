using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Connections;

internal static class ConnectionReader
{
    public static ModelReader<Connection> One { get; } =
        new ModelReader<Connection>(static () => new Connection())
            .Element()
            .RepeatedText("userId", static (connection, value) => connection.UserId = value)
            .RepeatedText("tenantId", static (connection, value) => connection.TenantId = value)
            .Flag("isTest", static (connection, value) => connection.IsTest = value)
            .Flag("connected", static (connection, value) => connection.Connected = value)
            .Flag(
                "disconnected",
                static (connection, value) =>
                {
                    connection.Disconnected = value;
                    connection.Connected ??= !value;
                }
            )
            .Flag("isDefunct", static (connection, value) => connection.IsDefunct = value)
            .Model("requestError", static () => ElementFields.Error, static (connection, value) => connection.RequestError = value)
            .Model("error", static () => ElementFields.Error, static (connection, value) => connection.Error = value)
            .RepeatedText("integrationId", static (connection, value) => connection.IntegrationId = value)
            .RepeatedText("connectorId", static (connection, value) => connection.ConnectorId = value)
            .RepeatedText("externalAppId", static (connection, value) => connection.ExternalAppId = value)
            .RepeatedText("connectorVersion", static (connection, value) => connection.ConnectorVersion = value)
            .RepeatedText("authOptionKey", static (connection, value) => connection.AuthOptionKey = value)
            .Time("lastActiveAt", static (connection, value) => connection.LastActiveAt = value)
            .Time("nextCredentialsRefreshAt", static (connection, value) => connection.NextCredentialsRefreshAt = value)
            .Time("nextRetryTimestamp", static (connection, value) => connection.NextRetryTimestamp = value)
            .Whole("retryAttempts", static (connection, value) => connection.RetryAttempts = value)
            .Flag("canTest", static (connection, value) => connection.CanTest = value)
            .Flag("canRefreshCredentials", static (connection, value) => connection.CanRefreshCredentials = value)
            .Text("buildingAgentSessionId", static (connection, value) => connection.BuildingAgentSessionId = value)
            .Model("clientAction", static () => ClientAction!, static (connection, value) => connection.ClientAction = value)
            .RepeatedText("type", static (connection, value) => connection.Type = value)
            .Any("connectorParameters", static (connection, value) => connection.ConnectorParameters = value)
            .Any("input", static (connection, value) => connection.Input = value)
            .Any("integration", static (connection, value) => connection.Integration = value)
            .Any("user", static (connection, value) => connection.User = value);

    public static PageReader<Connection> Page { get; } = new(One);

    public static ModelReader<ConnectionTest> Test { get; } =
        new ModelReader<ConnectionTest>(static () => new ConnectionTest())
            .Flag("success", static (test, value) => test.Success = value)
            .Model("error", static () => ElementFields.Error, static (test, value) => test.Error = value);

    private static ModelReader<ClientAction> ClientAction { get; } =
        new ModelReader<ClientAction>(static () => new ClientAction())
            .RepeatedText("type", static (action, value) => action.Type = value)
            .Text("description", static (action, value) => action.Description = value)
            .Text("uiUrl", static (action, value) => action.UiUrl = value)
            .Text("agentInstructions", static (action, value) => action.AgentInstructions = value)
            .Text("handoffAgentInstructions", static (action, value) => action.HandoffAgentInstructions = value);
}
