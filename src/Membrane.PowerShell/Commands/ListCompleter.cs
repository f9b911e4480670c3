using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;

namespace Membrane.PowerShell.Commands;

/// <summary>Completes a parameter with the items of a list of the service.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public abstract class ListCompleter<T> : LiveCompleter
{
    /// <summary>Returns the list.</summary>
    private protected abstract Listing<T> List(MembraneClient client, ListingOptions options);

    /// <summary>Returns the word that names an item, and what it means; without a word, the item is left out.</summary>
    private protected abstract (string? Word, string? Hint) Describe(T item);

    private protected sealed override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        var options = new ListingOptions { First = MaxItems };
        await foreach (var item in List(client, options).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (Describe(item) is ({ } word, var hint))
            {
                words.Add((word, hint ?? word));
            }
        }

        return words;
    }
}
