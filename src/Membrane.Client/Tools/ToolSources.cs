using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Actions;

namespace Membrane.Client.Tools;

/// <summary>Lists what can become tools.</summary>
internal static class ToolSources
{
    /// <summary>The actions of connections, each with its connection.</summary>
    /// <param name="client">The client.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="isWanted">Whether an action is wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public static async Task<IReadOnlyList<ToolTarget>> ListAsync(MembraneClient client, IEnumerable<Connection> connections, Func<Action, bool>? isWanted, CancellationToken cancellationToken)
    {
        var targets = new List<ToolTarget>();
        foreach (Connection connection in connections)
        {
            await foreach (Action action in client.Actions.List(new ActionFilter { ConnectionId = connection.Id }).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (isWanted is null || isWanted(action))
                {
                    targets.Add(new ToolTarget(action, connection.Id, string.IsNullOrWhiteSpace(connection.Name) ? connection.Key : connection.Name));
                }
            }
        }

        return targets;
    }
}
