using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>Completes apps by key, or by id where there is none.</summary>
public sealed class ExternalAppCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        await foreach (
            var app in client
                .ExternalApps.List(null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if ((app.Key ?? app.Id) is { } word)
            {
                words.Add((word, app.Name ?? word));
            }
        }

        return words;
    }
}
