using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Tools;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Tools;

namespace Membrane.PowerShell.Mcp;

/// <summary>The tools that a server offers: the actions of connections, or two by which a model finds and runs them.</summary>
internal sealed class ServedTools(MembraneClient client, IReadOnlyList<ConnectionReference> connections)
{
    // More than that at the same time only makes each of them slower.
    private const int ConnectionsAtOnce = 8;

    /// <summary>Only these actions; null for all.</summary>
    public IReadOnlyList<NamePattern>? Actions { get; init; }

    /// <summary>Whether the model finds the actions itself.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>What the model should know before the first tool. It needs no answer of the service.</summary>
    public string Instructions =>
        $"Actions on connected apps, run through Membrane. Connections: {string.Join(", ", connections.Select(static one => one.Words))}.";

    /// <summary>Reads them from the service.</summary>
    public async Task<Toolbox> ReadAsync(CancellationToken cancellationToken)
    {
        var tools = new Toolbox();
        if (IsDynamic)
        {
            var found = await EachAsync(
                    reference => ToolConnectionReader.ReadAsync(client, reference, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var words = new ToolConnections(found);
            tools.Add(new FindActionsTool(words));
            tools.Add(new RunActionTool(words));
            return tools;
        }

        var filter = Filter();
        var targets = await EachAsync(
                async reference =>
                {
                    var connection = await ToolConnectionReader.ReadAsync(client, reference, cancellationToken).ConfigureAwait(false);
                    return await new ToolTargets(client, PowerShellObjectAdapter.Instance)
                        .ListAsync([connection], filter, cancellationToken)
                        .ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var tool in Toolbox.Make(targets.SelectMany(static one => one), PowerShellObjectAdapter.Instance))
        {
            tools.Add(tool);
        }

        return tools;
    }

    private async Task<T[]> EachAsync<T>(Func<ConnectionReference, Task<T>> read, CancellationToken cancellationToken)
    {
        using var throttle = new SemaphoreSlim(ConnectionsAtOnce);
        return await Task.WhenAll(
                connections.Select(async reference =>
                {
                    await throttle.WaitAsync(cancellationToken).ConfigureAwait(false);
                    try
                    {
                        return await read(reference).ConfigureAwait(false);
                    }
                    finally
                    {
                        throttle.Release();
                    }
                })
            )
            .ConfigureAwait(false);
    }

    private Func<MembraneAction, bool>? Filter() =>
        Actions is null ? null : action => Actions.Any(pattern => pattern.IsMatch(action.Key) || pattern.IsMatch(action.Name));
}
