using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>Completes apps by key, or by id where there is none.</summary>
public class ExternalAppCompleter : ListCompleter<ExternalApp>
{
    private protected override Listing<ExternalApp> List(MembraneClient client, string? search, ListingOptions options) =>
        client.ExternalApps.List(new ExternalAppFilter { Search = search }, options);

    private protected override CompletionWord? Describe(ExternalApp item) =>
        new(Word(item) ?? string.Empty, item.Name, item.Key, item.Name);

    private protected virtual string? Word(ExternalApp item) => string.IsNullOrEmpty(item.Key) ? item.Id : item.Key;
}
