using Membrane.Client;
using Membrane.Client.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>The action that parameters name, as the service shows it.</summary>
internal static class ShownAction
{
    /// <summary>Returns how the action is asked for.</summary>
    public static ActionSelector Select(
        this MembraneApiCommand command,
        ActionReference action,
        ConnectionReference? connection,
        string? integrationKey
    ) =>
        new(action.IdOrKey)
        {
            ConnectionId = connection is null ? action.ConnectionId : command.ResolveId(connection),
            IntegrationKey = integrationKey,
        };

    /// <summary>Gets the action, once for all inputs.</summary>
    /// <exception cref="MembraneException">The service does not show it (NotFound).</exception>
    public static MembraneAction GetShown(
        this MembraneApiCommand command,
        ActionCache cache,
        ActionReference action,
        ActionSelector selector
    ) =>
        action.Known
        ?? command.Await(token => cache.FindAsync(selector, token))
        ?? throw new MembraneException(
            ErrorIds.NotFound,
            $"The service does not show the action '{action.IdOrKey}'.",
            "Find-MembraneAction and Get-MembraneAction find actions; the key of an action may need -Connection, too."
        );
}
