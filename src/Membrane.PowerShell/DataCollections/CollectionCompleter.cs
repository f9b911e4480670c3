using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>Completes the data collections of the connection that the command line names.</summary>
public sealed class CollectionCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        var given = boundParameters.Contains("Connection") ? boundParameters["Connection"] : null;
        if (ConnectionReference.From(given) is not { } connection)
        {
            return words;
        }

        var connectionId = connection.IsId
            ? connection.IdOrKey
            : await client.ConnectionResolver.ResolveIdAsync(connection.IdOrKey, cancellationToken).ConfigureAwait(false);
        await foreach (
            var collection in client.Data.ListCollections(connectionId).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            if (collection.Key is { } key)
            {
                words.Add((key, collection.Name ?? key));
            }
        }

        return words;
    }
}
