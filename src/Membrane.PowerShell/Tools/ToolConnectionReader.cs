using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Tools;

/// <summary>Gets the connections that are meant, whole.</summary>
internal static class ToolConnectionReader
{
    public static async Task<IReadOnlyList<Connection>> ReadAsync(
        MembraneClient client,
        IEnumerable<ConnectionReference> references,
        CancellationToken cancellationToken
    )
    {
        var connections = new List<Connection>();
        foreach (var reference in references)
        {
            connections.Add(await ReadAsync(client, reference, cancellationToken).ConfigureAwait(false));
        }

        return connections;
    }

    public static async Task<Connection> ReadAsync(
        MembraneClient client,
        ConnectionReference reference,
        CancellationToken cancellationToken
    )
    {
        if (reference.Live<Connection>() is { } known)
        {
            return known;
        }

        var id = reference.IsId
            ? reference.IdOrKey
            : await client.ConnectionResolver.ResolveIdAsync(reference.IdOrKey, cancellationToken).ConfigureAwait(false);
        return await client.Connections.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }
}
