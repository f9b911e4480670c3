using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Elements;

/// <summary>Completes elements of the type that the command line names, by key, or by id where there is none.</summary>
public sealed class ElementCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    )
    {
        var words = new List<(string Value, string Hint)>();
        var name = boundParameters.Contains("Type") ? boundParameters["Type"]?.ToString() : null;
        if (
            ElementTypes.Known.FirstOrDefault(type => string.Equals(type.Name, name, System.StringComparison.OrdinalIgnoreCase))
            is not { } type
        )
        {
            return words;
        }

        await foreach (
            var element in client
                .Elements.List(type, null, new ListingOptions { First = MaxItems })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            var word = string.IsNullOrEmpty(element.Key) ? element.Id : element.Key;
            if (word is not null)
            {
                words.Add((word, element.Name ?? word));
            }
        }

        return words;
    }
}
