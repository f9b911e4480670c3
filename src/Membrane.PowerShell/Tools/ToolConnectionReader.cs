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

        // A server asks again and again, and the key may mean another connection by then.
        return reference.IsId
            ? await client.Connections.GetAsync(reference.IdOrKey, cancellationToken).ConfigureAwait(false)
            : await client.ConnectionResolver.FindAsync(reference.IdOrKey, cancellationToken).ConfigureAwait(false);
    }
}
