using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.Connections;

/// <summary>What an object of the pipeline has connected: a connector, an integration, an app, or a connection to sign in again.</summary>
internal sealed class ConnectionInput
{
    public string? ConnectorId { get; private init; }

    public string? IntegrationId { get; private init; }

    public string? ExternalAppId { get; private init; }

    public string? ConnectionId { get; private init; }

    /// <summary>What the object means; null where it is none of ours.</summary>
    /// <exception cref="MembraneInputException">It is something that cannot be connected.</exception>
    public static ConnectionInput? From(PSObject? input) => input?.BaseObject switch
    {
        null or PSCustomObject => null,
        Connection connection => new ConnectionInput { ConnectionId = connection.Id },
        Connector connector => new ConnectionInput { ConnectorId = connector.Id },
        Integration { Id: { } id } => new ConnectionInput { IntegrationId = id },
        Integration integration => new ConnectionInput { ConnectorId = integration.ConnectorId },
        ExternalApp app => new ConnectionInput { ConnectorId = app.DefaultConnectorId, ExternalAppId = app.Id },
        SearchResult { ElementType: "connector" } result => new ConnectionInput { ConnectorId = result.Id },
        SearchResult { ElementType: "integration" } result => new ConnectionInput { IntegrationId = result.Id },
        SearchResult { ElementType: "connection" } result => new ConnectionInput { ConnectionId = result.Id },
        object other => throw new MembraneInputException(
            ErrorIds.InvalidInput,
            "InputObject",
            $"'{other}' is nothing that can be connected.",
            "Pipe in a connector or an integration, for example from Find-MembraneElement -ElementType connector, or a connection."),
    };
}
