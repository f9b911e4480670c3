using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Integrations;

/// <summary>Completes integrations by key, or by id where there is none.</summary>
public sealed class IntegrationCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        await foreach (
            var integration in client
                .Integrations.List(null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if ((integration.Key ?? integration.Id) is { } word)
            {
                words.Add((word, integration.Name ?? word));
            }
        }

        return words;
    }
}
