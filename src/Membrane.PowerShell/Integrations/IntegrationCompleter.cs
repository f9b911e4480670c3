using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Integrations;

/// <summary>Completes integrations by key, or by id where there is none.</summary>
public sealed class IntegrationCompleter : ListCompleter<Integration>
{
    private protected override Listing<Integration> List(MembraneClient client, ListingOptions options) =>
        client.Integrations.List(null, options);

    private protected override (string? Word, string? Hint) Describe(Integration item) => (item.Key ?? item.Id, item.Name);
}
