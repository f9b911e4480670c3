using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Integrations;

/// <summary>Completes integrations by key, or by id where there is none.</summary>
public class IntegrationCompleter : ListCompleter<Integration>
{
    private protected override Listing<Integration> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Integrations.List(new IntegrationFilter { Search = search }, options);

    private protected override CompletionWord? Describe(Integration item) =>
        new(Word(item) ?? string.Empty, item.Name, item.Key, item.Name);

    private protected virtual string? Word(Integration item) => string.IsNullOrEmpty(item.Key) ? item.Id : item.Key;
}
