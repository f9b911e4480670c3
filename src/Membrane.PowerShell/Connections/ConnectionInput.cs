using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>What an object of the pipeline has connected: a connector, an integration, an app, or a connection to sign in again.</summary>
internal sealed class ConnectionInput
{
    public string? ConnectorId { get; private init; }

    public string? IntegrationId { get; private init; }

    public string? ExternalAppId { get; private init; }

    public string? ConnectionId { get; private init; }

    /// <summary>What the object means; null where there is none.</summary>
    /// <exception cref="MembraneInputException">It is something that cannot be connected.</exception>
    public static ConnectionInput? From(PSObject? input) =>
        input is null ? null
        : GivenObject.Find(input) is { } given ? From(given) ?? throw Refused(input)
        : input.BaseObject is PSCustomObject ? FromRow(input) ?? throw Refused(input)
        : throw Refused(input);

    private static ConnectionInput? From(GivenObject given)
    {
        var id = given.Text("Id");
        var kind = given.Kind == nameof(SearchResult) ? given.Text(nameof(SearchResult.ElementType)) ?? string.Empty : given.Kind;
        return kind switch
        {
            nameof(Connection) or "connection" => new ConnectionInput { ConnectionId = id },
            nameof(Connector) or "connector" => new ConnectionInput { ConnectorId = id },
            "integration" => new ConnectionInput { IntegrationId = id },
            // An entry of the public catalog is not yet an integration of the workspace.
            nameof(Integration) => id is not null
                ? new ConnectionInput { IntegrationId = id }
                : new ConnectionInput { ConnectorId = given.Text(nameof(Integration.ConnectorId)) },
            nameof(ExternalApp) => new ConnectionInput
            {
                ConnectorId = given.Text(nameof(ExternalApp.DefaultConnectorId)),
                ExternalAppId = id,
            },
            _ => null,
        };
    }

    // A row of a table that names what to connect. A cell that is empty names nothing, and must not be read as no choice.
    private static ConnectionInput? FromRow(PSObject row)
    {
        var ids = new Dictionary<string, string>();
        foreach (
            var name in new[] { nameof(ConnectorId), nameof(IntegrationId), nameof(ExternalAppId) }.Where(name =>
                row.Properties[name] is not null
            )
        )
        {
            var cell = row.Properties[name].Value;
            ids[name] = Nothing.Describe(cell) is { } nothing
                ? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    name,
                    $"The object has nothing as {name} ({nothing}).",
                    "Look at where the object comes from, or leave the property out."
                )
                : cell!.ToString()!;
        }

        return ids.Count == 0
            ? null
            : new ConnectionInput
            {
                ConnectorId = ids.TryGetValue(nameof(ConnectorId), out var connector) ? connector : null,
                IntegrationId = ids.TryGetValue(nameof(IntegrationId), out var integration) ? integration : null,
                ExternalAppId = ids.TryGetValue(nameof(ExternalAppId), out var app) ? app : null,
            };
    }

    private static MembraneInputException Refused(PSObject input) =>
        new(
            ErrorIds.InvalidInput,
            "InputObject",
            $"'{input}' cannot be connected.",
            "Pipe in a connector or an integration, for example from Find-MembraneElement -ElementType connector, or a connection."
        );
}
