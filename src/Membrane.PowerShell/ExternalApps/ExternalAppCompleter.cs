using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>Completes apps by key, or by id where there is none.</summary>
public sealed class ExternalAppCompleter : ListCompleter<ExternalApp>
{
    private protected override Listing<ExternalApp> List(MembraneClient client, ListingOptions options) =>
        client.ExternalApps.List(null, options);

    private protected override (string? Word, string? Hint) Describe(ExternalApp item) => (item.Key ?? item.Id, item.Name);
}
