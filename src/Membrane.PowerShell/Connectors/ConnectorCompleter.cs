using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connectors;

/// <summary>Completes connectors by key, or by id where there is none.</summary>
public sealed class ConnectorCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        await foreach (
            var connector in client
                .Connectors.List(null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if ((connector.Key ?? connector.Id) is { } word)
            {
                words.Add((word, connector.Name ?? word));
            }
        }

        return words;
    }
}
