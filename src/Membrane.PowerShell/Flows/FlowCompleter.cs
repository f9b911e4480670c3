using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Flows;

/// <summary>Completes flows by key, or by id where there is none.</summary>
public sealed class FlowCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        await foreach (
            var flow in client
                .Flows.List(null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            var word = string.IsNullOrEmpty(flow.Key) ? flow.Id : flow.Key;
            if (word is not null)
            {
                words.Add((word, flow.Description ?? flow.Name ?? word));
            }
        }

        return words;
    }
}
