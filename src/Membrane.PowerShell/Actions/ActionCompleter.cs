using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>Completes actions by key, or by id where there is none; those of the connection that the command line names.</summary>
public sealed class ActionCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        string? connectionId = null;
        var given = boundParameters.Contains("Connection") ? boundParameters["Connection"] : null;
        if (ConnectionReference.From(given) is { } connection)
        {
            connectionId = connection.IsId
                ? connection.IdOrKey
                : await client.ConnectionResolver.ResolveIdAsync(connection.IdOrKey, cancellationToken).ConfigureAwait(false);
        }

        var words = new List<(string Value, string Hint)>();
        var listing = client.Actions.List(new ActionFilter { ConnectionId = connectionId }, new ListingOptions { First = MaxItems });
        await foreach (var action in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var word = string.IsNullOrEmpty(action.Key) ? action.Id : action.Key;
            if (word is not null)
            {
                words.Add((word, action.Description ?? action.Name ?? word));
            }
        }

        return words;
    }
}
