using System;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What an object of one kind refers to of another: the integration of a connection, the connection of a run. Property names alone do
/// not do it: some objects have a property Integration or Connection that is empty unless the service embeds it.
/// </summary>
internal static class RelatedIds
{
    public static string? Find(Type reference, object item) =>
        reference == typeof(ConnectionReference) ? OfConnection(item)
        : reference == typeof(IntegrationReference) ? OfIntegration(item)
        : reference == typeof(ConnectorReference) ? OfConnector(item)
        : reference == typeof(ExternalAppReference) ? OfApp(item)
        : reference == typeof(TenantReference) ? OfTenant(item)
        : null;

    private static string? OfConnection(object item) => item switch
    {
        Action action => action.ConnectionId ?? action.FoundOnConnectionId,
        ActionRun run => run.ConnectionId,
        ActionRunLog log => log.ConnectionId,
        Integration integration => integration.Connection?.Id,
        Flow flow => flow.ConnectionId ?? flow.FoundOnConnectionId,
        FlowRun run => run.ConnectionId,
        DataCollection collection => collection.ConnectionId,
        DataRecord record => record.ConnectionId,
        Element element => element.ConnectionId,
        _ => null,
    };

    private static string? OfIntegration(object item) => item switch
    {
        Connection connection => connection.IntegrationId,
        ConnectionRequest request => request.IntegrationId,
        Action action => action.IntegrationId,
        ActionRunLog log => log.IntegrationId,
        Flow flow => flow.IntegrationId,
        FlowRun run => run.IntegrationId,
        Element element => element.IntegrationId,
        _ => null,
    };

    private static string? OfConnector(object item) => item switch
    {
        Connection connection => connection.ConnectorId,
        ConnectionRequest request => request.ConnectorId,
        Integration integration => integration.ConnectorId,
        ExternalApp app => app.DefaultConnectorId,
        _ => null,
    };

    private static string? OfApp(object item) => item switch
    {
        Connection connection => connection.ExternalAppId,
        Integration integration => integration.ExternalAppId,
        Connector connector => connector.ExternalAppId,
        Action action => action.ExternalAppId,
        ActionRunLog log => log.ExternalAppId,
        _ => null,
    };

    private static string? OfTenant(object item) => item switch
    {
        Connection connection => connection.TenantId ?? connection.UserId,
        Action action => action.TenantId ?? action.UserId,
        Flow flow => flow.TenantId ?? flow.UserId,
        FlowRun run => run.TenantId ?? run.UserId,
        AgentSession session => session.TenantId ?? session.UserId,
        _ => null,
    };
}
