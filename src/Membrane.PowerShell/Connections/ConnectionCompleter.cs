using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connections;

/// <summary>Completes connections by key, or by id where there is none.</summary>
public sealed class ConnectionCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        await foreach (
            var connection in client
                .Connections.List(null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if ((connection.Key ?? connection.Id) is { } word)
            {
                words.Add((word, $"{connection.Name} ({connection.State})"));
            }
        }

        return words;
    }
}
